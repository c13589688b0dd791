/**
 * Several samples in one row: the largest that still fits goes in first, as LLaMA-Factory's greedy knapsack does.
 */
import { IGNORED, type EncodedExample } from "./encoded-example";

export interface PackingOptions {
  /** Most tokens of a row; rows come out one longer, with at least one token of padding. */
  readonly capacity: number;
  /** Samples do not see each other: they are numbered in the attention mask. */
  readonly neat: boolean;
  readonly padId: number;
}

/** Packed rows of `capacity + 1` tokens. Samples longer than the capacity are left out. */
export function packExamples(examples: readonly EncodedExample[], options: PackingOptions): EncodedExample[] {
  const fitting = examples.filter((example) => example.inputIds.length <= options.capacity);
  const byLength = new Map<number, EncodedExample[]>();
  for (const example of fitting) {
    const same = byLength.get(example.inputIds.length);
    if (same) same.push(example);
    else byLength.set(example.inputIds.length, [example]);
  }
  const lengths = fitting.map((example) => example.inputIds.length);
  return fillKnapsacks(lengths, options.capacity).map((knapsack) =>
    // Of equal lengths the last one goes first.
    joinRow(
      knapsack.map((length) => byLength.get(length)!.pop()!),
      options,
    ),
  );
}

/** Groups of lengths, each summing up to at most `capacity`. */
function fillKnapsacks(lengths: number[], capacity: number): number[][] {
  const sorted = lengths.sort((a, b) => a - b);
  const knapsacks: number[][] = [];
  while (sorted.length > 0) {
    const knapsack: number[] = [];
    let room = capacity;
    for (let at = lastAtMost(sorted, room); at >= 0; at = lastAtMost(sorted, room)) {
      const [length] = sorted.splice(at, 1);
      knapsack.push(length!);
      room -= length!;
    }
    knapsacks.push(knapsack);
  }
  return knapsacks;
}

/** Index of the last number that is at most `limit`; -1 where there is none. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function joinRow(
  samples: readonly EncodedExample[],
  { capacity, neat, padId }: PackingOptions,
): EncodedExample {
  const length = capacity + 1;
  const inputIds = new Int32Array(length).fill(padId);
  const labels = new Int32Array(length).fill(IGNORED);
  // Without neat packing padding is attended too, as LLaMA-Factory does it; its labels are not trained on.
  const attentionMask = new Int32Array(length).fill(neat ? 0 : 1);
  const positionIds = new Int32Array(length);
  let at = 0;
  for (const [i, sample] of samples.entries()) {
    const end = at + sample.inputIds.length;
    inputIds.set(sample.inputIds, at);
    labels.set(sample.labels, at);
    attentionMask.fill(neat ? i + 1 : 1, at, end);
    for (let position = 0; at + position < end; position++) positionIds[at + position] = position;
    at = end;
  }
  return { inputIds, labels, attentionMask, positionIds };
}
