/** Cross entropy of a language-model head, with gradients written out so that each large product is made once. */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";

/**
 * log of the sum of exp over the vocabulary: logits [M, V] -> [M]. The softmax is kept and scaled for the gradient.
 */
export function logSumExp(logits: tf.Tensor): tf.Tensor {
  return withOwnGradient([logits], {
    forward: (input) => {
      const probabilities = tf.softmax(input);
      return { value: fromSoftmax(input, probabilities), saved: [probabilities] };
    },
    backward: (dy, [probabilities]) => [tf.mul(probabilities!, tf.expandDims(dy, -1))],
  });
}

/** How logits [M, V] are made from h [M, C] and E [V, C]. */
export type TableProduct = (h: tf.Tensor, E: tf.Tensor) => tf.Tensor;

/**
 * The same of h E^T: h [M, C], E [V, C] -> [M]. Gradients are scaled where a row has C elements, not V.
 * @param options `trainable`: whether E gets a gradient; without it none is computed. `product`: another way to make the
 *   logits, whose gradient is taken for that of h E^T
 */
export function logSumExpOfProduct(
  h: tf.Tensor,
  E: tf.Tensor,
  { trainable, product = exactProduct }: { trainable: boolean; product?: TableProduct },
): tf.Tensor {
  const forward = (rows: tf.Tensor, table: tf.Tensor) => {
    const logits = product(rows, table);
    const probabilities = tf.softmax(logits); // [M, V]
    return { value: fromSoftmax(logits, probabilities), saved: [probabilities, rows, table] };
  };
  const dRows = (dy: tf.Tensor, [probabilities, , table]: readonly tf.Tensor[]) =>
    tf.mul(tf.matMul(probabilities!, table!), tf.expandDims(dy, -1));
  if (!trainable) {
    return withOwnGradient([h], {
      forward: (rows) => forward(rows, E),
      backward: (dy, saved) => [dRows(dy, saved)],
    });
  }
  return withOwnGradient([h, E], {
    forward: (rows, table) => forward(rows, table),
    backward: (dy, saved) => {
      const [probabilities, rows] = saved;
      return [dRows(dy, saved), tf.matMul(probabilities!, tf.mul(rows!, tf.expandDims(dy, -1)), true)];
    },
  });
}

const exactProduct: TableProduct = (h, E) => tf.matMul(h, E, false, true);

/** The sum's logarithm, told from the largest logit and its probability: no second pass of exp. */
function fromSoftmax(logits: tf.Tensor, probabilities: tf.Tensor): tf.Tensor {
  return tf.sub(tf.max(logits, -1), tf.log(tf.max(probabilities, -1)));
}
