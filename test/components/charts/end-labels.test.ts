import { describe, expect, test } from "vitest";
import { placeLabels } from "@/components/charts/end-labels";
import { sparkPoints } from "@/components/charts/sparkline";

describe("labels at the ends of lines", () => {
  const plot = { y: 20, height: 200 };
  const tops = (labels: { top: number; note?: string }[]) =>
    placeLabels(labels, plot).map((label) => label.top);

  test("stand at their values where there is room", () => {
    expect(tops([{ top: 60 }, { top: 120 }])).toEqual([64, 124]);
  });

  test("do not touch, and stay inside the plot", () => {
    const placed = tops([{ top: 214 }, { top: 212, note: "faint" }, { top: 215 }]);
    expect(placed).toEqual([...placed].sort((a, b) => a - b));
    expect(placed[1]! - placed[0]!).toBeGreaterThanOrEqual(30);
    expect(placed[2]! - placed[1]!).toBeGreaterThanOrEqual(14);
    expect(placed.at(-1)!).toBeLessThanOrEqual(220);
  });
});

describe("the sparkline", () => {
  test("is as long as the run has come, and leaves broken values out", () => {
    expect(sparkPoints([3, Number.NaN, 1], 1)).toEqual([
      [2, 3],
      [94, 21],
    ]);
    expect(sparkPoints([3, 1], 0.5).at(-1)![0]).toBe(48);
  });

  test("one value or equal values are a line at the foot, not a division by zero", () => {
    expect(sparkPoints([2], 1)).toEqual([[2, 21]]);
    expect(sparkPoints([2, 2], 1)).toEqual([
      [2, 21],
      [94, 21],
    ]);
  });
});
