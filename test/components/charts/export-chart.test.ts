import { describe, expect, test } from "vitest";
import { curvesCsv } from "@/components/charts/export-chart";
import { runCurve } from "@/components/charts/run-curve";
import { refined, stepsInSight } from "@/components/charts/use-zoomed-points";
import { mergeCurves } from "@/components/charts/overlay-model";
import type { MetricPoint } from "@/server/contract/run";

const point = (step: number, more: Partial<MetricPoint> = {}): MetricPoint => ({
  current_steps: step,
  total_steps: 100,
  loss: 3 - step / 100,
  total_tokens: step * 1000,
  throughput: 500,
  elapsed_time: `0:00:${String(step * 2).padStart(2, "0")}`,
  ...more,
});

describe("curves as CSV", () => {
  test("have a line for each step of each run, and quote what a spreadsheet would misread", () => {
    const curve = runCurve([point(1), point(2, { eval_loss: 2.5 })]);
    const lines = curvesCsv([
      { name: "plain", curve },
      { name: '=a,"b"', curve },
    ]).split("\r\n");
    expect(lines).toHaveLength(6);
    expect(lines[2]).toBe("plain,2,,4,2000,2.98,2.5,,,500");
    expect(lines[3]).toMatch(/^"'=a,""b""",1,/);
  });
});

describe("a zoom into a thinned curve", () => {
  const held = [1, 10, 20, 30, 40].map((step) => point(step));

  test("asks for the steps in sight and a little more, whichever axis it is in", () => {
    expect(stepsInSight(held, { from: 10, to: 30 }, "step")).toEqual({ from: 8, to: 32 });
    expect(stepsInSight(held, { from: 20_000, to: null }, "tokens")).toEqual({ from: 18, to: 42 });
    expect(stepsInSight([], { from: 0, to: 1 }, "step")).toBeNull();
  });

  test("puts every line in the place of the thinned ones", () => {
    const fine = [18, 19, 20, 21, 22].map((step) => point(step));
    expect(refined(held, fine).map((one) => one.current_steps)).toEqual([1, 10, 18, 19, 20, 21, 22, 30, 40]);
    expect(refined(held, [])).toBe(held);
  });
});

describe("several curves in one chart", () => {
  test("lie over steps, time or tokens, each with its best validation", () => {
    const curve = runCurve([point(1), point(2, { eval_loss: 2 }), point(3, { eval_loss: 2.2 })]);
    const other = runCurve([point(1, { total_tokens: undefined, throughput: undefined })]);
    const merge = (axis: "step" | "time" | "tokens") =>
      mergeCurves(
        [
          { id: "a", curve },
          { id: "b", curve: other },
        ],
        axis,
      );
    expect(merge("step").rows.map((row) => row.x)).toEqual([1, 2, 3]);
    expect(merge("time").lastX).toBe(6);
    expect(merge("tokens").ends.get("a")?.x).toBe(3000);
    expect(merge("step").best.get("a")).toEqual({ x: 2, loss: 2 });
    expect(merge("step").hasTokens).toBe(true);
  });
});
