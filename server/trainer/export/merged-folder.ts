/**
 * A model folder seen through adapters: every tensor reads as base and adapters together, merged when it is read, so that
 * no more than one tensor is in memory as float32. It writes nothing.
 */
import { linearOf, mergeLora, type LoraLinear } from "../adapters/lora";
import type { ModelFolder } from "../checkpoint/model-folder";
import type { Decoder } from "../models/family";

/**
 * @param adapters the linears of each adapter, in the order in which they are merged
 * @returns a folder that shares `base`'s files and closes them
 */
export function mergedFolder(
  base: ModelFolder,
  decoder: Decoder,
  adapters: readonly (readonly LoraLinear[])[],
): ModelFolder {
  const byTensor = new Map<string, LoraLinear[]>();
  for (const linear of adapters.flat()) {
    const name = `${linear.module}.weight`;
    byTensor.set(name, [...(byTensor.get(name) ?? []), linear]);
  }
  return {
    path: base.path,
    config: base.config,
    tensors: base.tensors,
    async read(name) {
      const values = await base.read(name);
      for (const linear of byTensor.get(name) ?? []) {
        mergeLora(values, linear, linearOf(decoder, linear.module).storedTransposed === true);
      }
      return values;
    },
    close: () => base.close(),
  };
}
