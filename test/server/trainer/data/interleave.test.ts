/** Interleaved data sets: rows in the order in which `datasets.interleave_datasets` 5.2 gives them. */
import { describe, expect, it } from "vitest";
import { mixRows, type MixStrategy } from "@/server/trainer/data/interleave";
import { configFor, dataFolder, rowsOf } from "./tiny-data";

const source = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i}`);
const SOURCES = [source("a", 2), source("b", 5), source("c", 3)];
const PROBABILITIES = [0.2, 0.5, 0.3];

const mix = (strategy: MixStrategy, probabilities: number[] | null) =>
  mixRows(SOURCES, { strategy, probabilities, seed: 42 }).join(" ");

describe("mixRows", () => {
  it("joins one after the other without a strategy", () => {
    expect(mix("concat", null)).toBe("a0 a1 b0 b1 b2 b3 b4 c0 c1 c2");
  });

  it("takes turns until the shortest ends", () => {
    expect(mix("interleave_under", null)).toBe("a0 b0 c0 a1 b1 c1");
    expect(mix("interleave_under", PROBABILITIES)).toBe("c0 b0 c1 b1 a0 c2");
  });

  it("begins the shorter ones again until the longest ends", () => {
    expect(mix("interleave_over", null)).toBe("a0 b0 c0 a1 b1 c1 a0 b2 c2 a1 b3 c0 a0 b4 c1");
    expect(mix("interleave_over", PROBABILITIES)).toBe("c0 b0 c1 b1 a0 c2 c0 c1 a1 b2 b3 c2 b4");
  });

  it("takes every row once", () => {
    expect(mix("interleave_once", null)).toBe("a0 b0 c0 a1 b1 c1 b2 c2 b3 b4");
    expect(mix("interleave_once", PROBABILITIES)).toBe("c0 b0 c1 b1 a0 c2 a1 b2 b3 b4");
  });

  it("goes on drawing as NumPy does after its first thousand draws", () => {
    const rows = mixRows([source("a", 900), source("b", 700)], {
      strategy: "interleave_under",
      probabilities: [0.3, 0.7],
      seed: 7,
    });
    expect([rows.length, rows[0], rows[999], rows[1000], rows.at(-1)]).toEqual([
      1011,
      "b0",
      "a306",
      "b693",
      "b699",
    ]);
  });
});

describe("mix_strategy", () => {
  const row = (text: string) => ({ instruction: text, input: "", output: "x" });
  const folder = dataFolder(
    { one: { file_name: "one.json" }, two: { file_name: "two.json" } },
    { "one.json": [row("1"), row("2")], "two.json": [row("A"), row("B"), row("C")] },
  );
  const load = async (values: Record<string, unknown>) => {
    const config = configFor(folder, { dataset: "one,two", ...values });
    return (await rowsOf(config)).train.map(({ prompt }) => prompt[0]!.content);
  };

  it("mixes the rows of a configuration's data sets", async () => {
    expect(await load({})).toEqual(["1", "2", "A", "B", "C"]);
    expect(await load({ mix_strategy: "interleave_over" })).toEqual(["1", "A", "2", "B", "1", "C"]);
  });

  it("refuses probabilities that are not one per data set or do not add up", async () => {
    const interleaved = (interleave_probs: string) =>
      load({ mix_strategy: "interleave_under", interleave_probs });
    await expect(interleaved("0.5")).rejects.toThrow(/one probability for each of the 2 data sets/);
    await expect(interleaved("0.5,0.6")).rejects.toThrow(/must add up to 1/);
    expect(await interleaved("0.5,0.5")).not.toHaveLength(0);
  });
});
