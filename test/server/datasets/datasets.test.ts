/** The dataset registry: what it lists, counts, shows, and says about what cannot be used. */
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Datasets } from "@/server/datasets/datasets";

let home: string;
let datasets: Datasets;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-datasets-"));
  await mkdir(path.join(home, "data"));
  datasets = new Datasets(home);
});
afterEach(() => rm(home, { recursive: true }));

const put = (name: string, content: unknown) =>
  writeFile(path.join(home, "data", name), typeof content === "string" ? content : JSON.stringify(content));
const only = async () => (await datasets.list()).items[0]!;

const rows = [
  { instruction: 'Say "],[" please.', input: "", output: "{[,]}" },
  { instruction: "Übersetze: 漢字 \\ 😀", input: "", output: 'a "quoted \\" word' },
  { instruction: "nested", input: "", output: "x", history: [["a", "b"]] },
];

describe("a dataset of rows in a file", () => {
  it("is counted and shown page by page, however it is formatted", async () => {
    await put("dataset_info.json", {
      a: { file_name: "a.json" },
      b: { file_name: "b.jsonl" },
      c: { file_name: "c.json" },
    });
    await put("a.json", JSON.stringify(rows, null, 2));
    await put("b.jsonl", `\n${rows.map((row) => JSON.stringify(row)).join("\r\n\n")}`);
    await put("c.json", `\uFEFF [ ${JSON.stringify(rows[0])} ] \n`);
    const { items, problems } = await datasets.list();
    expect(problems).toEqual([]);
    expect(items.map(({ name, rows: count, problem }) => [name, count, problem])).toEqual([
      ["a", 3, null],
      ["b", 3, null],
      ["c", 1, null],
    ]);
    expect(await datasets.rows("a", 1, 1)).toMatchObject({
      items: [rows[1]],
      total: 3,
      counted: null,
      problems: [],
    });
    expect(await datasets.rows("b", 0, 10)).toMatchObject({ items: rows, total: 3 });
    expect(await datasets.rows("b", 7, 10)).toMatchObject({ items: [], total: 3 });
  });

  it("may be a folder of files, and may draw a number of rows", async () => {
    await put("dataset_info.json", { a: { file_name: "parts" }, b: { file_name: "parts", num_samples: 10 } });
    await mkdir(path.join(home, "data", "parts"));
    await put("parts/1.json", rows.slice(0, 1));
    await put(
      "parts/2.jsonl",
      rows
        .slice(1)
        .map((row) => JSON.stringify(row))
        .join("\n"),
    );
    expect((await datasets.list()).items.map((item) => item.rows)).toEqual([3, 10]);
    expect((await datasets.rows("a", 0, 2)).items).toEqual(rows.slice(0, 2));
    expect((await datasets.rows("a", 2, 5)).items).toEqual(rows.slice(2));
  });

  it("is counted anew when it changes", async () => {
    await put("dataset_info.json", { a: { file_name: "a.json" } });
    await put("a.json", rows);
    expect((await only()).rows).toBe(3);
    await put("a.json", [...rows, ...rows, ...rows]);
    await utimes(path.join(home, "data", "a.json"), new Date(), new Date(Date.now() + 5000));
    expect((await only()).rows).toBe(9);
  });

  it("is counted right across the borders of the pieces that it is read in", async () => {
    const many = Array.from({ length: 9000 }, (_, i) => ({
      instruction: `row ${i} ${'é\\"'.repeat(i % 90)}`,
      output: "[",
    }));
    await put("dataset_info.json", { a: { file_name: "a.json" } });
    await put("a.json", many);
    expect((await only()).rows).toBe(9000);
    expect((await datasets.rows("a", 8999, 1)).items).toEqual([many[8999]]);
  });
});

describe("an entry that cannot be used", () => {
  it.each<[string, unknown, RegExp]>([
    ["whose file is missing", { file_name: "nowhere.json" }, /nowhere\.json is missing/],
    ["that is on a hub", { hf_hub_url: "org/set" }, /Not on this machine.*org\/set/],
    ["that is nowhere", {}, /neither file_name nor a hub address/],
    ["with an unknown format", { file_name: "a.json", formatting: "other" }, /entry x: formatting: /],
    ["that is no object", "a.json", /entry x/],
    [
      "whose rows lack the column",
      { file_name: "a.json", columns: { prompt: "question" } },
      /no column question; it has instruction, input, output/,
    ],
    [
      "of conversations whose rows have none",
      { file_name: "a.json", formatting: "sharegpt" },
      /no column conversations/,
    ],
    ["with pictures", { file_name: "a.json", columns: { images: "images" } }, /reads text only/],
    ["in a format that is not read", { file_name: "table.xlsx" }, /not from \.xlsx/],
    [
      "that is cut short",
      { file_name: "cut.json" },
      /data\/cut\.json, line 1, column 24: it ends in the middle of row 2/,
    ],
    ["that is no list", { file_name: "text.json" }, /text\.json, line 1, column 1: it holds neither/],
    ["without rows", { file_name: "empty.json" }, /holds no rows/],
  ])("%s is listed with the reason", async (_name, entry, reason) => {
    await put("dataset_info.json", { x: entry });
    await put("a.json", rows);
    await put("table.xlsx", "a,b\n");
    await put("cut.json", '[{"instruction": "a"}, {"instruction": "b');
    await put("text.json", '"instruction"');
    await put("empty.json", "[]");
    expect((await only()).problem).toMatch(reason);
  });

  it("does not keep the others from being listed", async () => {
    await put("dataset_info.json", { bad: 3, good: { file_name: "a.json" } });
    await put("a.json", rows);
    expect((await datasets.list()).items.map(({ problem }) => problem === null)).toEqual([false, true]);
  });
});

describe("a registry that is broken", () => {
  it("is one problem in words", async () => {
    expect((await datasets.list()).problems[0]).toMatch(/dataset_info\.json is missing/);
    await put("dataset_info.json", "{");
    expect((await datasets.list()).problems[0]).toMatch(
      /data\/dataset_info\.json, line 1, column 2: not valid JSON/,
    );
    await put("dataset_info.json", []);
    expect((await datasets.list()).problems[0]).toMatch(/must be one object/);
  });
});
