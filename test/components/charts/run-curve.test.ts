import { describe, expect, test } from "vitest";
import { parseElapsed, runCurve } from "@/components/charts/run-curve";
import type { MetricPoint } from "@/server/contract/run";

const train = (step: number, more: Partial<MetricPoint> = {}): MetricPoint => ({
  current_steps: step,
  total_steps: 10,
  loss: 3 / step,
  lr: 1e-4,
  ...more,
});

describe("the curve of a run", () => {
  test("joins a step's training, validation and closing lines into one row", () => {
    const { rows } = runCurve([
      train(1),
      train(2),
      { current_steps: 2, total_steps: 10, eval_loss: 1.5 },
      { current_steps: 2, total_steps: 10, epoch: 1 },
    ]);
    expect(rows.map((row) => [row.step, row.loss, row.evalLoss])).toEqual([
      [1, 3, null],
      [2, 1.5, 1.5],
    ]);
  });

  test("steps logged again after a resume replace the earlier ones", () => {
    const { rows } = runCurve([train(1), train(2), train(3), train(2, { loss: 9 }), train(3, { loss: 8 })]);
    expect(rows.map((row) => [row.step, row.loss])).toEqual([
      [1, 3],
      [2, 9],
      [3, 8],
    ]);
  });

  test("time goes on over a resume, though the log's clock starts again", () => {
    const { rows } = runCurve([
      train(1, { elapsed_time: "0:00:10" }),
      train(2, { elapsed_time: "0:00:20" }),
      train(3, { elapsed_time: "0:00:04" }),
    ]);
    expect(rows.map((row) => row.seconds)).toEqual([10, 20, 24]);
  });

  test("tells the speed of each interval from the mean that the log gives", () => {
    // 100 tokens/s for 10 s, then 50 tokens/s for 10 s: the log's own figure would say 75.
    const { rows } = runCurve([
      train(1, { elapsed_time: "0:00:10", throughput: 100, total_tokens: 1000 }),
      train(2, { elapsed_time: "0:00:20", throughput: 75, total_tokens: 1500 }),
    ]);
    expect(rows[0]!.tokensPerSecond).toBeCloseTo(100, 6);
    expect(rows[1]!.tokensPerSecond).toBeCloseTo(50, 6);
  });

  test("tells it after a resume, too, whether the log counts earlier tokens (LLaMA-Factory) or not (ours)", () => {
    const before = [
      train(1, { elapsed_time: "0:01:40", throughput: 100, total_tokens: 10_000 }),
      train(2, { elapsed_time: "0:03:20", throughput: 100, total_tokens: 20_000 }),
    ];
    for (const counted of [0, 10_000]) {
      // Resumed at step 1, with 50 tokens/s from there on.
      const after = [20, 40].map((seconds, index) =>
        train(2 + index, {
          elapsed_time: `0:00:${seconds}`,
          throughput: (counted + 50 * seconds) / seconds,
          total_tokens: 10_000 + 50 * seconds,
        }),
      );
      const { rows } = runCurve([...before, ...after]);
      expect(rows.map((row) => Math.round(row.tokensPerSecond!))).toEqual([100, 50, 50]);
      expect(rows.at(-1)!.seconds).toBeCloseTo(240, 6);
    }
  });

  test("names the step whose loss is not a number, and forgets it when a resumed run passes it", () => {
    const broken = [train(1), train(2, { loss: null })];
    expect(runCurve(broken).brokenAt).toBe(2);
    expect(runCurve([...broken, train(1), train(2)]).brokenAt).toBeNull();
  });

  test("reads LLaMA-Factory's times", () => {
    expect(parseElapsed("0:00:07")).toBe(7);
    expect(parseElapsed("1 day, 2:03:04")).toBe(86_400 + 2 * 3600 + 3 * 60 + 4);
    expect(parseElapsed("soon")).toBeNull();
  });
});
