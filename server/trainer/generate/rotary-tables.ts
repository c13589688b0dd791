/**
 * Cosines and sines for the decode graph: one row a position, half of the rotated dimensions, shared by all caches of a
 * capacity. It does not know models.
 */
import { ropeFrequencies, type RopeSettings } from "../nn/rope";

export interface RotaryTables {
  /** [positions, dimensions / 2] */
  readonly cos: Float32Array;
  readonly sin: Float32Array;
}

/** Whether a rope's frequencies change with the length of the text (then a longer text rotates new tokens differently). */
export function dependsOnLength(rope: RopeSettings): boolean {
  return rope.type === "dynamic" || rope.type === "longrope";
}

/** Texts for which this number is equal have the same frequencies. */
export function lengthClass(rope: RopeSettings, length: number): number {
  if (rope.type === "dynamic") return Math.max(length, rope.maxPositions);
  if (rope.type === "longrope") return length > rope.originalMaxPositions ? 1 : 0;
  return 0;
}

/**
 * Whether a text that grows from `before` to `after` tokens has to be computed anew: longrope's second set of
 * frequencies does not fit keys that the first has rotated, and transformers drops its cache there too.
 */
export function outgrows(rope: RopeSettings, before: number, after: number): boolean {
  return rope.type === "longrope" && lengthClass(rope, before) !== lengthClass(rope, after);
}

/** The table for `positions`, with the frequencies that a text of `length` tokens has. */
export function rotaryTables(
  rope: RopeSettings,
  { positions, length }: { positions: number; length: number },
): RotaryTables {
  const { frequencies, scale } = ropeFrequencies(rope, length);
  const half = frequencies.length;
  const cos = new Float32Array(positions * half);
  const sin = new Float32Array(positions * half);
  for (let position = 0; position < positions; position++) {
    for (let i = 0; i < half; i++) {
      // Rounded as PyTorch's float32 product is.
      const angle = Math.fround(position * frequencies[i]!);
      cos[position * half + i] = Math.cos(angle) * scale;
      sin[position * half + i] = Math.sin(angle) * scale;
    }
  }
  return { cos, sin };
}
