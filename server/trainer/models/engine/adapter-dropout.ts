/**
 * Dropout whose mask is computed inside the graph from a few numbers a row, so that recomputing a block gives the same
 * mask again without storing it. For row i and column j: u = fraction(a_i * b_j + c_i), kept where u >= rate. a (integers)
 * and c are drawn for every micro-batch and layer, b is fixed for every linear: a family of hashes after Carter and Wegman.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { HostTensor } from "../../executor/executor";
import { createRandom } from "../../nn/random";

/** Products with 24-bit fractions keep 12 bits below one: rates are met to 1/4096. */
const MULTIPLIERS = 4096;

/** The rows' numbers for one layer of one micro-batch: a and c, [N, 1] each. */
export function dropoutRows(seed: number, layer: number, N: number): { a: HostTensor; c: HostTensor } {
  const random = createRandom(seed).fork(`layer ${layer}`);
  const a = Float32Array.from({ length: N }, () => 1 + (random.next() % (MULTIPLIERS - 1)));
  const c = Float32Array.from({ length: N }, () => random.uniform());
  return { a: { data: a, shape: [N, 1], dtype: "float32" }, c: { data: c, shape: [N, 1], dtype: "float32" } };
}

interface DropoutNumbers {
  readonly rate: number;
  /** Tells linears apart. */
  readonly salt: string;
  /** The rows' numbers, [N, 1] each. */
  readonly a: tf.Tensor;
  readonly c: tf.Tensor;
}

/** x [N, K] with a share of `rate` zeroed and the rest scaled by 1 / (1 - rate). */
export function dropout(x: tf.Tensor, { rate, salt, a, c }: DropoutNumbers): tf.Tensor {
  const kept = tf.greaterEqual(fractions(x.shape.at(-1)!, { salt, a, c }), rate);
  return tf.mul(x, tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate)));
}

/** [count, 1, 1] of 0 and 1: each is 1 with a probability of `rate`, for all rows alike. */
export function droppedBlocks(count: number, { rate, salt, a, c }: DropoutNumbers): tf.Tensor {
  const first = (column: tf.Tensor): tf.Tensor => tf.slice(column, [0, 0], [1, 1]);
  const dropped = tf.less(fractions(count, { salt, a: first(a), c: first(c) }), rate);
  return tf.reshape(tf.cast(dropped, "float32"), [count, 1, 1]);
}

/** Numbers between 0 and 1 for the rows of a and c and `count` columns: [N, count]. */
function fractions(count: number, { salt, a, c }: Omit<DropoutNumbers, "rate">): tf.Tensor {
  const columns = createRandom(0).fork(salt);
  const b = tf.tensor1d(Float32Array.from({ length: count }, () => columns.uniform()));
  const product = tf.add(tf.mul(a, b), c);
  return tf.sub(product, tf.floor(product));
}
