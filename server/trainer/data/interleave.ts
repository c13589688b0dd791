/**
 * `mix_strategy`: rows of several data sets in turn, as `datasets.interleave_datasets` orders them, row for row.
 * https://github.com/huggingface/datasets/blob/main/src/datasets/arrow_dataset.py
 */
import type { TrainConfig } from "@/server/contract/train-config";
import { numpyChoices } from "./numpy-random";

export type MixStrategy = TrainConfig["mix_strategy"];

export interface MixOptions {
  /** under: ends with the shortest; over: the shorter ones begin again until the longest ends; once: every row once. */
  readonly strategy: MixStrategy;
  /** How often each data set is drawn from, adding up to 1; null: each in turn. */
  readonly probabilities: readonly number[] | null;
  readonly seed: number;
}

/** Rows of all sources, none of which is empty, in one list. */
export function mixRows<T>(sources: readonly (readonly T[])[], options: MixOptions): T[] {
  const { strategy, probabilities, seed } = options;
  if (sources.length <= 1 || strategy === "concat") return sources.flat();
  return probabilities
    ? drawn(sources, numpyChoices(probabilities, seed), strategy)
    : inTurn(sources, strategy);
}

/** Whole rounds, one row of each source. */
function inTurn<T>(sources: readonly (readonly T[])[], strategy: MixStrategy): T[] {
  const lengths = sources.map(({ length }) => length);
  const rounds = strategy === "interleave_under" ? Math.min(...lengths) : Math.max(...lengths);
  const rows: T[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const source of sources) {
      if (round < source.length) rows.push(source[round]!);
      else if (strategy === "interleave_over") rows.push(source[round % source.length]!);
    }
  }
  return rows;
}

/** One row of the source that is drawn, until one of them, or all, have been read to their end. */
function drawn<T>(sources: readonly (readonly T[])[], draws: Iterable<number>, strategy: MixStrategy): T[] {
  const rows: T[] = [];
  const at = sources.map(() => 0);
  const exhausted = sources.map(() => false);
  const isDone = () => (strategy === "interleave_under" ? exhausted.some(Boolean) : exhausted.every(Boolean));
  for (const index of draws) {
    if (isDone()) break;
    if (exhausted[index] && strategy === "interleave_once") continue;
    const source = sources[index]!;
    rows.push(source[at[index]!]!);
    at[index]!++;
    if (at[index] === source.length) {
      exhausted[index] = true;
      at[index] = 0;
    }
  }
  return rows;
}

/**
 * The same of streams, each of which can be begun again; as `datasets` interleaves iterable data sets, where rounds are
 * not rounded to whole ones.
 */
export async function* mixStreams<T>(
  sources: readonly (() => AsyncGenerator<T>)[],
  { strategy, probabilities, seed }: MixOptions,
): AsyncGenerator<T> {
  if (sources.length <= 1 || strategy === "concat") {
    for (const open of sources) yield* open();
    return;
  }
  const streams = sources.map((open) => open());
  /** One row ahead of each, so that its end is known with its last row. */
  const ahead = await Promise.all(streams.map((stream) => stream.next()));
  const exhausted = sources.map(() => false);
  try {
    for (const index of probabilities ? numpyChoices(probabilities, seed) : inCircles(sources.length)) {
      if (strategy === "interleave_under" ? exhausted.some(Boolean) : exhausted.every(Boolean)) return;
      if (exhausted[index] && strategy === "interleave_once") continue;
      const present = ahead[index]!;
      if (!present.done) yield present.value;
      ahead[index] = await streams[index]!.next();
      if (!ahead[index].done) continue;
      exhausted[index] = true;
      if (strategy === "interleave_once") continue;
      streams[index] = sources[index]!();
      ahead[index] = await streams[index].next();
    }
  } finally {
    for (const stream of streams) await stream.return(undefined);
  }
}

function* inCircles(count: number): Generator<number> {
  for (let i = 0; ; i = (i + 1) % count) yield i;
}
