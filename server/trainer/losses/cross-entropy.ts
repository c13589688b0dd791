/** Cross entropy of a language-model head, with the gradient written out so that the softmax is computed once. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * -log softmax(logits)[label] for each row: logits [M, V], labels [M] int32 -> [M].
 * The softmax is kept for the gradient, (softmax - onehot) * dy; the one-hot is applied where logits came from, as
 * `labelLogits`, so that no [M, V] one-hot is made: pass the logits of the labels, [M], computed apart.
 */
export function rowCrossEntropy(logits: tf.Tensor, labelLogits: tf.Tensor): tf.Tensor {
  const normalizer = tf.customGrad((x, save) => {
    const input = x as tf.Tensor;
    const probabilities = tf.softmax(input);
    (save as tf.GradSaveFunc)([probabilities]);
    return {
      // log of the sum of exponentials, told from the largest logit and its probability: no second pass of exp.
      value: tf.sub(tf.max(input, -1), tf.log(tf.max(probabilities, -1))),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => [tf.mul(saved[0]!, tf.expandDims(dy, -1))],
    };
  })(logits);
  return tf.sub(normalizer, labelLogits);
}
