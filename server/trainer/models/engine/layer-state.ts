/** What a layer feeds to its graphs besides activations: weights, adapters, and where gradients go. */
import type { AdapterShape, LinearAdapter } from "../../adapters/linear-adapter";
import type { HostTensor, NamedHostTensors, TensorSpec } from "../../executor/executor";
import type { Decoder } from "../family";
import { blockTensors } from "../weights";
import { scaleName } from "../weight-names";

export interface ModelTensors {
  /** Base tensors by full name. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** By full module name ("model.layers.0.self_attn.q_proj"); empty without adapters. */
  readonly adapters: ReadonlyMap<string, LinearAdapter>;
  /** Gradients by full tensor name (an adapter's as <module>.lora_A.weight): what is here is trainable. */
  readonly gradients: ReadonlyMap<string, HostTensor>;
}

export interface LayerState {
  /** Layers of equal kinds share graphs. */
  readonly kind: string;
  readonly adapters: Readonly<Record<string, AdapterShape>>;
  readonly inputs: NamedHostTensors;
  /** The base's tensors among the inputs, as graphs see them. */
  readonly base: Readonly<Record<string, TensorSpec>>;
  /** into:<name> and grad:<name>: both are the accumulated gradient, which is added to in place. */
  readonly into: NamedHostTensors;
  readonly gradients: NamedHostTensors;
  /** Names below the layer's prefix. */
  readonly trainable: readonly string[];
}

export function layerState(
  decoder: Decoder,
  layer: number,
  { weights, adapters, gradients }: ModelTensors,
): LayerState {
  const { prefix, rope } = decoder.layers[layer]!;
  const inputs: NamedHostTensors = {};
  const shapes: Record<string, AdapterShape> = {};
  for (const name of Object.keys(blockTensors(decoder))) {
    inputs[name] = weights.get(prefix + name)!;
    const scale = weights.get(scaleName(prefix + name));
    if (scale) inputs[scaleName(name)] = scale;
  }
  const base = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
  );
  for (const module of Object.keys(decoder.linears)) {
    const adapter = adapters.get(prefix + module);
    if (!adapter) continue;
    shapes[module] = adapter.shape;
    for (const [name, tensor] of Object.entries(adapter.tensors)) inputs[`${module}.${name}`] = tensor;
  }
  const trainable = Object.keys(inputs).filter((name) => gradients.has(prefix + name));
  const into: NamedHostTensors = {};
  const sums: NamedHostTensors = {};
  for (const name of trainable) into[`into:${name}`] = sums[`grad:${name}`] = gradients.get(prefix + name)!;
  const kind = JSON.stringify([decoder.blockKey?.(layer) ?? "", rope, shapes, trainable, base]);
  return { kind, adapters: shapes, inputs, base, into, gradients: sums, trainable };
}

/** The first layer that the way back must reach: the lowest one that is trained, or the first where embeddings are. */
export function lowestTrainedLayer(
  { embedding }: Decoder,
  layers: readonly LayerState[],
  gradients: ModelTensors["gradients"],
): number {
  const tables = [embedding.weight, embedding.positions?.weight];
  if (tables.some((name) => name !== undefined && gradients.has(name))) return 0;
  const lowest = layers.findIndex(({ trainable }) => trainable.length > 0);
  return lowest < 0 ? layers.length : lowest;
}
