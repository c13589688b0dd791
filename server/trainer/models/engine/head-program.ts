/**
 * Final norm, output matrix and cross entropy for a fixed number of rows, with gradients. Only rows that carry a label
 * ever come here, some at a time, so that logits of a large vocabulary stay small.
 */
import * as tf from "@tensorflow/tfjs-core";
import { vectorJacobian } from "../../executor/autodiff";
import type { CompiledFunction, DType, Executor, NamedTensors, TensorSpec } from "../../executor/executor";
import { logSumExp, logSumExpOfProduct, type TableProduct } from "../../losses/cross-entropy";
import { int8Product } from "../../nn/int8-linear";
import { int8TableProduct, type Int8Table } from "../../nn/int8-table";
import { softCap } from "../../nn/soft-cap";
import type { Decoder, HeadDescription } from "../family";
import { roundedName, scaleName } from "../weight-names";

/** What the head's graphs depend on. */
export interface HeadPlan {
  readonly decoder: Decoder;
  /** How the output matrix is stored: float32, or int8 with a scale for every token. */
  readonly table: DType;
  /** Whether a float32 output matrix lies beside in int8, as [C, V], for the logits of losses. */
  readonly rounded: boolean;
}

const float32 = (shape: readonly number[]): TensorSpec => ({ shape, dtype: "float32" });

/** Name -> shape of the head's tensors, the output matrix included. */
export function headTensors({ head, vocabSize, hiddenSize }: Decoder): Record<string, readonly number[]> {
  return {
    ...head.tensors,
    [head.weight]: [vocabSize, hiddenSize],
    ...(head.bias ? { [head.bias]: [vocabSize] } : {}),
  };
}

function specs({ decoder, table, rounded }: HeadPlan, M: number): Record<string, TensorSpec> {
  const tensors = Object.entries(headTensors(decoder)).map(
    ([name, shape]) => [name, float32(shape)] as const,
  );
  const { weight } = decoder.head;
  return {
    ...Object.fromEntries(tensors),
    ...(table !== "float32" && {
      [weight]: { shape: [decoder.vocabSize, decoder.hiddenSize], dtype: table },
      [scaleName(weight)]: float32([decoder.vocabSize]),
    }),
    ...(rounded && {
      [roundedName(weight)]: { shape: [decoder.hiddenSize, decoder.vocabSize], dtype: "int8" },
      [scaleName(roundedName(weight))]: float32([decoder.vocabSize]),
    }),
    x: float32([M, decoder.hiddenSize]),
    labels: { shape: [M], dtype: "int32" },
  };
}

/** losses [M]: cross entropy of every row. */
export function compileLosses(executor: Executor, plan: HeadPlan, M: number): Promise<CompiledFunction> {
  return executor.compile(
    `${plan.decoder.family} head ${M}`,
    (inputs) => ({ losses: rowLosses(plan, inputs, false) }),
    specs(plan, M),
  );
}

/**
 * losses [M], and the gradients of sum(losses * weights): dx [M, C], grad:<name> = into:<name> + gradient for every name
 * in `trainable`.
 */
export function compileLossGradients(
  executor: Executor,
  plan: HeadPlan,
  { M, trainable }: { M: number; trainable: readonly string[] },
): Promise<CompiledFunction> {
  const all = specs(plan, M);
  const into = Object.fromEntries(trainable.map((name) => [`into:${name}`, all[name]!]));
  return executor.compile(
    `${plan.decoder.family} head ${M} backward`,
    (inputs) => {
      const live = Object.fromEntries(["x", ...trainable].map((name) => [name, inputs[name]!]));
      const { value, grads } = vectorJacobian(
        (given) => rowLosses(plan, { ...inputs, ...given }, trainable.includes(plan.decoder.head.weight)),
        live,
        inputs["weights"],
      );
      const sums = trainable.map((name) => [`grad:${name}`, tf.add(inputs[`into:${name}`]!, grads[name]!)]);
      return { losses: value, dx: grads["x"]!, ...(Object.fromEntries(sums) as NamedTensors) };
    },
    { ...all, ...into, weights: float32([M]) },
  );
}

/** logits [M, V] */
export function compileLogits(executor: Executor, plan: HeadPlan, M: number): Promise<CompiledFunction> {
  return executor.compile(
    `${plan.decoder.family} logits ${M}`,
    (inputs) => ({ logits: rowLogits(plan, inputs) }),
    specs(plan, M),
  );
}

/** The gradients of sum(logits * dy [M, V]): dx [M, C], and grad:<name> as `compileLossGradients` has it. */
export function compileLogitGradients(
  executor: Executor,
  plan: HeadPlan,
  { M, trainable }: { M: number; trainable: readonly string[] },
): Promise<CompiledFunction> {
  return compileBackward(executor, plan, {
    ...{ M, trainable, what: "logits", width: plan.decoder.vocabSize },
    run: (inputs) => rowLogits(plan, inputs),
  });
}

/** normed [M, C]: the final norm alone. */
export function compileFinalNorm(executor: Executor, plan: HeadPlan, M: number): Promise<CompiledFunction> {
  return executor.compile(
    `${plan.decoder.family} final norm ${M}`,
    (inputs) => ({ normed: plan.decoder.head.norm(inputs["x"]!, (name) => inputs[name]!) }),
    specs(plan, M),
  );
}

/** The gradients of sum(normed * dy [M, C]): dx [M, C], and grad:<name> for the norm's tensors in `trainable`. */
export function compileNormGradients(
  executor: Executor,
  plan: HeadPlan,
  { M, trainable }: { M: number; trainable: readonly string[] },
): Promise<CompiledFunction> {
  return compileBackward(executor, plan, {
    ...{ M, trainable, what: "final norm", width: plan.decoder.hiddenSize },
    run: (inputs) => plan.decoder.head.norm(inputs["x"]!, (name) => inputs[name]!),
  });
}

interface BackwardPlan {
  readonly M: number;
  readonly trainable: readonly string[];
  readonly what: string;
  /** Elements of a row of the output. */
  readonly width: number;
  readonly run: (inputs: NamedTensors) => tf.Tensor;
}

function compileBackward(
  executor: Executor,
  plan: HeadPlan,
  { M, trainable, what, width, run }: BackwardPlan,
): Promise<CompiledFunction> {
  const all = specs(plan, M);
  const into = Object.fromEntries(trainable.map((name) => [`into:${name}`, all[name]!]));
  return executor.compile(
    `${plan.decoder.family} ${what} ${M} backward`,
    (inputs) => {
      const live = Object.fromEntries(["x", ...trainable].map((name) => [name, inputs[name]!]));
      const { grads } = vectorJacobian((given) => run({ ...inputs, ...given }), live, inputs["dy"]);
      const sums = trainable.map((name) => [`grad:${name}`, tf.add(inputs[`into:${name}`]!, grads[name]!)]);
      return { dx: grads["x"]!, ...(Object.fromEntries(sums) as NamedTensors) };
    },
    { ...all, ...into, dy: float32([M, width]) },
  );
}

function rowLogits({ decoder: { head }, table }: HeadPlan, inputs: NamedTensors): tf.Tensor {
  const h = outputRows(head, inputs);
  let logits =
    table === "float32"
      ? tf.matMul(h, inputs[head.weight]!, false, true)
      : int8TableProduct(h, int8Table(head, inputs));
  if (head.bias) logits = tf.add(logits, inputs[head.bias]!);
  return head.softcap === null ? logits : softCap(logits, head.softcap);
}

/** What the output matrix multiplies: x [M, C] normed and scaled. */
function outputRows(head: HeadDescription, inputs: NamedTensors): tf.Tensor {
  const normed = head.norm(inputs["x"]!, (name) => inputs[name]!);
  return head.scale === 1 ? normed : tf.mul(normed, head.scale);
}

function int8Table({ weight }: HeadDescription, inputs: NamedTensors): Int8Table {
  return { q: inputs[weight]!, scale: inputs[scaleName(weight)]! };
}

/** -log softmax(logits)[label] of every row: the normalizer less the label's own logit. */
function rowLosses(plan: HeadPlan, inputs: NamedTensors, tableTrains: boolean): tf.Tensor {
  const { head } = plan.decoder;
  const labels = inputs["labels"]! as tf.Tensor1D;
  const h = outputRows(head, inputs); // [M, C]
  let labelLogits = tf.sum(tf.mul(h, labelTokens(plan, inputs, labels)), -1); // [M]
  if (plan.table === "float32" && !head.bias && head.softcap === null) {
    const product = plan.rounded ? roundedProduct(head, inputs) : undefined;
    const options = { trainable: tableTrains, ...(product && { product }) };
    return tf.sub(logSumExpOfProduct(h, inputs[head.weight]!, options), labelLogits);
  }
  if (head.bias) labelLogits = tf.add(labelLogits, tf.gather(inputs[head.bias]!, labels));
  if (head.softcap !== null) labelLogits = softCap(labelLogits, head.softcap);
  return tf.sub(logSumExp(rowLogits(plan, inputs)), labelLogits);
}

/** Logits from the int8 copy, rows rounded as well. */
function roundedProduct({ weight }: HeadDescription, inputs: NamedTensors): TableProduct {
  const name = roundedName(weight);
  const factor = { q: inputs[name]!, scale: inputs[scaleName(name)]!, transposed: false };
  return (h) => int8Product(h, factor);
}

/** The output matrix's rows of the labels [M, C]. */
function labelTokens({ decoder: { head }, table }: HeadPlan, inputs: NamedTensors, labels: tf.Tensor1D) {
  const rows = tf.gather(inputs[head.weight]!, labels);
  if (table === "float32") return rows;
  const steps = tf.gather(inputs[scaleName(head.weight)]!, labels); // [M]
  return tf.mul(tf.cast(rows, "float32"), tf.expandDims(steps, -1));
}
