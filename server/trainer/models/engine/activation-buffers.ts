/**
 * Memory for activations between graphs, reused for every batch: arrays by name, as long as the longest batch needed,
 * seen as tensors of the shape at hand.
 */
import type { HostTensor } from "../../executor/executor";
import { elementCount } from "../../checkpoint/safetensors";

export class ActivationBuffers {
  private readonly arrays = new Map<string, Float32Array>();
  private readonly tensors = new Map<string, HostTensor>();

  /** The float32 tensor of that name and shape; the same object each time. Its contents are whatever was left there. */
  tensor(name: string, shape: readonly number[]): HostTensor {
    const key = `${name}|${shape.join()}`;
    let tensor = this.tensors.get(key);
    if (!tensor) {
      tensor = { data: this.array(name, elementCount(shape)), shape, dtype: "float32" };
      this.tensors.set(key, tensor);
    }
    return tensor;
  }

  get bytes(): number {
    let bytes = 0;
    for (const array of this.arrays.values()) bytes += array.byteLength;
    return bytes;
  }

  private array(name: string, length: number): Float32Array {
    let array = this.arrays.get(name);
    if (!array || array.length < length) {
      array = new Float32Array(length);
      this.arrays.set(name, array);
      // Tensors over the old, shorter array would keep it alive.
      for (const key of [...this.tensors.keys()]) if (key.startsWith(`${name}|`)) this.tensors.delete(key);
    }
    return array.subarray(0, length);
  }
}
