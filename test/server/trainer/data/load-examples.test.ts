import { describe, expect, it } from "vitest";
import {
  loadExamples,
  loadFeedback,
  loadPreferencePairs,
  loadPrompts,
} from "@/server/trainer/data/load-examples";
import { configFor, dataFolder, loadOptions } from "./tiny-data";

const alpaca = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    instruction: `Question ${i}?`,
    input: "",
    output: `Answer ${i}.`,
  }));
const folder = dataFolder(
  {
    rows: { file_name: "rows.json" },
    more: { file_name: "more.json", num_samples: 5 },
    texts: { file_name: "texts.jsonl", columns: { prompt: "text" } },
    pairs: { file_name: "pairs.json", ranking: true, columns: { prompt: "q", chosen: "c", rejected: "r" } },
    liked: { file_name: "liked.json", columns: { prompt: "q", response: "a", kto_tag: "ok" } },
    broken: { file_name: "broken.json" },
  },
  {
    "rows.json": alpaca(10),
    "more.json": alpaca(3),
    "texts.jsonl": ["one text", "another text", "a third one"]
      .map((text) => JSON.stringify({ text }))
      .join("\n"),
    "pairs.json": [{ q: "Q", c: "good", r: "a bad answer" }],
    "liked.json": [
      { q: "Q1", a: "A1", ok: true },
      { q: "Q2", a: "A2", ok: false },
    ],
    "broken.json": [{ instruction: "Q", output: null }, ...alpaca(1)],
  },
);
const options = loadOptions();
const text = (ids: Iterable<number>) => options.template.tokenizer.decode([...ids]);

describe("loadExamples", () => {
  it("cuts each data set to max_samples and joins them in order", async () => {
    const { train, report } = await loadExamples(
      configFor(folder, { dataset: "rows, more", max_samples: 2 }),
      options,
    );
    expect(train).toHaveLength(4);
    expect(report.datasets).toEqual([
      { name: "rows", rows: 2 },
      { name: "more", rows: 2 },
    ]);
    expect(text(train[1]!.inputIds)).toContain("Question 1?");
    expect(report.trainTokens).toBe(train.reduce((sum, row) => sum + row.inputIds.length, 0));
  });

  it("draws num_samples rows, some twice where there are too few", async () => {
    const { train } = await loadExamples(configFor(folder, { dataset: "more" }), options);
    const seen = train.map((row) => /Question \d/.exec(text(row.inputIds))![0]);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(3);
  });

  it("trains on the answer and its end only", async () => {
    const { train } = await loadExamples(configFor(folder, { max_samples: 1 }), options);
    const trained = train[0]!.inputIds.filter((_, i) => train[0]!.labels[i] !== -100);
    expect(text(trained)).toBe("Answer 0.<|im_end|>\n");
  });

  it("splits by val_size with the seed, or takes eval_dataset", async () => {
    const split = await loadExamples(configFor(folder, { val_size: 0.2, seed: 3 }), options);
    expect([split.train.length, split.evaluation.length]).toEqual([8, 2]);
    const own = await loadExamples(configFor(folder, { eval_dataset: "broken" }), options);
    expect([own.train.length, own.evaluation.length]).toEqual([10, 1]);
    await expect(
      loadExamples(configFor(folder, { val_size: 0.2, eval_dataset: "more" }), options),
    ).rejects.toThrow(/exclude each other/);
  });

  it("leaves out rows without an answer and says why", async () => {
    const { train, report } = await loadExamples(configFor(folder, { dataset: "broken" }), options);
    expect(train).toHaveLength(1);
    expect(report).toMatchObject({
      dropped: 1,
      dropReasons: [expect.stringMatching(/row 1\): it has no answer/)],
    });
  });

  it("counts the rows that lost their end", async () => {
    const { report } = await loadExamples(configFor(folder, { cutoff_len: 20 }), options);
    expect(report.cut).toBe(10);
    expect((await loadExamples(configFor(folder), options)).report.cut).toBe(0);
  });

  it("packs texts for pretraining into equal blocks, and cuts them one by one without packing", async () => {
    const config = { dataset: "texts", stage: "pt", cutoff_len: 5 };
    const packed = await loadExamples(configFor(folder, config), options);
    expect(packed.train.every((row) => row.inputIds.length === 5)).toBe(true);
    expect(packed.train[0]!.labels).toEqual(packed.train[0]!.inputIds);
    const plain = await loadExamples(configFor(folder, { ...config, packing: false }), options);
    expect(plain.train).toHaveLength(3);
    await expect(loadExamples(configFor(folder, { ...config, cutoff_len: 500 }), options)).rejects.toThrow(
      /shorter than one block of cutoff_len 500/,
    );
  });

  it("reports progress up to the last row", async () => {
    const seen: [number, number][] = [];
    const config = configFor(folder, { preprocessing_batch_size: 4 });
    await loadExamples(config, { ...options, onProgress: (done, total) => seen.push([done, total]) });
    expect(seen).toEqual([
      [4, 10],
      [8, 10],
      [10, 10],
    ]);
  });

  it.each([
    [{ dataset: "" }, /No dataset is named/],
    [{ dataset: "pairs" }, /holds pairs of answers .* Use stage dpo or rm/],
    [{ mask_history: true, train_on_prompt: true }, /exclude each other/],
  ])("names what is wrong with %j", async (values, message) => {
    await expect(loadExamples(configFor(folder, values), options)).rejects.toThrow(message);
  });
});

describe("other stages", () => {
  it("load preference pairs with one prompt", async () => {
    const { train } = await loadPreferencePairs(
      configFor(folder, { dataset: "pairs", stage: "dpo" }),
      options,
    );
    const [pair] = train;
    expect(text(pair!.chosen.inputIds)).toMatch(
      /Q<\|im_end\|>\n<\|im_start\|>assistant\ngood<\|im_end\|>\n$/,
    );
    expect(text(pair!.rejected.inputIds)).toContain("a bad answer");
    await expect(loadPreferencePairs(configFor(folder, { stage: "dpo" }), options)).rejects.toThrow(
      /needs pairs/,
    );
  });

  it("load feedback with the answer of the row before as a mismatch", async () => {
    const { train } = await loadFeedback(configFor(folder, { dataset: "liked", stage: "kto" }), options);
    expect(train.map((row) => row.desirable)).toEqual([true, false]);
    expect(text(train[0]!.mismatched.inputIds)).toMatch(/Q1.*A2/s);
  });

  it("load prompts and answers apart", async () => {
    const { train } = await loadPrompts(configFor(folder, { stage: "ppo", max_samples: 1 }), options);
    expect(text(train[0]!.answerIds)).toBe("Answer 0.<|im_end|>\n");
    expect(text(train[0]!.promptIds)).toMatch(/assistant\n$/);
  });
});
