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

/**
 * Rounds a matrix [rows, columns] to blocks. The value farthest from zero is hit exactly: it takes the end of the range
 * that reaches one step further, as llama.cpp's q4_0 does.
 */
export function toBlocks(
  matrix: Float32Array,
  rows: number,
  { columns, bits }: { columns: number; bits: BlockBits },
): BlockedMatrix {
  const blocks = Math.ceil(columns / BLOCK);
  const bytes = (BLOCK * bits) / 8;
  const half = 1 << (bits - 1);
  const pack = bits === 8 ? packBytes : packNibbles;
  // An empty place stands for 0, which is `half` in both halves of a byte.
  const values = new Uint8Array(rows * blocks * bytes).fill(bits === 8 ? half : half * 17);
  const scales = new Float32Array(rows * blocks);

  for (let row = 0, block = 0; row < rows; row++) {
    const rowEnd = (row + 1) * columns;
    for (let start = row * columns; start < rowEnd; start += BLOCK, block++) {
      const end = Math.min(start + BLOCK, rowEnd);
      const farthest = farthestFromZero(matrix, start, end);
      const scale = farthest === 0 ? 1 : farthest / -half;
      scales[block] = scale;
      pack({ matrix, start, end, inverse: 1 / scale, values, into: block * bytes });
    }
  }
  return { bits, values, scales };
}

/** The value with the largest magnitude, with its sign. */
function farthestFromZero(matrix: Float32Array, start: number, end: number): number {
  let farthest = 0;
  let largest = 0;
  for (let i = start; i < end; i++) {
    const value = matrix[i]!;
    const magnitude = Math.abs(value);
    if (magnitude > largest) {
      largest = magnitude;
      farthest = value;
    }
  }
  return farthest;
}

interface Packing {
  readonly matrix: Float32Array;
  readonly start: number;
  readonly end: number;
  readonly inverse: number;
  readonly values: Uint8Array;
  readonly into: number;
}

// In both, what is truncated is never negative, so adding a half rounds to the nearest.

function packBytes({ matrix, start, end, inverse, values, into }: Packing): void {
  for (let i = start, place = into; i < end; i++, place++) {
    const value = (matrix[i]! * inverse + 128.5) | 0;
    values[place] = value > 255 ? 255 : value;
  }
}

function packNibbles({ matrix, start, end, inverse, values, into }: Packing): void {
  const nibble = (i: number) => {
    const value = (matrix[i]! * inverse + 8.5) | 0;
    return value > 15 ? 15 : value;
  };
  for (let i = start, place = into; i < end; i += 2, place++) {
    values[place] = nibble(i) | ((i + 1 < end ? nibble(i + 1) : 8) << 4);
  }
}
