/**
 * One kind of block, compiled for one shape: forward, and the vector-Jacobian product that recomputes what the backward
 * pass needs, or takes it from tensors that the forward pass kept. Layers of a kind share a program; their weights are
 * inputs.
 */
import * as tf from "@tensorflow/tfjs-core";
import { adaptedProduct } from "../../adapters/adapted-product";
import { adapterTensors, type AdapterShape, type Dropout } from "../../adapters/linear-adapter";
import { vectorJacobian } from "../../executor/autodiff";
import type { CompiledFunction, Executor, NamedTensors, TensorSpec } from "../../executor/executor";
import { int4Linear } from "../../nn/int4-linear";
import { int8Linear, type Int8Mode } from "../../nn/int8-linear";
import type { BlockScope, Decoder } from "../family";
import { scaleName } from "../weight-names";
import { dropout, droppedBlocks } from "./adapter-dropout";

export interface BlockPlan {
  readonly decoder: Decoder;
  /** A layer of this kind. */
  readonly layer: number;
  readonly B: number;
  readonly T: number;
  readonly maskRows: number;
  readonly ropeRows: number;
  /** By module name below the layer's prefix. */
  readonly adapters: Readonly<Record<string, AdapterShape>>;
  readonly adapterDropout: number;
  /** Inputs that get a gradient: names below the layer's prefix. */
  readonly trainable: readonly string[];
  /** Whether the forward pass keeps the outputs of linears for the backward pass. */
  readonly keepsActivations: boolean;
  /** The base's tensors of a layer of this kind, scales of quantised ones included, by name below the prefix. */
  readonly base: Readonly<Record<string, TensorSpec>>;
  /** How linears compute whose weights are int8. */
  readonly int8: Int8Mode;
}

export interface BlockProgram {
  /** Output y [B*T, C], and what `kept` names. */
  readonly forward: CompiledFunction;
  /** Inputs also dy, `kept`, and into:<name>; outputs dx and grad:<name> = into:<name> + gradient. */
  readonly backward: CompiledFunction;
  /** Tensors that go from forward to backward: name -> spec. */
  readonly kept: Readonly<Record<string, TensorSpec>>;
}

const float32 = (shape: readonly number[]): TensorSpec => ({ shape, dtype: "float32" });
const keptName = (module: string): string => `kept:${module}`;

/** Compiles both passes. */
export async function compileBlock(executor: Executor, plan: BlockPlan): Promise<BlockProgram> {
  const { decoder, B, T } = plan;
  const specs = blockSpecs(plan);
  const x = float32([B * T, decoder.hiddenSize]);
  const candidates: Record<string, TensorSpec> = {};
  if (plan.keepsActivations) {
    for (const [module, { outputs }] of Object.entries(decoder.linears))
      candidates[keptName(module)] = float32([B * T, outputs]);
  }
  const into = Object.fromEntries(plan.trainable.map((name) => [`into:${name}`, specs[name]!]));
  const what = `${decoder.family} block ${B}x${T}`;
  const backward = await executor.compile(`${what} backward`, (inputs) => backwardPass(plan, inputs), {
    ...specs,
    ...candidates,
    ...into,
    x,
    dy: x,
  });
  // Only what the backward graph really reads is worth keeping.
  const kept = Object.fromEntries(
    Object.entries(candidates).filter(([name]) => backward.inputNames.includes(name)),
  );
  const forward = await executor.compile(
    what,
    ({ x: input, ...inputs }) => {
      const outputs: NamedTensors = {};
      const y = runBlock(plan, { x: input!, inputs }, (module, value) => {
        if (keptName(module) in kept) outputs[keptName(module)] = value;
        return value;
      });
      return { ...outputs, y };
    },
    { ...specs, x },
  );
  return { forward, backward, kept };
}

/** The forward pass alone, without dropout: for evaluation. Output y. */
export function compileEvaluation(executor: Executor, plan: BlockPlan): Promise<CompiledFunction> {
  const still = { ...plan, adapterDropout: 0 };
  const { decoder, B, T } = plan;
  return executor.compile(
    `${decoder.family} block ${B}x${T} evaluation`,
    ({ x, ...inputs }) => ({ y: runBlock(still, { x: x!, inputs }, (_, value) => value) }),
    { ...blockSpecs(still), x: float32([B * T, decoder.hiddenSize]) },
  );
}

/** Every input of a block but x. */
function blockSpecs(plan: BlockPlan): Record<string, TensorSpec> {
  const { decoder, layer, B, T, maskRows, ropeRows } = plan;
  const specs: Record<string, TensorSpec> = { mask: float32([maskRows, 1, 1, T, T]) };
  const { rope } = decoder.layers[layer]!;
  if (rope !== null) {
    specs["cos"] = specs["sin"] = float32([ropeRows, 1, T, decoder.ropes[rope]!.dimensions]);
  }
  Object.assign(specs, plan.base);
  for (const [module, adapter] of Object.entries(plan.adapters)) {
    for (const [name, shape] of Object.entries(adapterTensors(adapter, decoder.linears[module]!)))
      specs[`${module}.${name}`] = float32(shape);
  }
  if (plan.adapterDropout > 0) specs["dropout.a"] = specs["dropout.c"] = float32([B * T, 1]);
  return specs;
}

type Keep = (module: string, value: tf.Tensor) => tf.Tensor;

function runBlock(
  plan: BlockPlan,
  { x, inputs }: { x: tf.Tensor; inputs: NamedTensors },
  keep: Keep,
): tf.Tensor {
  const { decoder, layer } = plan;
  const scope: BlockScope = {
    B: plan.B,
    T: plan.T,
    weight: (name) => inputs[name]!,
    linear: (module, input) => adaptedLinear(plan, inputs, { module, x: input, keep }),
    rope: decoder.layers[layer]!.rope === null ? null : { cos: inputs["cos"]!, sin: inputs["sin"]! },
    mask: inputs["mask"]!,
  };
  return decoder.block(x, scope, layer);
}

/** x [N, inputs] -> [N, outputs], with bias, and as the linear's adapter changes it. */
function adaptedLinear(
  plan: BlockPlan,
  inputs: NamedTensors,
  { module, x, keep }: { module: string; x: tf.Tensor; keep: Keep },
): tf.Tensor {
  const base = (given: tf.Tensor) => baseProduct(plan, inputs, { module, x: given });
  const bias = plan.decoder.linears[module]!.bias ? inputs[`${module}.bias`]! : null;
  const shape = plan.adapters[module];
  if (!shape) return keep(module, bias ? tf.add(base(x), bias) : base(x));
  return adaptedProduct(shape, {
    ...{ x, base, bias },
    tensor: (name) => inputs[`${module}.${name}`]!,
    dropout: plan.adapterDropout > 0 ? dropoutOf(plan.adapterDropout, module, inputs) : null,
    keep: (value) => keep(module, value),
  });
}

function dropoutOf(rate: number, module: string, inputs: NamedTensors): Dropout {
  const numbers = { rate, salt: module, a: inputs["dropout.a"]!, c: inputs["dropout.c"]! };
  return {
    elements: (x) => dropout(x, numbers),
    chosen: (count) => droppedBlocks(count, numbers),
  };
}

function baseProduct(
  plan: BlockPlan,
  inputs: NamedTensors,
  { module, x }: { module: string; x: tf.Tensor },
): tf.Tensor {
  const { storedTransposed = false } = plan.decoder.linears[module]!;
  const name = `${module}.weight`;
  const weight = inputs[name]!;
  const scale = inputs[scaleName(name)]!;
  switch (plan.base[name]!.dtype) {
    case "int8":
      return int8Linear(x, { q: weight, scale, storedTransposed }, plan.int8);
    case "uint8":
      return int4Linear(x, { q: weight, scale });
    default:
      return tf.matMul(x, weight, false, !storedTransposed);
  }
}

function backwardPass(plan: BlockPlan, { x, dy, ...inputs }: NamedTensors): NamedTensors {
  const trainable = Object.fromEntries(plan.trainable.map((name) => [name, inputs[name]!]));
  const { grads } = vectorJacobian(
    ({ x: input, ...live }) =>
      runBlock(plan, { x: input!, inputs: { ...inputs, ...live } }, (module, value) => {
        const kept = inputs[keptName(module)];
        return kept ? standIn(value, kept) : value;
      }),
    { x: x!, ...trainable },
    dy,
  );
  const { x: dx, ...rest } = grads;
  const sums = Object.entries(rest).map(([name, grad]) => [
    `grad:${name}`,
    tf.add(inputs[`into:${name}`]!, grad),
  ]);
  return { dx: dx!, ...(Object.fromEntries(sums) as NamedTensors) };
}

/**
 * The value of `kept` with the gradient of `computed`. Nothing reads `computed` any more, so the executor leaves out
 * whatever only served to compute it: this is what makes keeping a tensor cheaper than recomputing it.
 */
function standIn(computed: tf.Tensor, kept: tf.Tensor): tf.Tensor {
  return tf.customGrad(() => ({ value: tf.clone(kept), gradFunc: (dy: tf.Tensor) => dy }))(computed);
}
