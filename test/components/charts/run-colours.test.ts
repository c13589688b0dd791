import { describe, expect, test } from "vitest";
import { runColours } from "@/components/charts/run-colours";

describe("run colours", () => {
  test("a run keeps its colour, and no two drawn together are alike", () => {
    const ids = ["a", "b", "c", "d", "e", "f"];
    const colours = runColours(ids);
    expect(new Set(colours.values()).size).toBe(6);
    expect(runColours(["a"]).get("a")).toBe(colours.get("a"));
  });
});
