/** Estimates of the memory that running a decoder takes, for choosing what to keep. */
import type { Decoder } from "../family";

/** Bytes of what a block keeps over N tokens for the backward pass, at most: the outputs of its linears. */
export function keptBytes(decoder: Decoder, N: number): number {
  const width = Object.values(decoder.linears).reduce((sum, { outputs }) => sum + outputs, 0);
  return N * width * Float32Array.BYTES_PER_ELEMENT;
}
