/**
 * Rotary position embedding: frequencies after config.json's rope settings, tables of cosines and sines for given
 * positions, and the rotation itself. https://arxiv.org/abs/2104.09864; the scalings follow transformers'
 * modeling_rope_utils.
 */
import * as tf from "@tensorflow/tfjs-core";

export interface RopeSettings {
  readonly type: "default" | "linear" | "dynamic" | "llama3" | "yarn" | "longrope";
  /** Base of the frequencies (rope_theta). */
  readonly theta: number;
  /** Rotated dimensions of a head; even. */
  readonly dimensions: number;
  readonly maxPositions: number;
  /** By how much the context was stretched; 1 for "default". */
  readonly factor: number;
  /** Context before stretching. */
  readonly originalMaxPositions: number;
  /** Multiplies the tables; null: as the type prescribes. */
  readonly attentionFactor: number | null;
  readonly llama3?: { readonly lowFrequencyFactor: number; readonly highFrequencyFactor: number };
  readonly yarn?: {
    readonly betaFast: number;
    readonly betaSlow: number;
    readonly mscale: number;
    readonly mscaleAllDim: number;
    readonly truncate: boolean;
  };
  readonly longrope?: { readonly shortFactor: readonly number[]; readonly longFactor: readonly number[] };
}

/** Frequencies [dimensions / 2] in radians a position, rounded to float32 as PyTorch has them, and the table's factor. */
export function ropeFrequencies(
  rope: RopeSettings,
  length: number,
): { frequencies: Float32Array; scale: number } {
  const plain = baseFrequencies(rope.theta, rope.dimensions);
  switch (rope.type) {
    case "default":
      return { frequencies: plain, scale: rope.attentionFactor ?? 1 };
    case "linear":
      return { frequencies: plain.map((f) => f / rope.factor), scale: rope.attentionFactor ?? 1 };
    case "dynamic": {
      const reach = Math.max(length, rope.maxPositions);
      const stretch = (rope.factor * reach) / rope.maxPositions - (rope.factor - 1);
      const theta = rope.theta * stretch ** (rope.dimensions / (rope.dimensions - 2));
      return { frequencies: baseFrequencies(theta, rope.dimensions), scale: rope.attentionFactor ?? 1 };
    }
    case "llama3":
      return { frequencies: llama3Frequencies(rope, plain), scale: rope.attentionFactor ?? 1 };
    case "yarn":
      return yarnFrequencies(rope, plain);
    case "longrope":
      return longropeFrequencies(rope, plain, length);
  }
}

function baseFrequencies(theta: number, dimensions: number): Float32Array {
  return Float32Array.from(
    { length: dimensions / 2 },
    (_, i) => 1 / Math.fround(theta ** ((2 * i) / dimensions)),
  );
}

function llama3Frequencies(rope: RopeSettings, plain: Float32Array): Float32Array {
  const { lowFrequencyFactor: low, highFrequencyFactor: high } = rope.llama3!;
  const context = rope.originalMaxPositions;
  return plain.map((frequency) => {
    const wavelength = (2 * Math.PI) / frequency;
    if (wavelength > context / low) return frequency / rope.factor;
    if (wavelength < context / high) return frequency;
    const smooth = (context / wavelength - low) / (high - low);
    return ((1 - smooth) * frequency) / rope.factor + smooth * frequency;
  });
}

/** https://arxiv.org/abs/2309.00071 */
function yarnFrequencies(
  rope: RopeSettings,
  plain: Float32Array,
): { frequencies: Float32Array; scale: number } {
  const { betaFast, betaSlow, mscale, mscaleAllDim, truncate } = rope.yarn!;
  const last = rope.dimensions - 1;
  const dimensionOf = (rotations: number): number =>
    (rope.dimensions * Math.log(rope.originalMaxPositions / (rotations * 2 * Math.PI))) /
    (2 * Math.log(rope.theta));
  let low = dimensionOf(betaFast);
  let high = dimensionOf(betaSlow);
  if (truncate) [low, high] = [Math.floor(low), Math.ceil(high)];
  low = Math.max(low, 0);
  high = Math.min(high, last);
  if (low === high) high += 0.001;
  const frequencies = plain.map((frequency, i) => {
    const interpolated = Math.min(1, Math.max(0, (i - low) / (high - low)));
    return (frequency / rope.factor) * interpolated + frequency * (1 - interpolated);
  });
  const magnitude = (weight: number) => (rope.factor <= 1 ? 1 : 0.1 * weight * Math.log(rope.factor) + 1);
  const prescribed = mscale && mscaleAllDim ? magnitude(mscale) / magnitude(mscaleAllDim) : magnitude(1);
  return { frequencies, scale: rope.attentionFactor ?? prescribed };
}

/** https://arxiv.org/abs/2402.13753 */
function longropeFrequencies(
  rope: RopeSettings,
  plain: Float32Array,
  length: number,
): { frequencies: Float32Array; scale: number } {
  const { shortFactor, longFactor } = rope.longrope!;
  const factors = length > rope.originalMaxPositions ? longFactor : shortFactor;
  const prescribed =
    rope.factor <= 1 ? 1 : Math.sqrt(1 + Math.log(rope.factor) / Math.log(rope.originalMaxPositions));
  return { frequencies: plain.map((f, i) => f / factors[i]!), scale: rope.attentionFactor ?? prescribed };
}

export interface RopeTables {
  /** [positions, dimensions], row-major. */
  readonly cos: Float32Array;
  /** The same, with the sign of rotate-half folded in: the first of each pair is negative. */
  readonly sin: Float32Array;
}

/**
 * Tables for `positions` (of one row, or of several rows one after the other).
 * @param layout which elements form a pair: i and i + D/2 (llama), or 2i and 2i + 1 (cohere, glm4)
 */
export function ropeTables(
  rope: RopeSettings,
  positions: Int32Array,
  layout: "half" | "interleaved",
): RopeTables {
  let last = 0;
  for (const position of positions) if (position > last) last = position;
  const { frequencies, scale } = ropeFrequencies(rope, last + 1);
  const width = rope.dimensions;
  const half = width / 2;
  const cos = new Float32Array(positions.length * width);
  const sin = new Float32Array(positions.length * width);
  for (let row = 0; row < positions.length; row++) {
    for (let i = 0; i < half; i++) {
      // Rounded as PyTorch's float32 product is, or long contexts would drift from it.
      const angle = Math.fround(positions[row]! * frequencies[i]!);
      const first = row * width + (layout === "half" ? i : 2 * i);
      const second = first + (layout === "half" ? half : 1);
      cos[first] = cos[second] = Math.cos(angle) * scale;
      sin[second] = Math.sin(angle) * scale;
      sin[first] = -sin[second];
    }
  }
  return { cos, sin };
}

/**
 * Rotates queries or keys: x [B, H, T, D] with tables [B or 1, 1, T, R], R <= D -> [B, H, T, D].
 * Dimensions from R on pass through.
 */
export function applyRope(
  x: tf.Tensor,
  tables: { cos: tf.Tensor; sin: tf.Tensor },
  layout: "half" | "interleaved",
): tf.Tensor {
  const rotated = tables.cos.shape.at(-1)!;
  const width = x.shape.at(-1)!;
  if (rotated < width) {
    const [head, rest] = tf.split(x, [rotated, width - rotated], -1);
    return tf.concat([applyRope(head!, tables, layout), rest!], -1);
  }
  return tf.add(tf.mul(x, tables.cos), tf.mul(swapPairs(x, layout), tables.sin));
}

/** Swaps the two elements of each pair. */
function swapPairs(x: tf.Tensor, layout: "half" | "interleaved"): tf.Tensor {
  if (layout === "half") {
    const [first, second] = tf.split(x, 2, -1);
    return tf.concat([second!, first!], -1);
  }
  const pairs = tf.reshape(x, [...x.shape.slice(0, -1), x.shape.at(-1)! / 2, 2]);
  const [first, second] = tf.split(pairs, 2, -1);
  return tf.reshape(tf.concat([second!, first!], -1), x.shape);
}
