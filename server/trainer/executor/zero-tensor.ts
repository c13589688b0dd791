/** A tensor to be filled or added to. */
import { elementCount } from "../checkpoint/safetensors";
import type { HostTensor } from "./executor";

/** Zeros in float32. */
export function zeroTensor(shape: readonly number[]): HostTensor {
  return { data: new Float32Array(elementCount(shape)), shape, dtype: "float32" };
}
