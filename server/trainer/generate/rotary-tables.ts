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
