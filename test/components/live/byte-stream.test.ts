import { describe, expect, test } from "vitest";
import { joinLog, joinMetrics, MAX_LOG_LINES, NO_LOG, NO_METRICS } from "@/components/live/byte-stream";
import type { MetricPoint } from "@/server/contract/run";

const point = (step: number): MetricPoint => ({ current_steps: step, total_steps: 10, loss: 1 });

/** A file of ten lines of 100 bytes each, cut into chunks at line ends. */
function chunk(from: number, to: number) {
  const points = Array.from({ length: to - from }, (_, index) => point(from + index + 1));
  return { from: from * 100, to: to * 100, reset: false, points };
}

describe("joining metric chunks", () => {
  test("any order of repeats and late chunks gives every point once, after asking again for what is missing", () => {
    const arrivals = [chunk(0, 3), chunk(0, 3), chunk(2, 5), chunk(3, 6), chunk(8, 10), chunk(4, 6)];
    let held = NO_METRICS;
    const asked: number[] = [];
    for (const arrival of arrivals) {
      const joined = joinMetrics(held, arrival);
      held = joined.held;
      if (joined.missing) asked.push(held.to);
    }
    expect(asked).toEqual([300, 600]);
    held = joinMetrics(held, chunk(6, 10)).held;
    expect(held.points.map((one) => one.current_steps)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(held.to).toBe(1000);
  });

  test("a reset forgets what is held", () => {
    const held = joinMetrics(NO_METRICS, chunk(0, 6)).held;
    const after = joinMetrics(held, { from: 0, to: 100, reset: true, points: [point(1)] });
    expect(after).toEqual({ held: { to: 100, points: [point(1)], thinned: 0 }, missing: false });
  });

  test("a repeat leaves the held state itself, so that nothing renders", () => {
    const held = joinMetrics(NO_METRICS, chunk(0, 6)).held;
    expect(joinMetrics(held, chunk(2, 4)).held).toBe(held);
  });
});

describe("joining log chunks", () => {
  test("lines cut in the middle are put together", () => {
    let held = joinLog(NO_LOG, { from: 500, to: 509, reset: false, text: "one\ntwo\nth" }).held;
    expect(held).toMatchObject({ from: 500, lines: ["one", "two"], tail: "th" });
    held = joinLog(held, { from: 509, to: 514, reset: false, text: "ree\n" }).held;
    expect(held).toMatchObject({ from: 500, to: 514, lines: ["one", "two", "three"], tail: "" });
  });

  test("of a progress bar only the last drawing of a line stays", () => {
    const text = " 10%|#  |\r 50%|## |\r100%|###|\nnext\r\n";
    expect(joinLog(NO_LOG, { from: 0, to: 9, reset: false, text }).held.lines).toEqual(["100%|###|", "next"]);
  });

  test("a gap is told and not filled with what comes after it", () => {
    const held = joinLog(NO_LOG, { from: 0, to: 4, reset: false, text: "one\n" }).held;
    expect(joinLog(held, { from: 8, to: 14, reset: false, text: "three\n" })).toEqual({
      held,
      missing: true,
    });
  });

  test("the oldest lines go when there are too many", () => {
    const text = Array.from({ length: MAX_LOG_LINES + 5 }, (_, index) => `${index}\n`).join("");
    const { lines } = joinLog(NO_LOG, { from: 0, to: text.length, reset: false, text }).held;
    expect(lines).toHaveLength(MAX_LOG_LINES);
    expect(lines[0]).toBe("5");
  });
});
