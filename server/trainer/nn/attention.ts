/** Scaled dot-product attention with grouped queries. https://arxiv.org/abs/2305.13245 */
import * as tf from "@tensorflow/tfjs-core";

export interface HeadLayout {
  /** Batch rows. */
  readonly B: number;
  /** Tokens of a row. */
  readonly T: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
}

/** x [B*T, heads * D] -> [B, heads, T, D]. */
export function splitHeads(x: tf.Tensor, { B, T, headDim }: HeadLayout, heads: number): tf.Tensor {
  return tf.transpose(tf.reshape(x, [B, T, heads, headDim]), [0, 2, 1, 3]);
}

export interface AttentionInputs {
  /** [B, H, T, D] */
  readonly q: tf.Tensor;
  /** [B, K, T, D] */
  readonly k: tf.Tensor;
  /** [B, K, T, D] */
  readonly v: tf.Tensor;
  /** Additive, [B or 1, 1, 1, T, T]. */
  readonly mask: tf.Tensor;
  /** Multiplies the scores; usually 1 / sqrt(D). */
  readonly scale: number;
  /** Scores pass through cap * tanh(score / cap), as in Gemma 2. */
  readonly softcap?: number | null;
}

/** Returns the heads' values side by side: [B*T, H * D]. */
export function attend({ q, k, v, mask, scale, softcap }: AttentionInputs, layout: HeadLayout): tf.Tensor {
  const { B, T, heads: H, kvHeads: K, headDim: D } = layout;
  const G = H / K;
  // Queries of one group stand side by side, so keys and values are never repeated.
  const grouped = tf.reshape(q, [B, K, G * T, D]);
  let scores = tf.mul(tf.matMul(grouped, k, false, true), scale); // [B, K, G*T, T]
  if (softcap) scores = tf.mul(tf.tanh(tf.div(scores, softcap)), softcap);
  const weights = tf.softmax(tf.add(tf.reshape(scores, [B, K, G, T, T]), mask));
  const mixed = tf.matMul(tf.reshape(weights, [B, K, G * T, T]), v); // [B, K, G*T, D]
  return tf.reshape(tf.transpose(tf.reshape(mixed, [B, H, T, D]), [0, 2, 1, 3]), [B * T, H * D]);
}
