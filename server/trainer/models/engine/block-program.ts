/**
 * One kind of block, compiled for one shape: forward, and the vector-Jacobian product that recomputes what the backward
 * pass needs, or takes it from tensors that the forward pass kept. Layers of a kind share a program; their weights are
 * inputs.
 */
import * as tf from "@tensorflow/tfjs-core";
import { vectorJacobian } from "../../executor/autodiff";
import type { CompiledFunction, Executor, NamedTensors, TensorSpec } from "../../executor/executor";
import { int8Linear, type Int8Mode } from "../../nn/int8-linear";
import type { BlockScope, Decoder } from "../family";
import { scaleName } from "../weight-names";
import { blockTensors } from "../weights";
import { dropout } from "./lora-dropout";

/** A linear's LoRA as far as graphs depend on it. */
export interface LoraShape {
  readonly rank: number;
  readonly scaling: number;
}

export interface BlockPlan {
  readonly decoder: Decoder;
  /** A layer of this kind. */
  readonly layer: number;
  readonly B: number;
  readonly T: number;
  readonly maskRows: number;
  readonly ropeRows: number;
  /** By module name below the layer's prefix. */
  readonly lora: Readonly<Record<string, LoraShape>>;
  readonly loraDropout: number;
  /** Inputs that get a gradient: names below the layer's prefix. */
  readonly trainable: readonly string[];
  /** Whether the forward pass keeps the outputs of linears for the backward pass. */
  readonly keepsActivations: boolean;
  /** How linears compute whose weights are int8; null where all are float32. */
  readonly int8: Int8Mode | null;
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
  const still = { ...plan, loraDropout: 0 };
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
  for (const [name, shape] of Object.entries(blockTensors(decoder))) specs[name] = float32(shape);
  if (plan.int8) {
    for (const [module, { outputs }] of Object.entries(decoder.linears)) {
      const weight = `${module}.weight`;
      specs[weight] = { ...specs[weight]!, dtype: "int8" };
      specs[scaleName(weight)] = float32([outputs]);
    }
  }
  for (const [module, { rank }] of Object.entries(plan.lora)) {
    const { inputs, outputs } = decoder.linears[module]!;
    specs[`${module}.lora_A.weight`] = float32([rank, inputs]);
    specs[`${module}.lora_B.weight`] = float32([outputs, rank]);
  }
  if (plan.loraDropout > 0) specs["dropout.a"] = specs["dropout.c"] = float32([B * T, 1]);
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
    linear: (module, input) => keep(module, adaptedLinear(plan, inputs, { module, x: input })),
    rope: decoder.layers[layer]!.rope === null ? null : { cos: inputs["cos"]!, sin: inputs["sin"]! },
    mask: inputs["mask"]!,
  };
  return decoder.block(x, scope, layer);
}

/** x [N, K] -> [N, M]: W x + bias + scaling * B A dropout(x). https://arxiv.org/abs/2106.09685 */
function adaptedLinear(
  plan: BlockPlan,
  inputs: NamedTensors,
  { module, x }: { module: string; x: tf.Tensor },
): tf.Tensor {
  const description = plan.decoder.linears[module]!;
  let y = baseProduct(plan, inputs, { module, x });
  if (description.bias) y = tf.add(y, inputs[`${module}.bias`]!);
  const lora = plan.lora[module];
  if (!lora) return y;
  const dropped =
    plan.loraDropout > 0
      ? dropout(x, { rate: plan.loraDropout, salt: module, a: inputs["dropout.a"]!, c: inputs["dropout.c"]! })
      : x;
  const low = tf.matMul(dropped, inputs[`${module}.lora_A.weight`]!, false, true); // [N, R]
  // Scaled here, where a row has R elements and not M.
  return tf.add(y, tf.matMul(tf.mul(low, lora.scaling), inputs[`${module}.lora_B.weight`]!, false, true));
}

function baseProduct(
  plan: BlockPlan,
  inputs: NamedTensors,
  { module, x }: { module: string; x: tf.Tensor },
): tf.Tensor {
  const { storedTransposed = false } = plan.decoder.linears[module]!;
  const weight = inputs[`${module}.weight`]!;
  if (!plan.int8) return tf.matMul(x, weight, false, !storedTransposed);
  const scale = inputs[scaleName(`${module}.weight`)]!;
  return int8Linear(x, { q: weight, scale, storedTransposed }, plan.int8);
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
