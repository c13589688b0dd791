/** Top-k routing of tokens to experts. https://arxiv.org/abs/1701.06538 */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";

/**
 * Each expert's share of each token: scores [N, E] -> [N, E], zero for all but the `chosen` likeliest experts of a row.
 * The choice itself has no gradient; the chosen probabilities have theirs, through the softmax over all experts.
 * @param normalized whether the shares of a row add up to one
 */
export function routeTokens(
  scores: tf.Tensor,
  { chosen, normalized }: { chosen: number; normalized: boolean },
): tf.Tensor {
  const kept = withOwnGradient([tf.softmax(scores)], {
    forward: (probabilities) => {
      const experts = probabilities.shape.at(-1)!;
      const { indices } = tf.topk(probabilities, chosen); // [N, chosen]
      const mask = tf.sum(tf.oneHot(indices as tf.Tensor2D, experts, 1, 0, "float32"), -2); // [N, E]
      return { value: tf.mul(probabilities, mask), saved: [mask] };
    },
    backward: (dy, [mask]) => [tf.mul(dy, mask!)],
  });
  return normalized ? tf.div(kept, tf.sum(kept, -1, true)) : kept;
}
