import { describe, expect, test } from "vitest";
import { boardWeight, smooth } from "@/components/charts/smoothing";

const RAW = [3.12, 2.8, 2.95, 2.1, 1.7, 1.82, 1.4];
/** What LLaMA-Factory 0.9.5's `smooth` (extras/ploting.py) returns for RAW in Python. */
const BOARD = [
  3.12, 2.849891725456382, 2.934391954532993, 2.2300914197455444, 1.7826474236897765, 1.8141762984926304,
  1.4645749067966713,
];

describe("smoothing", () => {
  test("equals LLaMA Board's", () => {
    const smoothed = smooth(RAW, boardWeight(RAW.length));
    smoothed.forEach((value, index) => expect(value).toBeCloseTo(BOARD[index]!, 12));
  });

  test("its weight grows from 0 with the number of points to 0.9", () => {
    expect(boardWeight(0)).toBe(0);
    expect(boardWeight(7)).toBeCloseTo(0.15591164205119423, 14);
    expect(boardWeight(1_000)).toBeCloseTo(0.9, 10);
  });

  test("a weight of 0 changes nothing", () => {
    expect(smooth(RAW, 0)).toEqual(RAW);
    expect(smooth([], 0.5)).toEqual([]);
  });
});
