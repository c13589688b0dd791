import { describe, expect, test } from "vitest";
import { chartModel, type ChartOptions } from "@/components/charts/chart-model";
import { runCurve } from "@/components/charts/run-curve";
import type { MetricPoint } from "@/server/contract/run";

/** Half of a run of 100 steps in 2 epochs: 2 s and 10 tokens per step, validated every 20. */
const POINTS: MetricPoint[] = Array.from({ length: 50 }, (_, index) => {
  const step = index + 1;
  const [minutes, seconds] = [Math.floor((step * 2) / 60), (step * 2) % 60];
  return {
    current_steps: step,
    total_steps: 100,
    loss: 3 - step / 50,
    ...(step % 20 === 0 && { eval_loss: step === 20 ? 1.2 : 1.4 }),
    epoch: step / 50,
    elapsed_time: `0:0${minutes}:${String(seconds).padStart(2, "0")}`,
    total_tokens: step * 10,
    throughput: 5,
  };
});
const OPTIONS: ChartOptions = {
  axis: "step",
  weight: 0,
  checkpointSteps: [20, 40],
  saveEvery: 20,
  ended: false,
};

describe("what the charts draw", () => {
  const curve = runCurve(POINTS);

  test("leaves room for the part to come, by the rate so far", () => {
    expect(chartModel(curve, OPTIONS).domain).toEqual([0, 100]);
    expect(chartModel(curve, { ...OPTIONS, axis: "time" }).domain).toEqual([0, 200]);
    expect(chartModel(curve, { ...OPTIONS, axis: "tokens" }).domain).toEqual([0, 1000]);
    expect(chartModel(curve, { ...OPTIONS, ended: true }).domain).toEqual([0, 50]);
  });

  test("puts saved checkpoints and those to come on whichever axis", () => {
    const { checkpoints } = chartModel(curve, { ...OPTIONS, axis: "time" });
    expect(checkpoints).toEqual([
      { x: 40, step: 20, toCome: false },
      { x: 80, step: 40, toCome: false },
      { x: 120, step: 60, toCome: true },
      { x: 160, step: 80, toCome: true },
      { x: 200, step: 100, toCome: true },
    ]);
  });

  test("finds the best validation and where each epoch begins", () => {
    const model = chartModel(curve, OPTIONS);
    expect(model.best).toEqual({ x: 20, step: 20, loss: 1.2 });
    expect(model.epochs).toEqual([{ x: 50, epoch: 2 }]);
  });

  test("smooths with the weight that is wished, else with LLaMA Board's", () => {
    expect(chartModel(curve, OPTIONS).rows.every((row) => row.loss === row.raw)).toBe(true);
    expect(chartModel(curve, { ...OPTIONS, weight: null }).weight).toBeCloseTo(0.7635, 3);
  });

  test("falls back to steps where tokens are not counted", () => {
    const plain = POINTS.map(({ total_tokens: _tokens, ...point }) => point);
    const model = chartModel(runCurve(plain), { ...OPTIONS, axis: "tokens" });
    expect(model.hasTokens).toBe(false);
    expect(model.now).toBe(50);
  });

  test("draws from the first logged point on", () => {
    const model = chartModel(runCurve(POINTS.slice(0, 1)), OPTIONS);
    expect(model.rows).toHaveLength(1);
    expect(model.last?.raw).toBeCloseTo(2.98);
  });

  test("10,000 points take a few milliseconds", () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({
      ...POINTS[0]!,
      current_steps: index + 1,
      total_steps: 10_000,
    }));
    chartModel(runCurve(many), OPTIONS);
    // The process's own time: other programs on the machine do not count.
    const start = process.cpuUsage();
    const model = chartModel(runCurve(many), OPTIONS);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(100);
    expect(model.rows.length).toBeLessThan(2_000);
  });
});
