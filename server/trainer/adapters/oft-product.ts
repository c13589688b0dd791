/**
 * Orthogonal fine-tuning (https://arxiv.org/abs/2306.07280) the way that PEFT computes it: a linear's input is cut into
 * blocks and each is rotated before the frozen product. A rotation is the Cayley transform of a skew-symmetric matrix,
 * as the first terms of its Neumann series (https://arxiv.org/abs/2506.19847).
 */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";
import { elementsAbove, type AdaptedLinear, type OftShape } from "./linear-adapter";

/** y [N, outputs] = W rotate(x) + bias */
export function rotatedProduct(shape: OftShape, linear: AdaptedLinear): tf.Tensor {
  const { x, base, bias, tensor, dropout, keep } = linear;
  let rotations = cayleySeries(skewSymmetric(tensor("oft_R.weight"), shape), shape);
  if (dropout && shape.blocks > 1) {
    // Multiplicative dropout: a block that is left out keeps its input as it is.
    const left = dropout.chosen(shape.blocks);
    rotations = tf.add(tf.mul(rotations, tf.sub(1, left)), tf.mul(tf.eye(shape.blockSize), left));
  }
  const y = base(rotate(x, rotations, shape));
  return keep(bias ? tf.add(y, bias) : y);
}

/** x [N, inputs] times the block-diagonal matrix of the rotations [D, H, H]. */
function rotate(x: tf.Tensor, rotations: tf.Tensor, { blocks, blockSize }: OftShape): tf.Tensor {
  const N = x.shape[0];
  const cut = tf.transpose(tf.reshape(x, [N, blocks, blockSize]), [1, 0, 2]); // [D, N, H]
  return tf.reshape(tf.transpose(tf.matMul(cut, rotations), [1, 0, 2]), x.shape);
}

/** I + 2 Q + 2 Q^2 + ... + Q^(terms - 1): the last power counts once, as in PEFT. [D, H, H] */
function cayleySeries(q: tf.Tensor, { terms, blockSize }: OftShape): tf.Tensor {
  let sum: tf.Tensor = tf.eye(blockSize); // [H, H]
  let power = q;
  for (let exponent = 1; exponent < terms; exponent++) {
    if (exponent > 1) power = tf.matMul(power, q);
    const isLast = exponent === terms - 1 && exponent > 2;
    sum = tf.add(sum, isLast ? power : tf.mul(power, 2));
  }
  return sum;
}

/** The elements above the diagonal [D, H (H - 1) / 2], row by row, as matrices [D, H, H] with Q^T = -Q. */
function skewSymmetric(upper: tf.Tensor, { blocks: D, blockSize: H }: OftShape): tf.Tensor {
  const { places, sources } = upperTriangle(H);
  return withOwnGradient([upper], {
    forward: (values) => {
      const padded = tf.concat([values, tf.zeros([D, 1])], 1);
      const matrix = tf.reshape(tf.gather(padded, tf.tensor1d(sources, "int32"), 1), [D, H, H]);
      return { value: tf.sub(matrix, tf.transpose(matrix, [0, 2, 1])), saved: [] };
    },
    backward: (dy) => {
      const both = tf.reshape(tf.sub(dy, tf.transpose(dy, [0, 2, 1])), [D, H * H]);
      return [tf.gather(both, tf.tensor1d(places, "int32"), 1)];
    },
  });
}

/** Where the elements above the diagonal stand in a flat [H, H], and for every place there which element it takes. */
function upperTriangle(H: number): { places: Int32Array; sources: Int32Array } {
  const count = elementsAbove(H);
  const places = new Int32Array(count);
  // The element after the last one is a zero.
  const sources = new Int32Array(H * H).fill(count);
  for (let row = 0, element = 0; row < H; row++) {
    for (let column = row + 1; column < H; column++, element++) {
      places[element] = row * H + column;
      sources[row * H + column] = element;
    }
  }
  return { places, sources };
}
