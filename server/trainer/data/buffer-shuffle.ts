/**
 * A stream's rows in another order, with a limited number of them in memory: a buffer from which the next row is drawn
 * and which the row after it refills, as `datasets` shuffles an iterable data set, row for row.
 * https://github.com/huggingface/datasets/blob/main/src/datasets/iterable_dataset.py (BufferShuffledExamplesIterable)
 */
import { streamGenerator, type Pcg64 } from "./numpy-random";

export interface BufferOptions {
  /** Rows that are held. */
  readonly size: number;
  readonly seed: number;
  /** From 0; every pass has its own order. */
  readonly epoch: number;
}

/** Every row of `rows` once. */
export async function* shuffleInBuffer<T>(
  rows: AsyncIterable<T>,
  { size, seed, epoch }: BufferOptions,
): AsyncGenerator<T> {
  const random = streamGenerator(seed, epoch);
  const places = drawPlaces(random, size);
  const buffer: T[] = [];
  for await (const row of rows) {
    if (buffer.length < size) {
      buffer.push(row);
      continue;
    }
    const place = places.next().value as number;
    yield buffer[place]!;
    buffer[place] = row;
  }
  random.shuffle(buffer);
  yield* buffer;
}

/** There a thousand places are drawn at once, which is seen in what the generator gives afterwards. */
const DRAWN_AT_ONCE = 1000;

function* drawPlaces(random: Pcg64, size: number): Generator<number> {
  for (;;) yield* Array.from({ length: DRAWN_AT_ONCE }, () => random.below(size));
}
