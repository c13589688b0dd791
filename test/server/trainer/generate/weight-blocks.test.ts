import { describe, expect, it } from "vitest";
import { BLOCK, toBlocks, type BlockBits } from "@/server/trainer/generate/weight-blocks";

/** What the packed matrix stands for: [rows, columns]. */
function unpack(matrix: ReturnType<typeof toBlocks>, rows: number, columns: number): Float32Array {
  const blocks = matrix.scales.length / rows;
  const half = 1 << (matrix.bits - 1);
  return Float32Array.from({ length: rows * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const place = (row * blocks + Math.floor(column / BLOCK)) * BLOCK + (column % BLOCK);
    const byte = matrix.bits === 8 ? matrix.values[place]! : matrix.values[place >> 1]!;
    const value = matrix.bits === 8 ? byte : place % 2 === 0 ? byte & 15 : byte >> 4;
    return (value - half) * matrix.scales[Math.floor(place / BLOCK)]!;
  });
}

const wave = (length: number) => Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7) * (1 + (i % 7)));

describe("weights in blocks", () => {
  it.each([8, 4] as BlockBits[])(
    "are off by at most half a step of %i bits, a whole one at the short end",
    (bits) => {
      const [rows, columns] = [5, 96];
      const matrix = wave(rows * columns);
      const packed = toBlocks(matrix, rows, { columns, bits });
      unpack(packed, rows, columns).forEach((value, i) => {
        const step = Math.abs(packed.scales[Math.floor(i / BLOCK)]!);
        expect(Math.abs(value - matrix[i]!)).toBeLessThanOrEqual(step * 1.0001);
      });
    },
  );

  it("hit the value farthest from zero exactly, on either side of it", () => {
    for (const peak of [-3, 3]) {
      const matrix = Float32Array.from({ length: BLOCK }, (_, i) => (i === 9 ? peak : 0.25));
      expect(unpack(toBlocks(matrix, 1, { columns: BLOCK, bits: 4 }), 1, BLOCK)[9]).toBe(peak);
    }
  });

  it("keep a block of zeros at zero", () => {
    const packed = toBlocks(new Float32Array(BLOCK), 1, { columns: BLOCK, bits: 8 });
    expect([...unpack(packed, 1, BLOCK)].every((value) => value === 0)).toBe(true);
  });

  it.each([8, 4] as BlockBits[])("fill a row's last block with zeros at %i bits", (bits) => {
    const [rows, columns] = [3, 41];
    const packed = toBlocks(wave(rows * columns), rows, { columns, bits });
    expect(packed.scales.length).toBe(rows * 2);
    const whole = unpack({ ...packed }, rows, 2 * BLOCK);
    for (let row = 0; row < rows; row++) {
      expect([...whole.subarray(row * 64 + columns, (row + 1) * 64)].every((value) => value === 0)).toBe(
        true,
      );
    }
  });
});
