import { describe, expect, test } from "vitest";
import { linePath, nearestRow, plotFrame } from "@/components/charts/plot-frame";

const AREA = { x: 30, y: 10, width: 100, height: 200 };

describe("a plot's frame", () => {
  const frame = plotFrame(AREA, { range: [0, 50] }, { range: [1, 3] });

  test("puts the ends of the axes at the edges of its area", () => {
    expect([frame.x(0), frame.x(50)]).toEqual([30, 130]);
    expect([frame.y(1), frame.y(3)]).toEqual([210, 10]);
    expect(frame.y(2)).toBe(110);
  });

  test("finds the value under a pointer", () => {
    expect(frame.xAt(frame.x(12))).toBeCloseTo(12);
  });

  test("puts decades at equal distances on a logarithmic axis, and zero nowhere", () => {
    const log = plotFrame(AREA, { range: [0, 1] }, { range: [0.01, 1], log: true });
    expect(log.y(0.1)).toBeCloseTo(110);
    expect(Number.isFinite(log.y(0))).toBe(false);
  });

  test("stands where everything is one value", () => {
    const flat = plotFrame(AREA, { range: [7, 7] }, { range: [2, 2] });
    expect([flat.x(7), flat.y(2)]).toEqual([30, 210]);
  });
});

describe("a line", () => {
  const frame = plotFrame(AREA, { range: [0, 10] }, { range: [0, 1] });
  const value = (row: { x: number; loss: number | null }) => row.loss;

  test("passes over rows without a value", () => {
    const rows = [
      { x: 0, loss: 1 },
      { x: 5, loss: null },
      { x: 10, loss: 0.5 },
    ];
    expect(linePath(rows, value, frame)).toBe("M30.0 10.0L130.0 110.0");
  });

  test("is nothing where no row has one", () => {
    expect(linePath([{ x: 1, loss: null }], value, frame)).toBe("");
  });
});

describe("the nearest row", () => {
  const rows = [{ x: 1 }, { x: 4 }, { x: 10 }];

  test.each([
    [-5, 0],
    [2.4, 0],
    [2.6, 1],
    [6.9, 1],
    [7.1, 2],
    [99, 2],
  ])("to %d is the one at place %d", (x, place) => {
    expect(nearestRow(rows, x)).toBe(place);
  });

  test("of none is none", () => {
    expect(nearestRow([], 3)).toBe(-1);
  });
});
