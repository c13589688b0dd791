/**
 * Examples to padded batches, grouped by optimizer step. Which rows a step holds is the epoch's order; inside a step
 * rows are sorted by length, so that micro-batches hold rows of like length and less padding is computed. The loss is
 * normalised over the labels of the whole step, so the sorting changes nothing but the padding.
 */
import type { TokenBatch } from "../models/causal-lm";
import { IGNORED, type EncodedExample } from "./encoded-example";
import { epochOrder, longestFirst, type SamplingStrategy } from "./epoch-order";

export interface CollateOptions {
  readonly padId: number;
  /** Lengths are rounded up to a multiple of this: 8 in training, as LLaMA-Factory's collator; 1 in evaluation. */
  readonly multipleOf: number;
}

export interface EpochOptions {
  readonly seed: number;
  /** From 0. */
  readonly epoch: number;
  readonly strategy: SamplingStrategy;
  /** Rows of a micro-batch. */
  readonly batchSize: number;
  /** Micro-batches of an optimizer step. */
  readonly accumulation: number;
  readonly padId: number;
}

const TRAINING_MULTIPLE = 8;

/** Pads rows on the right to one length. */
export function collate(
  examples: readonly EncodedExample[],
  { padId, multipleOf }: CollateOptions,
): TokenBatch {
  const rows = examples.length;
  const longest = Math.max(0, ...examples.map((example) => example.inputIds.length));
  const length = Math.ceil(longest / multipleOf) * multipleOf;
  const inputIds = new Int32Array(rows * length).fill(padId);
  const labels = new Int32Array(rows * length).fill(IGNORED);
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

/** Optimizer steps of one epoch; the last one may be smaller. */
export function stepsPerEpoch(
  rowCount: number,
  options: Pick<EpochOptions, "batchSize" | "accumulation">,
): number {
  return Math.ceil(rowCount / (options.batchSize * options.accumulation));
}

/** The micro-batches of each optimizer step of one epoch, step by step; `skip` steps are left out at no cost. */
export function* epochBatches(
  examples: readonly EncodedExample[],
  options: EpochOptions,
  skip = 0,
): Generator<TokenBatch[]> {
  const lengths = examples.map((example) => example.inputIds.length);
  const rowsPerStep = options.batchSize * options.accumulation;
  const order = epochOrder(lengths, { ...options, rowsPerStep });
  for (let at = skip * rowsPerStep; at < order.length; at += rowsPerStep) {
    const rows = longestFirst(order.slice(at, at + rowsPerStep), lengths);
    yield inBatches(rows, options.batchSize).map((batch) =>
      collate(
        batch.map((row) => examples[row]!),
        { padId: options.padId, multipleOf: TRAINING_MULTIPLE },
      ),
    );
  }
}

/** Batches for evaluation, in the rows' own order. */
export function* evaluationBatches(
  examples: readonly EncodedExample[],
  options: { batchSize: number; padId: number },
): Generator<TokenBatch> {
  for (const batch of inBatches(examples, options.batchSize)) {
    yield collate(batch, { padId: options.padId, multipleOf: TRAINING_MULTIPLE });
  }
}

function inBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  return batches;
}
