import { describe, expect, it } from "vitest";
import { rowChunks } from "@/server/trainer/models/engine/row-chunks";

describe("rowChunks", () => {
  it("covers every row once, in chunks of three sizes", () => {
    for (const total of [1, 15, 16, 17, 63, 64, 100, 127, 128, 129, 510, 1000]) {
      const chunks = rowChunks(total, 128);
      let next = 0;
      for (const { M, start, count } of chunks) {
        expect([128, 64, 16]).toContain(M);
        expect(start).toBe(next);
        expect(count).toBeGreaterThan(0);
        expect(count).toBeLessThanOrEqual(M);
        next += count;
      }
      expect(next).toBe(total);
    }
  });

  it("pads little", () => {
    const padded = (total: number) => rowChunks(total, 128).reduce((sum, { M }) => sum + M, 0);
    expect(padded(510)).toBe(512);
    expect(padded(100)).toBe(128);
    expect(padded(90)).toBe(96);
    for (let total = 64; total <= 1024; total++) expect(padded(total) / total).toBeLessThan(1.34);
  });

  it("has nothing to do for no rows", () => {
    expect(rowChunks(0, 128)).toEqual([]);
  });
});
