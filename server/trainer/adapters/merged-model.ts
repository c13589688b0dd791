/**
 * A model folder seen through adapters: every tensor reads as base and adapters together, merged when it is read, so that
 * no more than one tensor is in memory as float32. It writes nothing.
 */
import type { ModelFolder, TensorInfo } from "../checkpoint/model-folder";
import type { Decoder } from "../models/family";
import type { Adapter, LinearChange } from "./adapter";
import { layoutOf, mergeChange } from "./row-changes";
import { decoderWithSaved, HEAD_WEIGHT, storedName } from "./tied-head";

export interface MergedModel {
  /** Shares the base's files and closes them. */
  readonly folder: ModelFolder;
  /** The base's description, with an output matrix of its own where an adapter has trained one of two tied tables. */
  readonly decoder: Decoder;
}

/** @param adapters in the order in which they are merged */
export function mergedModel(base: ModelFolder, decoder: Decoder, adapters: readonly Adapter[]): MergedModel {
  const whole = new Map(adapters.flatMap(({ saved }) => [...saved]));
  const changes = new Map<string, LinearChange[]>();
  for (const change of adapters.flatMap(({ linears }) => linears)) {
    const name = `${change.module}.weight`;
    changes.set(name, [...(changes.get(name) ?? []), change]);
  }
  const description = decoderWithSaved(decoder, whole);
  const comesApart = description !== decoder;
  return {
    decoder: description,
    folder: {
      path: base.path,
      config: comesApart ? { ...base.config, tie_word_embeddings: false } : base.config,
      tensors: comesApart ? withHead(base.tensors, decoder) : base.tensors,
      async read(name) {
        const trained = whole.get(name);
        if (trained) return Float32Array.from(trained.data);
        const values = await base.read(storedName(decoder, name));
        for (const change of changes.get(name) ?? [])
          mergeChange(values, change, layoutOf(decoder, change.module));
        return values;
      },
      close: () => base.close(),
    },
  };
}

function withHead(tensors: ReadonlyMap<string, TensorInfo>, { embedding }: Decoder): Map<string, TensorInfo> {
  const table = tensors.get(embedding.weight)!;
  return new Map([...tensors, [HEAD_WEIGHT, { ...table, name: HEAD_WEIGHT }]]);
}
