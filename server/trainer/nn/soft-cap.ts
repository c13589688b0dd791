/** Soft capping of scores and logits, as in Gemma 2. https://arxiv.org/abs/2408.00118 */
import * as tf from "@tensorflow/tfjs-core";

/** cap * tanh(x / cap): close to x where that is small, never beyond cap. */
export function softCap(x: tf.Tensor, cap: number): tf.Tensor {
  return tf.mul(tf.tanh(tf.div(x, cap)), cap);
}
