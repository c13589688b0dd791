import { describe, expect, it } from "vitest";
import { attentionBias } from "@/server/trainer/nn/attention-mask";

/** Rows of text: "x" where a query sees a key. */
function picture({ data, shape }: { data: Float32Array; shape: number[] }, row = 0): string[] {
  const T = shape[4]!;
  return Array.from({ length: T }, (_, query) =>
    Array.from({ length: T }, (_, key) => (data[(row * T + query) * T + key] === 0 ? "x" : ".")).join(""),
  );
}

const mask = (rows: number[][], window: number | null = null) =>
  attentionBias({
    rows: rows.length,
    length: rows[0]!.length,
    attentionMask: Int32Array.from(rows.flat()),
    window,
  });

describe("attentionBias", () => {
  it("is one causal mask for rows that are padded on the right", () => {
    const bias = mask([
      [1, 1, 1, 1],
      [1, 1, 0, 0],
    ]);
    expect(bias.shape).toEqual([1, 1, 1, 4, 4]);
    expect(picture(bias)).toEqual(["x...", "xx..", "xxx.", "xxxx"]);
  });

  it("hides padding on the left, in a mask for every row", () => {
    const bias = mask([
      [0, 0, 1, 1],
      [1, 1, 1, 1],
    ]);
    expect(bias.shape).toEqual([2, 1, 1, 4, 4]);
    expect(picture(bias, 0)).toEqual(["....", "....", "..x.", "..xx"]);
    expect(picture(bias, 1)).toEqual(["x...", "xx..", "xxx.", "xxxx"]);
  });

  it("keeps the samples of a packed row apart, in a single row too", () => {
    expect(picture(mask([[1, 1, 2, 2, 0]]))).toEqual(["x....", "xx...", "..x..", "..xx.", "....."]);
  });

  it("reaches back as far as the window, the token itself included", () => {
    expect(picture(mask([[1, 1, 1, 1]], 2))).toEqual(["x...", "xx..", ".xx.", "..xx"]);
  });

  it("holds finite numbers only, so that a row which sees nothing stays finite", () => {
    expect(mask([[0, 0, 0]]).data.every(Number.isFinite)).toBe(true);
  });
});
