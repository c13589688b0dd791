import { describe, expect, test } from "vitest";
import { formatX, xTicks, yRange } from "@/components/charts/axis-scale";
import { countTicks, linearTicks, logTicks, timeTicks } from "@/components/charts/axis-ticks";

describe("axis ticks", () => {
  test("are round", () => {
    expect(linearTicks(0.7, 3.4, 6)).toEqual([1, 1.5, 2, 2.5, 3]);
    expect(linearTicks(0, 2e-4, 3)).toEqual([0, 1e-4, 2e-4]);
    expect(countTicks(0, 9, 5)).toEqual([0, 2, 4, 6, 8]);
    expect(countTicks(0, 2, 9)).toEqual([0, 1, 2]);
    expect(timeTicks(0, 4000, 4)).toEqual([0, 1800, 3600]);
    expect(logTicks(0.8, 3)).toEqual([1, 2]);
  });

  test("of steps lie on checkpoints where that gives enough of them", () => {
    expect(xTicks("step", [0, 564], { count: 10, unit: 60 })).toEqual([
      0, 60, 120, 180, 240, 300, 360, 420, 480, 540,
    ]);
    expect(xTicks("step", [0, 100], { count: 5, unit: 500 })).toEqual([0, 20, 40, 60, 80, 100]);
  });

  test("a logarithmic scale leaves out what is not above 0", () => {
    const [low, high] = yRange([0, 1, 10], { log: true });
    expect(low).toBeCloseTo(0.9);
    expect(high).toBeCloseTo(11);
  });

  test("x values read as people write them", () => {
    expect(formatX("time", 65)).toBe("1:05");
    expect(formatX("time", 3725)).toBe("1:02:05");
    expect(formatX("tokens", 1_234_000)).toBe("1.23M");
    expect(formatX("step", 372)).toBe("372");
  });
});
