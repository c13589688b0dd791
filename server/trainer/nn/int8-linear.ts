/**
 * Products with a frozen weight that is stored as int8, one scale for every output. The gradient flows to the activations
 * only. How weights are quantised for it is in quantize-int8.ts.
 */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";
import { fusedKernel } from "../executor/fused-kernel";

/**
 * `dynamic`: activations are rounded to 8 bits too, row by row, and products are made of integers, forward and backward
 * (https://arxiv.org/abs/2304.13013). `widened`: the weight alone is 8 bits, products are float32: slower and closer.
 */
export type Int8Mode = "dynamic" | "widened";

export interface Int8Weight {
  /** [outputs, inputs], or [inputs, outputs] where `storedTransposed`. */
  readonly q: tf.Tensor;
  /** [outputs] */
  readonly scale: tf.Tensor;
  readonly storedTransposed: boolean;
}

/** x [N, inputs] -> [N, outputs] */
export function int8Linear(
  x: tf.Tensor,
  { q, scale, storedTransposed }: Int8Weight,
  mode: Int8Mode,
): tf.Tensor {
  const product = mode === "dynamic" ? int8Product : widenedInt8Product;
  return withOwnGradient([x], {
    forward: (input) => ({ value: product(input, { q, scale, transposed: !storedTransposed }), saved: [] }),
    // Scales of outputs are the scales of rows here: they go into dy.
    backward: (dy) => [product(tf.mul(dy, scale), { q, scale: null, transposed: storedTransposed })],
  });
}

export interface Int8Factor {
  /** [K, M], or [M, K] where `transposed`. */
  readonly q: tf.Tensor;
  /** Of the product's columns [M]; null: 1. */
  readonly scale: tf.Tensor | null;
  readonly transposed: boolean;
}

/** x [N, K] -> [N, M] */
export function widenedInt8Product(x: tf.Tensor, { q, scale, transposed }: Int8Factor): tf.Tensor {
  const product = tf.matMul(x, tf.cast(q, "float32"), false, transposed);
  return scale ? tf.mul(product, scale) : product;
}

/** The same with every row of x rounded to 8 bits over its own range. */
export function int8Product(x: tf.Tensor, factor: Int8Factor): tf.Tensor {
  // A row of zeros must not divide by zero.
  const peak = tf.maximum(tf.maximum(tf.max(x, -1, true), tf.neg(tf.min(x, -1, true))), 1e-20); // [N, 1]
  const rows = tf.div(x, peak);
  const { q, transposed } = factor;
  const scale = factor.scale ?? tf.ones([1]);
  const call = { kernel: "DynamicInt8MatMul", inputs: { x: rows, q, scale }, attributes: { transposed } };
  return tf.mul(
    fusedKernel(call, () => widenedInt8Product(rows, factor)),
    peak,
  );
}
