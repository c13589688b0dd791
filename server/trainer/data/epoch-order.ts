/**
 * In which order an epoch visits the rows. The order of epoch e depends on the seed and e alone, so a run resumes where
 * it stopped without replaying what came before.
 */
import { loaderPermutation, torchPermutation } from "./torch-random";

export type SamplingStrategy = "random" | "sequential" | "group_by_length";

export interface OrderOptions {
  readonly strategy: SamplingStrategy;
  readonly seed: number;
  /** From 0. */
  readonly epoch: number;
  /** Rows of one optimizer step. */
  readonly rowsPerStep: number;
}

/** Most groups of similar length that one epoch is cut into, as transformers' LengthGroupedSampler has it. */
const STEPS_PER_GROUP = 50;

/** Indices of rows, each once. `lengths` are the rows' token counts. */
export function epochOrder(lengths: readonly number[], options: OrderOptions): number[] {
  const { strategy, seed, epoch, rowsPerStep } = options;
  const count = lengths.length;
  if (strategy === "sequential") return lengths.map((_, i) => i);
  // The same rows in the same order as accelerate's SeedableRandomSampler, or as transformers' LengthGroupedSampler.
  if (strategy === "random") return torchPermutation(count, seed + epoch);
  return groupByLength(loaderPermutation(count, { seed, epoch }), lengths, rowsPerStep);
}

/** Random groups of many steps, sorted by length inside; the longest row of all comes first, to fail early. */
function groupByLength(order: readonly number[], lengths: readonly number[], rowsPerStep: number): number[] {
  const steps = Math.min(Math.floor(order.length / (rowsPerStep * 4)), STEPS_PER_GROUP) || 1;
  const size = steps * rowsPerStep;
  const groups: number[][] = [];
  for (let at = 0; at < order.length; at += size)
    groups.push(longestFirst(order.slice(at, at + size), lengths));
  const withLongest = groups.reduce(
    (best, group, i) => (lengths[group[0]!]! > lengths[groups[best]![0]!]! ? i : best),
    0,
  );
  const first = groups[0];
  const other = groups[withLongest];
  if (first && other) [first[0], other[0]] = [other[0]!, first[0]!];
  return groups.flat();
}

/** Row indices sorted by length, longest first; equal lengths keep their order. */
export function longestFirst(indices: readonly number[], lengths: readonly number[]): number[] {
  return [...indices].sort((a, b) => lengths[b]! - lengths[a]!);
}
