/** Log-probabilities of whole answers, out of the cross entropies of their label tokens, and the way back. */
import { collate } from "../data/batches";
import type { EncodedExample } from "../data/encoded-example";
import type { TokenBatch } from "../models/causal-lm";
import type { StageContext } from "./stage";

/** LLaMA-Factory's collators round lengths up to this. */
const LENGTH_MULTIPLE = 8;

/** Rows padded to one length; logged logits are means over padding too, as LLaMA-Factory's are. */
export function stackRows(
  { config, template }: Pick<StageContext, "config" | "template">,
  rows: readonly EncodedExample[],
): TokenBatch {
  const padId = template.tokenizer.pad?.id ?? 0;
  // Reward models and rollouts have no labels that padding could join.
  const trainsOnPadding = ["dpo", "kto"].includes(config.stage) && !config.ignore_pad_token_for_loss;
  const labels = trainsOnPadding ? { labelPadId: padId } : {};
  return { ...collate(rows, { padId, multipleOf: LENGTH_MULTIPLE, ...labels }), masksPadding: true };
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

/**
 * What the log-probability of every label counts for where `ld_alpha` is set (https://arxiv.org/abs/2409.06411): rows
 * 0..P-1 are chosen answers, the rest the rejected ones of the same pairs, and what the longer of two has beyond the
 * length of the shorter counts `alpha`.
 */
export function lengthScales(tokens: TokenBatch, counts: readonly number[], alpha: number): Float32Array {
  const { length, labels } = tokens;
  const pairs = counts.length / 2;
  const scales: number[] = [];
  for (const row of counts.keys()) {
    const shared = Math.min(counts[row % pairs]!, counts[(row % pairs) + pairs]!);
    const answer = labels.subarray(row * length + 1, (row + 1) * length);
    const start = answer.findIndex((label) => label !== -100);
    for (const [t, label] of answer.entries())
      if (label !== -100) scales.push(t < start + shared ? 1 : alpha);
  }
  return Float32Array.from(scales);
}

/**
 * Summed log-probability of every row [rows], from the cross entropies of all labels in the batch's order; `scales`:
 * what each counts for.
 */
export function rowLogps(
  counts: readonly number[],
  losses: Float32Array,
  scales: Float32Array | null = null,
): number[] {
  let at = 0;
  return counts.map((count) => {
    let sum = 0;
    for (const end = at + count; at < end; at++) sum -= losses[at]! * (scales?.[at] ?? 1);
    return sum;
  });
}

/** Derivatives with respect to rows' log-probabilities as derivatives with respect to their labels' cross entropies. */
export function labelWeights(
  counts: readonly number[],
  gradients: readonly number[],
  { share, scales = null }: { share: number; scales?: Float32Array | null },
): Float32Array {
  const weights = new Float32Array(counts.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (const [row, count] of counts.entries()) weights.fill(-gradients[row]! * share, at, (at += count));
  return scales ? weights.map((weight, i) => weight * scales[i]!) : weights;
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
