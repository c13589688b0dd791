/** What lengths say about a cutoff, and where their bars stand. */
import { describe, expect, it } from "vitest";
import { barsOf, rightEdge, shareCut } from "@/components/datasets/length-shape";
import { parsedRow, textFields } from "@/components/datasets/row-fields";

describe("shareCut", () => {
  it("is the share of rows that are longer than the cutoff", () => {
    const quantiles = Array.from({ length: 100 }, (_, i) => i + 1);
    expect(shareCut({ quantiles }, 88)).toBe(0.12);
    expect(shareCut({ quantiles }, 100)).toBe(0);
    expect(shareCut({ quantiles: [] }, 10)).toBe(0);
  });
});

describe("barsOf", () => {
  const lengths = { counts: [10, 0, 1000, 1], bin: 16, longest: 50 };

  it("marks what is cut and keeps single rows visible", () => {
    const bars = barsOf(lengths, 48, { width: 100, height: 50 });
    expect(bars.map(({ isCut }) => isCut)).toEqual([false, false, false, true]);
    expect(bars.map(({ height }) => height)).toEqual([1, 0, 50, 1]);
    expect(bars[3]).toMatchObject({ from: 48, to: 63, rows: 1 });
  });

  it("makes room for a cutoff that lies a little beyond the longest row, and not for one far away", () => {
    expect(rightEdge(lengths, 64)).toBe(68);
    expect(rightEdge(lengths, 2048)).toBe(51);
  });
});

describe("a row that is edited", () => {
  it("is edited column by column where all of it is text", () => {
    expect(textFields({ a: "1", b: "" })).toEqual([
      ["a", "1"],
      ["b", ""],
    ]);
    expect(textFields({ a: "1", b: ["2"] })).toBeNull();
    expect(textFields({})).toBeNull();
  });

  it("must be an object", () => {
    expect(parsedRow('{"a": 1}')).toEqual({ a: 1 });
    for (const text of ["[1]", "null", "{", "7"]) expect(parsedRow(text)).toBeNull();
  });
});
