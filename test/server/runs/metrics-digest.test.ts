import { describe, expect, it } from "vitest";
import { elapsedSeconds, MetricsDigest, parseMetricLine } from "@/server/runs/metrics-digest";

const point = (step: number, fields: object = {}) => ({
  current_steps: step,
  total_steps: 100,
  loss: 5 - step / 100,
  ...fields,
});
const clock = (seconds: number) =>
  `0:${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;

describe("a line of trainer_log.jsonl", () => {
  it("is read with Python's NaN and with keys of other stages", () => {
    expect(parseMetricLine('{"current_steps": 1, "total_steps": 2, "loss": NaN, "reward": 0.5}')).toEqual({
      current_steps: 1,
      total_steps: 2,
      loss: null,
      reward: 0.5,
    });
  });

  it("is nothing where it is cut, foreign or not an object", () => {
    for (const line of ["", '{"current_steps": 1, "tot', "[1]", "Traceback", '{"loss": 1}'])
      expect(parseMetricLine(line)).toBeNull();
  });
});

describe("Python's timedelta", () => {
  it("is read with and without days", () => {
    expect(elapsedSeconds("0:01:07")).toBe(67);
    expect(elapsedSeconds("1 day, 2:03:04")).toBe(93_784);
    expect(elapsedSeconds("2 days, 0:00:00")).toBe(172_800);
    expect(elapsedSeconds("soon")).toBeNull();
    expect(elapsedSeconds(undefined)).toBeNull();
  });
});

describe("the digest", () => {
  it("foretells by the pace of this session, not by steps done before a resume", () => {
    const digest = new MetricsDigest();
    for (let step = 1; step <= 50; step++) digest.add(point(step, { elapsed_time: clock(step * 10) }));
    // Resumed at step 40 on a machine twice as fast; the trainer's clock starts again.
    for (let step = 41; step <= 50; step++) digest.add(point(step, { elapsed_time: clock((step - 40) * 5) }));
    expect(digest.secondsPerStep).toBeCloseTo(5);
    expect(digest.remainingSeconds).toBeCloseTo(250);
    expect(digest.elapsedSeconds).toBe(550);
  });

  it("takes the clock of a live follower, which is finer than the trainer's whole seconds", () => {
    const digest = new MetricsDigest();
    for (let step = 1; step <= 10; step++)
      digest.add(point(step, { elapsed_time: "0:00:00" }), 1000 + step * 120);
    expect(digest.secondsPerStep).toBeCloseTo(0.12);
  });

  it("leaves out what came before the first step, and counts validations and saves in", () => {
    const digest = new MetricsDigest();
    // A minute of compiling; then ten seconds a step, and every tenth step a validation of half a minute.
    const at = (step: number) => 60 + (step - 1) * 10 + Math.floor(step / 10) * 30;
    for (let step = 1; step <= 50; step++) digest.add(point(step, { elapsed_time: clock(at(step)) }));
    const rest = at(100) - at(50);
    expect(Math.abs(digest.remainingSeconds! - rest)).toBeLessThan(0.05 * rest);
  });

  it("is not confused by a follower that came late and saw many lines at once", () => {
    const digest = new MetricsDigest();
    for (let step = 1; step <= 30; step++) digest.add(point(step, { elapsed_time: clock(step * 2) }), 5000);
    expect(digest.secondsPerStep).toBeCloseTo(2);
  });

  it("replaces losses of steps that are done again", () => {
    const digest = new MetricsDigest();
    for (const step of [1, 2, 3, 4]) digest.add(point(step, { loss: step }));
    for (const step of [3, 4, 5]) digest.add(point(step, { loss: 10 * step }));
    expect(digest.sparkline).toEqual([1, 2, 30, 40, 50]);
  });

  it("keeps sixty points of a long run, each the mean of its share", () => {
    const digest = new MetricsDigest();
    for (let step = 1; step <= 600; step++) digest.add({ ...point(step), loss: step });
    expect(digest.sparkline).toHaveLength(60);
    expect(digest.sparkline[0]).toBeCloseTo(5.5);
    expect(digest.sparkline[59]).toBeCloseTo(595.5);
  });

  it("knows the best evaluation and the summary line that ends a training", () => {
    const digest = new MetricsDigest();
    digest.add(point(10, { loss: undefined, eval_loss: 2 }));
    digest.add(point(20, { loss: undefined, eval_loss: 1.5 }));
    digest.add(point(30, { loss: undefined, eval_loss: 1.8 }));
    expect([digest.bestEvalLoss, digest.bestStep, digest.evalLoss]).toEqual([1.5, 20, 1.8]);
    expect(digest.endsWithSummary).toBe(false);
    digest.add({ current_steps: 30, total_steps: 30, epoch: 1 });
    expect(digest.endsWithSummary).toBe(true);
  });

  it("does not take a step whose loss is not a number for the summary", () => {
    const digest = new MetricsDigest();
    digest.add({ current_steps: 1, total_steps: 2, loss: null });
    expect(digest.endsWithSummary).toBe(false);
    expect(digest.sparkline).toEqual([]);
  });
});
