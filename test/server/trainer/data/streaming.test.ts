import { describe, expect, it } from "vitest";
import { shuffleInBuffer } from "@/server/trainer/data/buffer-shuffle";
import type { EncodedExample } from "@/server/trainer/data/encoded-example";
import { mixStreams } from "@/server/trainer/data/interleave";
import { loadExamples, loadPreferencePairs } from "@/server/trainer/data/load-examples";
import { configFor, dataFolder, loadOptions } from "./tiny-data";

async function* numbers(count: number): AsyncGenerator<number> {
  await Promise.resolve();
  for (let i = 0; i < count; i++) yield i;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe("the buffer's order", () => {
  // Expected values: datasets' BufferShuffledExamplesIterable over NumPy 2.4's generators.
  it.each([
    [{ size: 5, seed: 42, epoch: 0 }, [0, 3, 6, 2, 8, 4, 5, 7, 1, 11, 9, 10, 12, 17, 18, 19, 13, 14, 16, 15]],
    [{ size: 5, seed: 42, epoch: 3 }, [3, 5, 4, 7, 6, 1, 8, 9, 11, 13, 12, 15, 2, 17, 14, 16, 0, 19, 18, 10]],
    [
      { size: 100, seed: 7, epoch: 1 },
      [4, 16, 1, 9, 8, 19, 6, 12, 7, 18, 17, 15, 10, 3, 11, 14, 5, 13, 2, 0],
    ],
  ])("is that of datasets for %j", async (options, order) => {
    expect(await all(shuffleInBuffer(numbers(20), options))).toEqual(order);
  });

  it("is that of datasets beyond the places that are drawn at once", async () => {
    const order = await all(shuffleInBuffer(numbers(3000), { size: 7, seed: 1, epoch: 0 }));
    expect(order.slice(-8)).toEqual([2995, 2994, 2997, 2999, 2989, 2981, 2998, 2993]);
    expect(new Set(order).size).toBe(3000);
  });
});

describe("streams in turn", () => {
  const letters = (name: string, count: number) =>
    async function* () {
      for await (const i of numbers(count)) yield `${name}${i}`;
    };
  const mix = (strategy: "concat" | "interleave_under" | "interleave_over" | "interleave_once") =>
    all(mixStreams([letters("a", 2), letters("b", 3)], { strategy, probabilities: null, seed: 1 }));

  it("end with the shortest, the longest, or when every row was there once", async () => {
    expect(await mix("concat")).toEqual(["a0", "a1", "b0", "b1", "b2"]);
    expect(await mix("interleave_under")).toEqual(["a0", "b0", "a1"]);
    expect(await mix("interleave_over")).toEqual(["a0", "b0", "a1", "b1", "a0", "b2"]);
    expect(await mix("interleave_once")).toEqual(["a0", "b0", "a1", "b1", "b2"]);
  });
});

describe("streamed data", () => {
  const rows = Array.from({ length: 25 }, (_, i) => ({
    instruction: `Question ${i}?`,
    output: `Answer ${i}.`,
  }));
  const folder = dataFolder(
    {
      rows: { file_name: "rows.json" },
      lines: { file_name: "lines.jsonl" },
      pairs: { file_name: "pairs.json", ranking: true, columns: { prompt: "q", chosen: "c", rejected: "r" } },
    },
    {
      "rows.json": rows,
      "lines.jsonl": [...rows, { instruction: "?", output: null }]
        .map((row) => JSON.stringify(row))
        .join("\n"),
      "pairs.json": [{ q: "Q", c: "good", r: "bad" }],
    },
  );
  const options = loadOptions();
  const config = (values: Record<string, unknown> = {}) =>
    configFor(folder, { streaming: true, max_steps: 5, preprocessing_batch_size: 4, ...values });
  const text = ({ inputIds }: EncodedExample) =>
    /Question (\d+)/.exec(options.template.tokenizer.decode([...inputIds]))?.[1] ?? "";

  it("comes as examples of every row, in another order for every pass", async () => {
    const { train, stream } = await loadExamples(config({ buffer_size: 10 }), options);
    expect(train).toEqual([]);
    const [first, again, second] = await Promise.all([0, 0, 1].map((epoch) => all(stream!.pass(epoch))));
    expect(first!.map(text)).toEqual(again!.map(text));
    expect(first!.map(text)).not.toEqual(second!.map(text));
    expect(new Set(second!.map(text)).size).toBe(25);
  });

  it("gives the examples that loading all at once gives", async () => {
    const { stream } = await loadExamples(config({ disable_shuffling: true }), options);
    const { train } = await loadExamples(configFor(folder), options);
    expect(await all(stream!.pass(0))).toEqual(train);
  });

  it("holds out the first rows that it gives, in every pass", async () => {
    const { stream, evaluation } = await loadExamples(config({ val_size: 6 }), options);
    const heldOut = evaluation.map(text);
    expect(heldOut).toHaveLength(6);
    for (const epoch of [0, 1]) {
      const trained = (await all(stream!.pass(epoch))).map(text);
      expect(trained).toHaveLength(19);
      expect(trained.filter((row) => heldOut.includes(row))).toEqual([]);
    }
    await expect(loadExamples(config({ val_size: 25 }), options)).rejects.toThrow(/val_size 25 takes all 25/);
  });

  it("tells of a row that is left out when it is reached", async () => {
    const dropped: string[] = [];
    const onDrop = (reason: string) => void dropped.push(reason);
    const { stream } = await loadExamples(config({ dataset: "lines" }), { ...options, onDrop });
    expect(await all(stream!.pass(0))).toHaveLength(25);
    expect(dropped).toEqual([expect.stringMatching(/line 26\): it has no answer/)]);
  });

  it("works for pairs as well", async () => {
    const { stream } = await loadPreferencePairs(config({ dataset: "pairs", stage: "dpo" }), options);
    expect(await all(stream!.pass(0))).toHaveLength(1);
  });
});
