import { describe, expect, test } from "vitest";
import { runCurve } from "@/components/charts/run-curve";
import { curveFacts } from "@/components/run/curve-summary";
import type { MetricPoint } from "@/server/contract/run";

const losses = (values: (number | null)[]): MetricPoint[] =>
  values.map((loss, index) => ({ current_steps: index + 1, total_steps: values.length, loss }));
const validation = (step: number, loss: number): MetricPoint => ({
  current_steps: step,
  total_steps: 99,
  eval_loss: loss,
});
const facts = (points: MetricPoint[]) => curveFacts(runCurve(points));

describe("what a curve says", () => {
  test("nothing, then the first loss", () => {
    expect(facts([])).toEqual([{ kind: "nothing" }]);
    expect(facts(losses([3.1]))).toEqual([{ kind: "first", loss: 3.1 }]);
  });

  test("that the loss fell, rose or stayed", () => {
    expect(facts(losses([3, 2, 1]))[0]).toMatchObject({ kind: "fell", from: 3 });
    expect(facts(losses([1, 2, 3]))[0]).toMatchObject({ kind: "rose", from: 1 });
    expect(facts(losses([2, 2.01, 1.99]))[0]).toMatchObject({ kind: "flat" });
  });

  test("that validation is at its best and still improving", () => {
    const points = [...losses([3]), validation(2, 1.5), validation(3, 1.2)];
    expect(facts(points)[1]).toEqual({ kind: "validationBest", step: 3, loss: 1.2, improving: true });
  });

  test("that the model learns its rows by heart when validation rises for long", () => {
    const points = [...losses([3]), validation(2, 1.2), validation(3, 1.3), validation(4, 1.5)];
    expect(facts(points)[1]).toEqual({
      kind: "validationPast",
      best: 1.2,
      bestStep: 2,
      last: 1.5,
      overfits: true,
    });
  });

  test("one step back is not yet overfitting", () => {
    const points = [...losses([3]), validation(2, 1.2), validation(3, 1.3)];
    expect(facts(points)[1]).toMatchObject({ kind: "validationPast", overfits: false });
  });

  test("where the loss stopped being a number", () => {
    expect(facts(losses([3, 2, null, null]))[0]).toEqual({ kind: "broken", step: 3 });
  });

  test("since when it hardly moves, where there is no validation to say so", () => {
    const falling = Array.from({ length: 40 }, (_, i) => 3 - i * 0.05);
    const flat = Array.from({ length: 60 }, (_, i) => 1 + (i % 2) * 0.005);
    const plateau = facts(losses([...falling, ...flat])).find((fact) => fact.kind === "plateau");
    expect(plateau?.step).toBeGreaterThan(40);
    expect(plateau?.step).toBeLessThan(75);
    expect(facts(losses(falling)).some((fact) => fact.kind === "plateau")).toBe(false);
  });

  test("a late spike", () => {
    const values: number[] = Array.from({ length: 40 }, () => 1);
    values[30] = 5;
    expect(facts(losses(values))).toContainEqual({ kind: "spike", step: 31, loss: 5 });
  });
});
