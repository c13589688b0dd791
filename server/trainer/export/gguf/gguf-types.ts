/**
 * The element types of GGUF files that are written here, and float32 to their bytes.
 * https://github.com/ggml-org/ggml/blob/master/docs/gguf.md; q8_0 is ggml's block_q8_0.
 */
import { narrow } from "../../checkpoint/element-types";

/** What a user may ask for: matrices in float16, or in blocks of 32 values of 8 bits with one float16 scale. */
export const GGUF_TYPES = ["f16", "q8_0"] as const;
export type GgufType = (typeof GGUF_TYPES)[number];

export type TensorType = "f32" | GgufType;

/** ggml_type */
export const TENSOR_TYPE_IDS: Readonly<Record<TensorType, number>> = { f32: 0, f16: 1, q8_0: 8 };

/** general.file_type (llama_ftype): what most matrices are stored as. */
export const FILE_TYPE_IDS: Readonly<Record<GgufType, number>> = { f16: 1, q8_0: 7 };

const BLOCK = 32;
const BLOCK_BYTES = 2 + BLOCK;

/** The type that a tensor of this shape gets: vectors stay float32, and rows that no blocks fit into float16. */
export function tensorTypeFor(shape: readonly number[], wanted: GgufType): TensorType {
  if (shape.length < 2) return "f32";
  return wanted === "q8_0" && shape.at(-1)! % BLOCK !== 0 ? "f16" : wanted;
}

/** Bytes of `count` elements. */
export function tensorBytes(type: TensorType, count: number): number {
  switch (type) {
    case "f32":
      return 4 * count;
    case "f16":
      return 2 * count;
    case "q8_0":
      return (count / BLOCK) * BLOCK_BYTES;
  }
}

/** Values to the bytes of `type`; for q8_0 their number is a multiple of 32. */
export function encodeValues(type: TensorType, values: Float32Array): Uint8Array {
  switch (type) {
    case "f32":
      return narrow("F32", values);
    case "f16":
      return narrow("F16", values);
    case "q8_0":
      return toBlocks(values);
  }
}

/** Per block the scale max|x| / 127 as float16, then round(x / scale), as ggml's quantize_row_q8_0_ref. */
function toBlocks(values: Float32Array): Uint8Array {
  const blocks = values.length / BLOCK;
  const scales = new Float32Array(blocks);
  for (let block = 0; block < blocks; block++) {
    let largest = 0;
    for (let i = block * BLOCK; i < (block + 1) * BLOCK; i++)
      largest = Math.max(largest, Math.abs(values[i]!));
    scales[block] = largest / 127;
  }
  const scaleBytes = narrow("F16", scales);
  const bytes = new Uint8Array(blocks * BLOCK_BYTES);
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK_BYTES;
    bytes[start] = scaleBytes[2 * block]!;
    bytes[start + 1] = scaleBytes[2 * block + 1]!;
    const factor = scales[block]! === 0 ? 0 : Math.fround(1 / scales[block]!);
    for (let i = 0; i < BLOCK; i++) {
      const scaled = Math.fround(values[block * BLOCK + i]! * factor);
      // C's roundf: halves away from zero.
      bytes[start + 2 + i] = Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5);
    }
  }
  return bytes;
}
