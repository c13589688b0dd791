import { describe, expect, it } from "vitest";
import { float, pythonDuration, pythonFloat, pythonJson } from "@/server/trainer/train/python-format";

describe("numbers as Python writes them", () => {
  it.each([
    [1, "1.0"],
    [0, "0.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [5e-5, "5e-05"],
    [0.0001, "0.0001"],
    [0.00012345, "0.00012345"],
    [9.549150281252633e-6, "9.549150281252633e-06"],
    [1.5e-10, "1.5e-10"],
    [1e-100, "1e-100"],
    [123456789012345680, "1.2345678901234568e+17"],
    [1e16, "1e+16"],
    [9999999999999998, "9999999999999998.0"],
    [1210140672, "1210140672.0"],
    [8.313645362854004, "8.313645362854004"],
    [-2.5, "-2.5"],
    [NaN, "NaN"],
    [-Infinity, "-Infinity"],
  ])("%d is %s", (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  it("writes JSON with Python's separators and marks floats", () => {
    const value = {
      step: 3,
      epoch: float(1),
      loss: float(5e-5),
      none: null,
      gone: undefined,
      list: [1, float(2)],
      e: [],
    };
    expect(pythonJson(value)).toBe(
      '{"step": 3, "epoch": 1.0, "loss": 5e-05, "none": null, "list": [1, 2.0], "e": []}',
    );
    expect(pythonJson({ a: { b: [1] }, c: {} }, 4)).toBe(
      '{\n    "a": {\n        "b": [\n            1\n        ]\n    },\n    "c": {}\n}',
    );
    expect(pythonJson("ü\n")).toBe('"ü\\n"');
  });

  it.each([
    [0.9, "0:00:00"],
    [67, "0:01:07"],
    [36_000, "10:00:00"],
    [93_784, "1 day, 2:03:04"],
    [2 * 86_400, "2 days, 0:00:00"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(pythonDuration(seconds)).toBe(text);
  });
});
