/** Scaled dot-product attention with grouped queries. https://arxiv.org/abs/2305.13245 */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";
import { softCap } from "./soft-cap";

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

/**
 * Attention of a decoder, where no token sees a later one. Returns the heads' values side by side: [B*T, H * D].
 */
export function attend({ q, k, v, mask, scale, softcap }: AttentionInputs, layout: HeadLayout): tf.Tensor {
  const { B, T, heads: H, kvHeads: K, headDim: D } = layout;
  const G = H / K;
  // Scaled here, where a query has D numbers, and not as scores, where it has T.
  const scaled = tf.mul(q, scale);
  const parts = queryParts(T).map(([start, end]) => {
    const rows = end - start;
    const part: ScoredPart = {
      // Queries of one group stand side by side, so keys and values are never repeated.
      q: tf.reshape(slice(scaled, [0, 0, start, 0], [B, H, rows, D]), [B, K, G * rows, D]),
      k: slice(k, [0, 0, 0, 0], [B, K, end, D]),
      v: slice(v, [0, 0, 0, 0], [B, K, end, D]),
      mask: slice(mask, [0, 0, 0, start, 0], [mask.shape[0], 1, 1, rows, end]),
      G,
    };
    const mixed = softcap ? cappedAttention(part, softcap) : plainAttention(part); // [B, K, G*rows, D]
    return tf.reshape(mixed, [B, H, rows, D]);
  });
  const mixed = parts.length === 1 ? parts[0]! : tf.concat(parts, 2); // [B, H, T, D]
  return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [B * T, H * D]);
}

/** Shorter parts skip more of what the causal mask hides, but make products too small to be fast. */
const PART_LENGTH = 128;

/** Cuts T queries into parts: a part needs no keys after its own end, which saves up to half of the work. */
function queryParts(T: number): (readonly [start: number, end: number])[] {
  const count = Math.max(1, Math.floor(T / PART_LENGTH));
  const bound = (i: number) => Math.round((i * T) / count);
  return Array.from({ length: count }, (_, i) => [bound(i), bound(i + 1)] as const);
}

function slice(x: tf.Tensor, begin: number[], size: number[]): tf.Tensor {
  return size.every((length, axis) => length === x.shape[axis]) ? x : tf.slice(x, begin, size);
}

interface ScoredPart {
  /** [B, K, G*R, D], scaled */
  readonly q: tf.Tensor;
  /** [B, K, S, D] */
  readonly k: tf.Tensor;
  readonly v: tf.Tensor;
  /** [B or 1, 1, 1, R, S] */
  readonly mask: tf.Tensor;
  readonly G: number;
}

/** softmax(scores + mask) as [B, K, G*R, S]. */
function attentionWeights(scores: tf.Tensor, mask: tf.Tensor, G: number): tf.Tensor {
  const [B, K, GR, S] = scores.shape as [number, number, number, number];
  return tf.reshape(tf.softmax(tf.add(tf.reshape(scores, [B, K, G, GR / G, S]), mask)), [B, K, GR, S]);
}

/** Gradient as in FlashAttention: the softmax's inner product is taken over D, not over S. https://arxiv.org/abs/2205.14135 */
function plainAttention({ q, k, v, mask, G }: ScoredPart): tf.Tensor {
  return withOwnGradient([q, k, v], {
    forward: (queries, keys, values) => {
      const weights = attentionWeights(tf.matMul(queries, keys, false, true), mask, G);
      const mixed = tf.matMul(weights, values);
      return { value: mixed, saved: [queries, keys, values, weights, mixed] };
    },
    backward: (dy, [queries, keys, values, weights, mixed]) => {
      const inner = tf.sum(tf.mul(dy, mixed!), -1, true); // [B, K, G*R, 1]
      const dScores = tf.mul(weights!, tf.sub(tf.matMul(dy, values!, false, true), inner));
      return [tf.matMul(dScores, keys!), tf.matMul(dScores, queries!, true), tf.matMul(weights!, dy, true)];
    },
  });
}

function cappedAttention({ q, k, v, mask, G }: ScoredPart, softcap: number): tf.Tensor {
  const scores = softCap(tf.matMul(q, k, false, true), softcap);
  return tf.matMul(attentionWeights(scores, mask, G), v);
}
