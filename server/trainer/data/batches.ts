/** Examples to padded batches. */
import type { TokenBatch } from "../models/causal-lm";
import { IGNORED, type EncodedExample } from "./encoded-example";

export interface CollateOptions {
  readonly padId: number;
  /** Lengths are rounded up to a multiple of this: 8 in training, as LLaMA-Factory's collator; 1 in evaluation. */
  readonly multipleOf: number;
  /** The label of padding: not trained on unless `ignore_pad_token_for_loss` is off. */
  readonly labelPadId?: number;
}

/** Pads rows on the right to one length. */
export function collate(
  examples: readonly EncodedExample[],
  { padId, multipleOf, labelPadId = IGNORED }: CollateOptions,
): TokenBatch {
  const rows = examples.length;
  const longest = Math.max(0, ...examples.map((example) => example.inputIds.length));
  const length = Math.ceil(longest / multipleOf) * multipleOf;
  const inputIds = new Int32Array(rows * length).fill(padId);
  const labels = new Int32Array(rows * length).fill(labelPadId);
  const attentionMask = new Int32Array(rows * length);
  const packed = examples.some((example) => example.positionIds !== null);
  const positionIds = packed ? new Int32Array(rows * length) : null;
  for (const [row, example] of examples.entries()) {
    const start = row * length;
    inputIds.set(example.inputIds, start);
    labels.set(example.labels, start);
    if (example.attentionMask) attentionMask.set(example.attentionMask, start);
    else attentionMask.fill(1, start, start + example.inputIds.length);
    if (!positionIds) continue;
    if (example.positionIds) positionIds.set(example.positionIds, start);
    else for (let t = 0; t < example.inputIds.length; t++) positionIds[start + t] = t;
  }
  return { rows, length, inputIds, labels, attentionMask, positionIds };
}
