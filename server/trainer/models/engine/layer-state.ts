/** What a layer feeds to its graphs besides activations: weights, adapters, and where gradients go. */
import type { HostTensor, NamedHostTensors } from "../../executor/executor";
import type { Decoder } from "../family";
import { blockTensors } from "../weights";
import { scaleName } from "../weight-names";
import type { LoraShape } from "./block-program";

/** The LoRA of one linear. */
export interface LoraTensors extends LoraShape {
  /** A [rank, inputs] and B [outputs, rank]. */
  readonly a: HostTensor;
  readonly b: HostTensor;
}

export interface ModelTensors {
  /** Base tensors by full name. */
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** By full module name ("model.layers.0.self_attn.q_proj"); empty without LoRA. */
  readonly lora: ReadonlyMap<string, LoraTensors>;
  /** Gradients by full tensor name (LoRA's as <module>.lora_A.weight): what is here is trainable. */
  readonly gradients: ReadonlyMap<string, HostTensor>;
}

export interface LayerState {
  /** Layers of equal kinds share graphs. */
  readonly kind: string;
  readonly lora: Readonly<Record<string, LoraShape>>;
  readonly inputs: NamedHostTensors;
  /** into:<name> and grad:<name>: both are the accumulated gradient, which is added to in place. */
  readonly into: NamedHostTensors;
  readonly gradients: NamedHostTensors;
  /** Names below the layer's prefix. */
  readonly trainable: readonly string[];
}

export function layerState(
  decoder: Decoder,
  layer: number,
  { weights, lora, gradients }: ModelTensors,
): LayerState {
  const { prefix, rope } = decoder.layers[layer]!;
  const inputs: NamedHostTensors = {};
  const shapes: Record<string, LoraShape> = {};
  for (const name of Object.keys(blockTensors(decoder))) {
    inputs[name] = weights.get(prefix + name)!;
    const scale = weights.get(scaleName(prefix + name));
    if (scale) inputs[scaleName(name)] = scale;
  }
  for (const module of Object.keys(decoder.linears)) {
    const adapter = lora.get(prefix + module);
    if (!adapter) continue;
    shapes[module] = { rank: adapter.rank, scaling: adapter.scaling };
    inputs[`${module}.lora_A.weight`] = adapter.a;
    inputs[`${module}.lora_B.weight`] = adapter.b;
  }
  const trainable = Object.keys(inputs).filter((name) => gradients.has(prefix + name));
  const into: NamedHostTensors = {};
  const sums: NamedHostTensors = {};
  for (const name of trainable) into[`into:${name}`] = sums[`grad:${name}`] = gradients.get(prefix + name)!;
  const kind = JSON.stringify([decoder.blockKey?.(layer) ?? "", rope, shapes, trainable]);
  return { kind, lora: shapes, inputs, into, gradients: sums, trainable };
}
