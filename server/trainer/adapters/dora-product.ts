/**
 * DoRA (https://arxiv.org/abs/2402.09353): every row of W + scaling * B A is brought to a length of its own, the
 * magnitude. As in the paper and in PEFT, the length that it had counts as a constant in the gradient.
 */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";
import { BASE_SQUARES, type AdaptedLinear, type LoraShape } from "./linear-adapter";
import { lowRankProduct } from "./lora-product";

/** A row of zeros has no direction: its gain is large and multiplies zero. */
const SMALLEST_SQUARE = 1e-30;

/** y [N, outputs] = gain * (W x + scaling * B A x) + bias, gain = magnitude / length of the row */
export function decomposedProduct(shape: LoraShape, linear: AdaptedLinear): tf.Tensor {
  const { x, base, bias, tensor, dropout, keep } = linear;
  const gain = tf.div(tensor("lora_magnitude_vector"), rowLengths(shape, linear)); // [outputs]
  let y: tf.Tensor;
  if (dropout) {
    // Only what the adapter changes is computed from what dropout leaves: at gain 1 and B 0 the base is untouched.
    const left = dropout.elements(x);
    const frozen = base(left);
    const turned = tf.add(frozen, lowRankProduct(shape, linear, left));
    y = keep(tf.add(base(x), tf.sub(tf.mul(turned, gain), frozen)));
  } else {
    y = tf.mul(keep(tf.add(base(x), lowRankProduct(shape, linear, x))), gain);
  }
  return bias ? tf.add(y, bias) : y;
}

/**
 * Lengths [outputs] of the rows of W + s B A without making that matrix:
 * |w + s b A|^2 = |w|^2 + 2 s b . (A w) + s^2 b (A A^T) b.
 */
function rowLengths({ scaling }: LoraShape, { base, tensor }: AdaptedLinear): tf.Tensor {
  const squares = tensor(BASE_SQUARES);
  const factors = [tensor("lora_A.weight"), tensor("lora_B.weight")];
  return withOwnGradient(factors, {
    forward: (a, b) => {
      const cross = tf.sum(tf.mul(base(a), tf.transpose(b)), 0); // [outputs]
      const gram = tf.matMul(a, a, false, true); // [R, R]
      const own = tf.sum(tf.mul(tf.matMul(b, gram), b), -1); // [outputs]
      const total = tf.add(squares, tf.add(tf.mul(cross, 2 * scaling), tf.mul(own, scaling * scaling)));
      return { value: tf.sqrt(tf.maximum(total, SMALLEST_SQUARE)), saved: [] };
    },
    backward: () => factors.map(({ shape }) => tf.zeros(shape)),
  });
}
