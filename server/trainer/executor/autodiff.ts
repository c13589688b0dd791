/**
 * Reverse-mode differentiation of functions over TensorFlow.js tensors. TensorFlow.js keeps its gradient definitions
 * out of tfjs-core; importing the umbrella package is the public way to have them registered.
 */
import "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import type { NamedTensors } from "./executor";

/**
 * Vector-Jacobian product: runs `fn` on `inputs` and returns its output with, for every name in `inputs`, the gradient
 * of sum(output * dy). Gradients have their input's shape; an input that the output does not depend on is an error.
 */
export function vectorJacobian(
  fn: (inputs: NamedTensors) => tf.Tensor,
  inputs: NamedTensors,
  dy: tf.Tensor | null = null,
): { value: tf.Tensor; grads: NamedTensors } {
  const names = Object.keys(inputs);
  const { value, grads } = tf.engine().gradients(
    () => fn(inputs),
    names.map((name) => inputs[name]!),
    dy ?? undefined,
  );
  return { value, grads: Object.fromEntries(names.map((name, i) => [name, grads[i]!])) };
}

export interface OwnGradient {
  /** The value, and the tensors that `backward` needs: nothing else of the forward pass lives on until then. */
  readonly forward: (...inputs: tf.Tensor[]) => { value: tf.Tensor; saved: readonly tf.Tensor[] };
  /** The inputs' gradients in their order, from the output's gradient. */
  readonly backward: (dy: tf.Tensor, saved: readonly tf.Tensor[]) => tf.Tensor[];
}

/** Runs a function whose gradient is written by hand, because that is cheaper than TensorFlow.js's derivation. */
export function withOwnGradient(inputs: readonly tf.Tensor[], { forward, backward }: OwnGradient): tf.Tensor {
  return tf.customGrad((...given) => {
    const save = given.pop() as tf.GradSaveFunc;
    const { value, saved } = forward(...(given as tf.Tensor[]));
    save([...saved]);
    return { value, gradFunc: backward };
  })(...inputs);
}
