/** Log-probabilities of whole answers, out of the cross entropies of their label tokens, and the way back. */
import { collate } from "../data/batches";
import type { EncodedExample } from "../data/encoded-example";
import type { TokenBatch } from "../models/causal-lm";
import type { StageContext } from "./stage";

/** LLaMA-Factory's collators round lengths up to this. */
const LENGTH_MULTIPLE = 8;

/** Rows padded to one length; logged logits are means over padding too, as LLaMA-Factory's are. */
export function stackRows(
  { template }: Pick<StageContext, "template">,
  rows: readonly EncodedExample[],
): TokenBatch {
  const padId = template.tokenizer.pad?.id ?? 0;
  return { ...collate(rows, { padId, multipleOf: LENGTH_MULTIPLE }), masksPadding: true };
}

/** The number of label tokens of every row [rows]. */
export function labelCounts({ rows, length, labels }: TokenBatch): number[] {
  return Array.from({ length: rows }, (_, row) => {
    let count = 0;
    // Position t predicts token t + 1, so the first token is nobody's label.
    for (let t = 1; t < length; t++) if (labels[row * length + t] !== -100) count++;
    return count;
  });
}

/** Summed log-probability of every row [rows], from the cross entropies of all labels in the batch's order. */
export function rowLogps(counts: readonly number[], losses: Float32Array): number[] {
  let at = 0;
  return counts.map((count) => {
    let sum = 0;
    for (const end = at + count; at < end; at++) sum -= losses[at]!;
    return sum;
  });
}

/** Derivatives with respect to rows' log-probabilities as derivatives with respect to their labels' cross entropies. */
export function labelWeights(
  counts: readonly number[],
  gradients: readonly number[],
  share: number,
): Float32Array {
  const weights = new Float32Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [row, count] of counts.entries()) weights.fill(-gradients[row]! * share, at, (at += count));
  return weights;
}

/** The sum of values [rows * length] over rows `from` up to `to`. */
export function sumOfRows(
  values: Float32Array,
  { length }: TokenBatch,
  [from, to]: [number, number],
): number {
  let sum = 0;
  for (let i = from * length; i < to * length; i++) sum += values[i]!;
  return sum;
}

/** Tokens of a batch with and without padding. */
export function tokensOf({ rows, length, attentionMask }: TokenBatch): { all: number; real: number } {
  return { all: rows * length, real: attentionMask.reduce((sum, mask) => sum + (mask === 0 ? 0 : 1), 0) };
}
