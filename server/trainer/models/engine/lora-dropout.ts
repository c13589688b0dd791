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

/** x [N, K] with a share of `rate` zeroed and the rest scaled by 1 / (1 - rate). `salt` tells linears apart. */
export function dropout(
  x: tf.Tensor,
  { rate, salt, a, c }: { rate: number; salt: string; a: tf.Tensor; c: tf.Tensor },
): tf.Tensor {
  const columns = createRandom(0).fork(salt);
  const b = tf.tensor1d(Float32Array.from({ length: x.shape.at(-1)! }, () => columns.uniform()));
  const product = tf.add(tf.mul(a, b), c); // [N, K]
  const kept = tf.greaterEqual(tf.sub(product, tf.floor(product)), rate);
  return tf.mul(x, tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate)));
}
