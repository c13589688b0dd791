/** LoRA (https://arxiv.org/abs/2106.09685) as TensorFlow.js operations. */
import * as tf from "@tensorflow/tfjs-core";
import type { AdaptedLinear, LoraShape } from "./linear-adapter";

/** W x + bias + scaling * B A dropout(x) */
export function loraProduct(shape: LoraShape, linear: AdaptedLinear): tf.Tensor {
  const { x, base, bias, dropout, keep } = linear;
  let y = base(x);
  if (bias) y = tf.add(y, bias);
  return keep(tf.add(y, lowRankProduct(shape, linear, dropout ? dropout.elements(x) : x)));
}

/** scaling * B A x [N, outputs], scaled where a row has as many elements as the rank. */
export function lowRankProduct(
  { scaling }: LoraShape,
  { tensor }: Pick<AdaptedLinear, "tensor">,
  x: tf.Tensor,
): tf.Tensor {
  const low = tf.matMul(x, tensor("lora_A.weight"), false, true); // [N, R]
  return tf.matMul(tf.mul(low, scaling), tensor("lora_B.weight"), false, true);
}
