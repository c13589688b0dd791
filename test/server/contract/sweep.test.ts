import { describe, expect, it } from "vitest";
import { isNumericArgument, parseSweepValues, sweepGrid, sweepRunName } from "@/server/contract/sweep";

describe("the values of a sweep", () => {
  it("are a list, or a range cut evenly or by equal factors", () => {
    expect(parseSweepValues("1e-4, 2e-4;5e-4", false)).toEqual([1e-4, 2e-4, 5e-4]);
    expect(parseSweepValues("0 .. 1 x 5", false)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(parseSweepValues("1e-5..1e-3 x 3 log", false)).toEqual([1e-5, 1e-4, 1e-3]);
    expect(parseSweepValues("8 .. 10 x 5", true)).toEqual([8, 9, 10]);
    expect(parseSweepValues("8 8 16", true)).toEqual([8, 16]);
  });

  it("are refused where they are no numbers", () => {
    expect(parseSweepValues(" , ", false)).toEqual({ problem: "empty" });
    expect(parseSweepValues("1e-4, fast", false)).toEqual({ problem: "number" });
    expect(parseSweepValues("8.5", true)).toEqual({ problem: "number" });
    expect(parseSweepValues("0 .. 1 x 5 log", false)).toEqual({ problem: "range" });
    expect(parseSweepValues("1 .. 2 x 1000", false)).toEqual({ problem: "range" });
  });
});

describe("a sweep's grid", () => {
  it("has every combination once, named by its values", () => {
    const grid = sweepGrid([
      { argument: "learning_rate", values: [1e-4, 1e-4, 0.002] },
      { argument: "lora_dropout", values: [0, 0.1] },
    ]);
    expect(grid.map((values) => sweepRunName("try", values))).toEqual([
      "try-lr1e-4-lora_dropout0",
      "try-lr1e-4-lora_dropout0.1",
      "try-lr0.002-lora_dropout0",
      "try-lr0.002-lora_dropout0.1",
    ]);
  });

  it("goes over numbers only", () => {
    expect(isNumericArgument("learning_rate")).toBe(true);
    expect(isNumericArgument("template")).toBe(false);
    expect(isNumericArgument("unheard_of")).toBe(false);
  });
});
