/** Activation functions by Hugging Face's names, element by element. */
import * as tf from "@tensorflow/tfjs-core";
import { AppError } from "../../contract/errors";
import { withOwnGradient } from "../executor/autodiff";

type Activation = (x: tf.Tensor) => tf.Tensor;

const silu: Activation = (x) =>
  withOwnGradient([x], {
    forward: (input) => ({ value: tf.mul(input, tf.sigmoid(input)), saved: [input] }),
    // d/dx = s + y (1 - s) with s = sigmoid(x), y = x s
    backward: (dy, [input]) => {
      const s = tf.sigmoid(input!);
      return [tf.mul(dy, tf.add(s, tf.mul(tf.mul(input!, s), tf.sub(1, s))))];
    },
  });

/** x * Phi(x), exactly. */
const gelu: Activation = (x) => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

/** The tanh approximation. https://arxiv.org/abs/1606.08415 */
const geluTanh: Activation = (x) => {
  const cubic = tf.mul(tf.mul(x, x), tf.mul(x, 0.044715));
  const inner = tf.mul(tf.add(x, cubic), Math.sqrt(2 / Math.PI));
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
};

const ACTIVATIONS: Readonly<Record<string, Activation>> = {
  silu,
  swish: silu,
  gelu,
  gelu_new: geluTanh,
  gelu_pytorch_tanh: geluTanh,
  gelu_fast: geluTanh,
  relu: (x) => tf.relu(x),
};

/** @throws AppError unsupported for a name that is not in the table */
export function activation(name: string): Activation {
  const found = ACTIVATIONS[name];
  if (!found) {
    throw new AppError(
      "unsupported",
      `config.json asks for the activation "${name}"; the embedded trainer has ${Object.keys(ACTIVATIONS).join(", ")}. Use the llamafactory engine for this model.`,
    );
  }
  return found;
}
