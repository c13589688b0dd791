/**
 * Weights in 8 or 4 bits a value, in the layout of onnxruntime's MatMulNBits: 32 values of a row share one float32 scale,
 * stored with an offset of half the range. It knows numbers only, not models.
 */

/** Values that share a scale. */
export const BLOCK = 32;

export type BlockBits = 4 | 8;

export interface BlockedMatrix {
  readonly bits: BlockBits;
  /** [rows, blocks, BLOCK * bits / 8]; with 4 bits the first of two values is in the low half. */
  readonly values: Uint8Array;
  /** [rows, blocks] */
  readonly scales: Float32Array;
}

/** Blocks in a row of `columns`; the last one may be partly empty. */
export function blocksPerRow(columns: number): number {
  return Math.ceil(columns / BLOCK);
}

/**
 * Rounds a matrix [rows, columns] to blocks. The value farthest from zero is hit exactly: it takes the end of the range
 * that reaches one step further, as llama.cpp's q4_0 does.
 */
export function toBlocks(
  matrix: Float32Array,
  rows: number,
  { columns, bits }: { columns: number; bits: BlockBits },
): BlockedMatrix {
  const blocks = blocksPerRow(columns);
  const bytes = (BLOCK * bits) / 8;
  const half = 1 << (bits - 1);
  const top = 2 * half - 1;
  // An empty place stands for 0, which is `half` in both halves of a byte.
  const values = new Uint8Array(rows * blocks * bytes).fill(bits === 8 ? half : half * 17);
  const scales = new Float32Array(rows * blocks);

  for (let block = 0; block < rows * blocks; block++) {
    const row = Math.floor(block / blocks);
    const start = row * columns + (block % blocks) * BLOCK;
    const end = Math.min(start + BLOCK, (row + 1) * columns);
    const farthest = farthestFromZero(matrix, start, end);
    const scale = farthest === 0 ? 1 : farthest / -half;
    scales[block] = scale;
    const inverse = 1 / scale;
    const into = block * bytes;
    for (let i = start; i < end; i++) {
      // Never negative before truncation, so this rounds to the nearest.
      const rounded = (matrix[i]! * inverse + half + 0.5) | 0;
      const value = rounded > top ? top : rounded;
      const place = i - start;
      if (bits === 8) values[into + place] = value;
      else if (place % 2 === 0) values[into + (place >> 1)] = value | (half << 4);
      else values[into + (place >> 1)] = (values[into + (place >> 1)]! & 15) | (value << 4);
    }
  }
  return { bits, values, scales };
}

/** The value with the largest magnitude, with its sign. */
function farthestFromZero(matrix: Float32Array, start: number, end: number): number {
  let low = 0;
  let high = 0;
  for (let i = start; i < end; i++) {
    const value = matrix[i]!;
    if (value < low) low = value;
    else if (value > high) high = value;
  }
  return -low > high ? low : high;
}
