/** Normalisation over the last axis. */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";

/**
 * Root mean square norm: x [N, C], weight [C] -> [N, C]. https://arxiv.org/abs/1910.07467
 * @param epsilon added to the mean square, as in config.json's rms_norm_eps
 */
export function rmsNorm(x: tf.Tensor, weight: tf.Tensor, epsilon: number): tf.Tensor {
  return withOwnGradient([x, weight], {
    forward: (input, scale) => {
      const meanSquare = tf.mean(tf.square(input), -1, true); // [N, 1]
      const inverse = tf.rsqrt(tf.add(meanSquare, epsilon));
      return { value: tf.mul(tf.mul(input, inverse), scale), saved: [input, scale, inverse] };
    },
    // y = x r w with r = (mean(x^2) + e)^(-1/2), so dx = r (dy w) - x r^3 / C sum(dy w x): two sums fewer than derived.
    backward: (dy, [input, scale, inverse]) => {
      const scaled = tf.mul(dy, scale!);
      const along = tf.sum(tf.mul(scaled, input!), -1, true); // [N, 1]
      const pull = tf.mul(along, tf.mul(tf.pow(inverse!, 3), 1 / input!.shape.at(-1)!));
      return [
        tf.sub(tf.mul(scaled, inverse!), tf.mul(input!, pull)),
        tf.sum(tf.mul(dy, tf.mul(input!, inverse!)), 0),
      ];
    },
  });
}

/**
 * Layer norm: x [N, C], weight and bias [C] -> [N, C]. https://arxiv.org/abs/1607.06450
 * @param epsilon added to the variance, as in config.json's layer_norm_eps
 */
export function layerNorm(
  x: tf.Tensor,
  { weight, bias }: { weight: tf.Tensor; bias: tf.Tensor | null },
  epsilon: number,
): tf.Tensor {
  const scaled = withOwnGradient([x, weight], {
    forward: (input, scale) => {
      const centred = tf.sub(input, tf.mean(input, -1, true));
      const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon)); // [N, 1]
      const standard = tf.mul(centred, inverse);
      return { value: tf.mul(standard, scale), saved: [scale, standard, inverse] };
    },
    // With y = s w, g = dy w and s of mean 0 and variance 1: dx = r (g - mean(g) - s mean(g s)).
    backward: (dy, [scale, standard, inverse]) => {
      const g = tf.mul(dy, scale!);
      const along = tf.mul(standard!, tf.mean(tf.mul(g, standard!), -1, true));
      return [
        tf.mul(tf.sub(tf.sub(g, tf.mean(g, -1, true)), along), inverse!),
        tf.sum(tf.mul(dy, standard!), 0),
      ];
    },
  });
  return bias ? tf.add(scaled, bias) : scaled;
}
