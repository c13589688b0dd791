/**
 * Final norm, output matrix and cross entropy for a fixed number of rows, with gradients. Only rows that carry a label
 * ever come here, some at a time, so that logits of a large vocabulary stay small.
 */
import * as tf from "@tensorflow/tfjs-core";
import { vectorJacobian } from "../../executor/autodiff";
import type { CompiledFunction, Executor, NamedTensors, TensorSpec } from "../../executor/executor";
import { logSumExp, logSumExpOfProduct } from "../../losses/cross-entropy";
import { softCap } from "../../nn/soft-cap";
import type { Decoder, HeadDescription } from "../family";

const float32 = (shape: readonly number[]): TensorSpec => ({ shape, dtype: "float32" });

/** Name -> shape of the head's tensors, the output matrix included. */
export function headTensors({ head, vocabSize, hiddenSize }: Decoder): Record<string, readonly number[]> {
  return {
    ...head.tensors,
    [head.weight]: [vocabSize, hiddenSize],
    ...(head.bias ? { [head.bias]: [vocabSize] } : {}),
  };
}

function specs(decoder: Decoder, M: number): Record<string, TensorSpec> {
  const tensors = Object.entries(headTensors(decoder)).map(
    ([name, shape]) => [name, float32(shape)] as const,
  );
  return {
    ...Object.fromEntries(tensors),
    x: float32([M, decoder.hiddenSize]),
    labels: { shape: [M], dtype: "int32" },
  };
}

/** losses [M]: cross entropy of every row. */
export function compileLosses(executor: Executor, decoder: Decoder, M: number): Promise<CompiledFunction> {
  return executor.compile(
    `${decoder.family} head ${M}`,
    (inputs) => ({ losses: rowLosses(decoder, inputs, false) }),
    specs(decoder, M),
  );
}

/**
 * losses [M], and the gradients of sum(losses * weights): dx [M, C], grad:<name> = into:<name> + gradient for every name
 * in `trainable`.
 */
export function compileLossGradients(
  executor: Executor,
  decoder: Decoder,
  { M, trainable }: { M: number; trainable: readonly string[] },
): Promise<CompiledFunction> {
  const all = specs(decoder, M);
  const into = Object.fromEntries(trainable.map((name) => [`into:${name}`, all[name]!]));
  return executor.compile(
    `${decoder.family} head ${M} backward`,
    (inputs) => {
      const live = Object.fromEntries(["x", ...trainable].map((name) => [name, inputs[name]!]));
      const { value, grads } = vectorJacobian(
        (given) => rowLosses(decoder, { ...inputs, ...given }, trainable.includes(decoder.head.weight)),
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
export function compileLogits(executor: Executor, decoder: Decoder, M: number): Promise<CompiledFunction> {
  return executor.compile(
    `${decoder.family} logits ${M}`,
    (inputs) => ({ logits: rowLogits(decoder, inputs) }),
    specs(decoder, M),
  );
}

/** The gradients of sum(logits * dy [M, V]): dx [M, C], and grad:<name> as `compileLossGradients` has it. */
export function compileLogitGradients(
  executor: Executor,
  decoder: Decoder,
  { M, trainable }: { M: number; trainable: readonly string[] },
): Promise<CompiledFunction> {
  return compileBackward(executor, decoder, {
    ...{ M, trainable, what: "logits", width: decoder.vocabSize },
    run: (inputs) => rowLogits(decoder, inputs),
  });
}

/** normed [M, C]: the final norm alone. */
export function compileFinalNorm(executor: Executor, decoder: Decoder, M: number): Promise<CompiledFunction> {
  return executor.compile(
    `${decoder.family} final norm ${M}`,
    (inputs) => ({ normed: decoder.head.norm(inputs["x"]!, (name) => inputs[name]!) }),
    specs(decoder, M),
  );
}

/** The gradients of sum(normed * dy [M, C]): dx [M, C], and grad:<name> for the norm's tensors in `trainable`. */
export function compileNormGradients(
  executor: Executor,
  decoder: Decoder,
  { M, trainable }: { M: number; trainable: readonly string[] },
): Promise<CompiledFunction> {
  return compileBackward(executor, decoder, {
    ...{ M, trainable, what: "final norm", width: decoder.hiddenSize },
    run: (inputs) => decoder.head.norm(inputs["x"]!, (name) => inputs[name]!),
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
  decoder: Decoder,
  { M, trainable, what, width, run }: BackwardPlan,
): Promise<CompiledFunction> {
  const all = specs(decoder, M);
  const into = Object.fromEntries(trainable.map((name) => [`into:${name}`, all[name]!]));
  return executor.compile(
    `${decoder.family} ${what} ${M} backward`,
    (inputs) => {
      const live = Object.fromEntries(["x", ...trainable].map((name) => [name, inputs[name]!]));
      const { grads } = vectorJacobian((given) => run({ ...inputs, ...given }), live, inputs["dy"]);
      const sums = trainable.map((name) => [`grad:${name}`, tf.add(inputs[`into:${name}`]!, grads[name]!)]);
      return { dx: grads["x"]!, ...(Object.fromEntries(sums) as NamedTensors) };
    },
    { ...all, ...into, dy: float32([M, width]) },
  );
}

function rowLogits({ head }: Decoder, inputs: NamedTensors): tf.Tensor {
  let logits = tf.matMul(outputRows(head, inputs), inputs[head.weight]!, false, true);
  if (head.bias) logits = tf.add(logits, inputs[head.bias]!);
  return head.softcap === null ? logits : softCap(logits, head.softcap);
}

/** What the output matrix multiplies: x [M, C] normed and scaled. */
function outputRows(head: HeadDescription, inputs: NamedTensors): tf.Tensor {
  const normed = head.norm(inputs["x"]!, (name) => inputs[name]!);
  return head.scale === 1 ? normed : tf.mul(normed, head.scale);
}

/** -log softmax(logits)[label] of every row: the normalizer less the label's own logit. */
function rowLosses({ head }: Decoder, inputs: NamedTensors, tableTrains: boolean): tf.Tensor {
  const labels = inputs["labels"]! as tf.Tensor1D;
  const table = inputs[head.weight]!;
  const h = outputRows(head, inputs); // [M, C]
  let labelLogits = tf.sum(tf.mul(h, tf.gather(table, labels)), -1); // [M]
  if (!head.bias && head.softcap === null)
    return tf.sub(logSumExpOfProduct(h, table, tableTrains), labelLogits);

  let logits = tf.matMul(h, table, false, true); // [M, V]
  if (head.bias) {
    logits = tf.add(logits, inputs[head.bias]!);
    labelLogits = tf.add(labelLogits, tf.gather(inputs[head.bias]!, labels));
  }
  if (head.softcap !== null) {
    logits = softCap(logits, head.softcap);
    labelLogits = softCap(labelLogits, head.softcap);
  }
  return tf.sub(logSumExp(logits), labelLogits);
}
