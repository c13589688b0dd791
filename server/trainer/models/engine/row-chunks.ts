/** Cuts any number of rows into chunks of a few fixed sizes, because every size needs a compiled graph of its own. */

export interface RowChunk {
  /** Rows of the graph; the last M - count are padding. */
  readonly M: number;
  readonly start: number;
  readonly count: number;
}

/** Chunks of maxRows, a half and an eighth of it; a chunk is padded where smaller ones would not save a quarter. */
export function rowChunks(total: number, maxRows: number): RowChunk[] {
  const sizes = [maxRows, maxRows / 2, maxRows / 8].map(Math.ceil);
  const chunks: RowChunk[] = [];
  for (let start = 0; start < total;) {
    const left = total - start;
    const M = sizes.find((size) => left > 0.75 * size) ?? sizes.at(-1)!;
    chunks.push({ M, start, count: Math.min(M, left) });
    start += M;
  }
  return chunks;
}
