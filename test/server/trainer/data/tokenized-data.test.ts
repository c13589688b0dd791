import { existsSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { ROWS } from "@/server/trainer/data/example-kinds";
import {
  loadExamples,
  loadFeedback,
  loadPreferencePairs,
  loadPrompts,
} from "@/server/trainer/data/load-examples";
import { nameDatasets } from "@/server/trainer/data/load-rows";
import { openTokenCache } from "@/server/trainer/data/token-cache";
import { configFor, dataFolder, loadOptions } from "./tiny-data";

const rows = Array.from({ length: 9 }, (_, i) => ({ instruction: `Question ${i}?`, output: `Answer ${i}.` }));
const newFolder = () =>
  dataFolder(
    {
      rows: { file_name: "rows.json" },
      pairs: { file_name: "pairs.json", ranking: true, columns: { prompt: "q", chosen: "c", rejected: "r" } },
      liked: { file_name: "liked.json", columns: { prompt: "q", response: "a", kto_tag: "ok" } },
    },
    {
      "rows.json": rows,
      "pairs.json": [{ q: "Q", c: "good", r: "a bad answer" }],
      "liked.json": [
        { q: "Q1", a: "A1", ok: true },
        { q: "Q2", a: "A2", ok: false },
      ],
    },
  );

describe("tokenized_path", () => {
  it("is written, then read in place of the data, with the same examples", async () => {
    const folder = newFolder();
    const notices: string[] = [];
    const options = { ...loadOptions(), onNotice: (text: string) => void notices.push(text) };
    const values = {
      tokenized_path: path.join(folder, "tokens"),
      val_size: 0.3,
      packing: true,
      cutoff_len: 64,
    };
    const first = await loadExamples(configFor(folder, values), options);
    rmSync(path.join(folder, "rows.json"));
    const second = await loadExamples(configFor(folder, values), options);
    expect(second).toEqual(first);
    expect(notices).toEqual([
      expect.stringContaining("Tokenized dataset is saved at"),
      "Loading dataset from disk will ignore other data arguments.",
      expect.stringContaining("Loaded tokenized dataset from"),
    ]);
    expect(readdirSync(values.tokenized_path).sort()).toEqual(["tokenized.json", "tokens.i32"]);
  });

  it.each([
    ["pairs", "dpo", loadPreferencePairs],
    ["liked", "kto", loadFeedback],
    ["rows", "ppo", loadPrompts],
  ] as const)("keeps %s for stage %s", async (dataset, stage, load) => {
    const folder = newFolder();
    const config = configFor(folder, { dataset, stage, tokenized_path: path.join(folder, "tokens") });
    const first: unknown = await load(config, loadOptions());
    expect(await load(config, loadOptions())).toEqual(first);
  });

  it("names what is wrong with a folder: another stage's, damaged, another program's", async () => {
    const folder = newFolder();
    const tokens = path.join(folder, "tokens");
    const load = (values: Record<string, unknown> = {}) =>
      loadExamples(configFor(folder, { tokenized_path: tokens, ...values }), loadOptions());
    await load();
    const pairs = configFor(folder, { stage: "dpo", dataset: "pairs", tokenized_path: tokens });
    await expect(loadPreferencePairs(pairs, loadOptions())).rejects.toThrow(
      /holds rows, tokenised for another/,
    );
    const file = path.join(tokens, "tokens.i32");
    truncateSync(file, statSync(file).size - 8);
    await expect(load()).rejects.toThrow(/tokens\.i32 is damaged: it was cut short/);
    const arrow = path.join(folder, "arrow");
    await load({ tokenized_path: arrow });
    rmSync(path.join(arrow, "tokenized.json"));
    await expect(load({ tokenized_path: arrow })).rejects.toThrow(/did not write.*Name an empty folder/);
  });
});

describe("the cache of tokenised data", () => {
  async function open(folder: string, values: Record<string, unknown> = {}, templateName = "qwen") {
    const config = configFor(folder, { cache_dir: path.join(folder, "cache"), ...values });
    const options = loadOptions(templateName);
    const datasets = await nameDatasets(config, { ranking: false, baseDir: options.baseDir });
    const { train, evaluationSets, report } = await loadExamples(config, options);
    const cache = await openTokenCache(config, options, { kind: ROWS, datasets });
    return { cache, data: { train, evaluationSets, report } };
  }

  it("gives back what took long enough to make, and keeps nothing else", async () => {
    const folder = newFolder();
    const { cache, data } = await open(folder);
    await cache.write(data, 0.2);
    expect(existsSync(path.join(folder, "cache"))).toBe(false);
    await cache.write(data, 3);
    const read = (await (await open(folder)).cache.read())!;
    expect(read.train.map(ROWS.toArrays)).toEqual(data.train.map(ROWS.toArrays));
    expect([read.evaluationSets, read.report]).toEqual([data.evaluationSets, data.report]);
  });

  it("knows other arguments, templates and contents of the same files apart", async () => {
    const folder = newFolder();
    const { cache, data } = await open(folder);
    await cache.write(data, 3);
    for (const values of [
      { cutoff_len: 30 },
      { max_samples: 5 },
      { val_size: 0.5 },
      { overwrite_cache: true },
    ]) {
      expect(await (await open(folder, values)).cache.read(), JSON.stringify(values)).toBeNull();
    }
    expect(await (await open(folder, {}, "llama3")).cache.read()).toBeNull();
    expect(await (await open(folder)).cache.read()).not.toBeNull();
    const other = JSON.stringify(rows).replace("Answer 3", "Answer X");
    writeFileSync(path.join(folder, "rows.json"), other);
    expect(await (await open(folder)).cache.read()).toBeNull();
  });

  it("makes a damaged entry anew, and goes on without a place to write to", async () => {
    const folder = newFolder();
    const { cache, data } = await open(folder);
    await cache.write(data, 3);
    const [entry] = readdirSync(path.join(folder, "cache", "tokenized"));
    truncateSync(path.join(folder, "cache", "tokenized", entry!, "tokens.i32"), 4);
    expect(await cache.read()).toBeNull();
    writeFileSync(path.join(folder, "file"), "");
    const blocked = await open(folder, { cache_dir: path.join(folder, "file") });
    await expect(blocked.cache.write(data, 3)).resolves.toBeUndefined();
  });
});
