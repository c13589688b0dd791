/** Normalisation over the last axis. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * Root mean square norm: x [N, C], weight [C] -> [N, C]. https://arxiv.org/abs/1910.07467
 * @param epsilon added to the mean square, as in config.json's rms_norm_eps
 */
export function rmsNorm(x: tf.Tensor, weight: tf.Tensor, epsilon: number): tf.Tensor {
  const meanSquare = tf.mean(tf.square(x), -1, true); // [N, 1]
  return tf.mul(tf.mul(x, tf.rsqrt(tf.add(meanSquare, epsilon))), weight);
}
