import { describe, expect, it } from "vitest";
import type { MetricPoint } from "@/server/contract/run";
import { CurveIndex } from "@/server/runs/curve-index";

const point = (step: number, more: Partial<MetricPoint> = {}): MetricPoint => ({
  current_steps: step,
  total_steps: 50_000,
  loss: 3 - step / 50_000,
  grad_norm: 1,
  ...more,
});

/** An index of points whose line n covers the bytes 10 n to 10 n + 9. */
function indexOf(points: readonly MetricPoint[]): CurveIndex {
  const index = new CurveIndex();
  points.forEach((one, line) => index.add(one, line * 10, line * 10 + 9));
  return index;
}
const linesOf = (chosen: readonly { from: number }[]) => chosen.map(({ from }) => from / 10);

describe("the lines that draw a long curve", () => {
  const points = Array.from({ length: 50_000 }, (_, i) => point(i + 1));
  points[20_000] = point(20_001, { loss: 9 });
  points[30_000] = point(30_001, { grad_norm: 40 });
  points[40_000] = point(40_001, { loss: null });
  points[45_000] = { current_steps: 45_001, total_steps: 50_000, eval_loss: 2 };

  it("are few, in order, and hold both ends, every spike, every validation and every loss that is no number", () => {
    const lines = linesOf(indexOf(points).choose(2000));
    expect(lines.length).toBeLessThan(2600);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
    for (const line of [0, 20_000, 30_000, 40_000, 45_000, 49_999]) expect(lines).toContain(line);
  });

  it("end with the last loss, though a closing line follows it", () => {
    const closed = [...points, { current_steps: 50_000, total_steps: 50_000 }];
    expect(linesOf(indexOf(closed).choose(500))).toContain(49_999);
  });

  it("are all of them where there are hardly more than wanted", () => {
    expect(indexOf(points.slice(0, 2400)).choose(2000)).toHaveLength(2400);
  });

  it("are finer in a part", () => {
    const index = indexOf(points);
    const part = linesOf(index.choose(2000, { from: 10_001, to: 12_000 }));
    expect(part).toHaveLength(2000);
    expect([part[0], part.at(-1)]).toEqual([10_000, 11_999]);
    expect(index.count({ from: 10_001, to: 12_000 })).toBe(2000);
    expect(index.choose(2000, { from: 60_000, to: 70_000 })).toEqual([]);
  });

  it("keep both sides of the seam where a run was resumed", () => {
    const resumed = [...points.slice(0, 10_000), ...points.slice(9_000, 20_000)];
    const lines = linesOf(indexOf(resumed).choose(500));
    expect(lines).toContain(9_999);
    expect(lines).toContain(10_000);
  });
});
