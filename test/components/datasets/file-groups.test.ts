/** Several files at once: which belong together, what they are called, which are better kept apart. */
import { describe, expect, it } from "vitest";
import type { Incoming } from "@/server/contract/datasets";
import { areBetterApart, groupFiles, namesApart, sharedName } from "@/components/datasets/file-groups";

function file(name: string, columns = ["instruction", "output"]): Incoming {
  const kind = name.slice(name.lastIndexOf("."));
  return {
    id: name,
    name,
    kind,
    bytes: 1,
    columns,
    sample: [],
    problems: [],
    guess: { preset: "alpaca", mapping: {} },
    suggested_name: name.slice(0, -kind.length),
  };
}
const files = (...names: string[]) => names.map((name) => file(name));

describe("files at once", () => {
  it("are one group where columns and kind agree, in whatever order the columns stand", () => {
    const given = [
      file("a.json"),
      file("q.csv"),
      file("b.jsonl", ["output", "instruction"]),
      file("c.json", ["question"]),
    ].map((facts) => ({ facts }));
    expect(groupFiles(given).map((group) => group.map(({ facts }) => facts.name))).toEqual([
      ["a.json", "b.jsonl"],
      ["q.csv"],
      ["c.json"],
    ]);
  });

  it("are called by what their names begin with alike, without the numbers of shards", () => {
    expect(sharedName(files("train-00000-of-00002.parquet", "train-00001-of-00002.parquet"))).toBe("train");
    expect(sharedName(files("faq_1.json", "faq_2.json"))).toBe("faq");
    expect(sharedName(files("birds.json", "trees.json"))).toBe("birds");
    expect(sharedName(files("one.json"))).toBe("one");
    expect(sharedName(files("test-00000-of-00001.json", "train-00000-of-00003.json"))).toBe("train");
    expect(sharedName(files("proof_1.json", "proof_2.json"))).toBe("proof");
  });

  it("get names of their own where they stay apart", () => {
    expect(namesApart(files("a.json", "b.json", "a.jsonl", "a.csv"))).toEqual(["a", "b", "a_2", "a_3"]);
  });

  it("are better apart where some are held back to measure with", () => {
    expect(areBetterApart(files("train.json", "test.json"))).toBe(true);
    expect(areBetterApart(files("faq.dev.json", "faq.json"))).toBe(true);
    expect(areBetterApart(files("contest.json", "latest.json"))).toBe(false);
    expect(areBetterApart(files("test-0.json", "test-1.json"))).toBe(false);
  });
});
