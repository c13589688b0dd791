/** CSV, parquet and plain text as data sets: rows as Hugging Face's `datasets` reads them, errors with file and line. */
import { copyFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findDatasets } from "@/server/trainer/data/dataset-registry";
import { readRows } from "@/server/trainer/data/dataset-rows";
import { loadExamples } from "@/server/trainer/data/load-examples";
import { configFor, dataFolder, loadOptions, rowsOf } from "./tiny-data";

const PARQUET = path.resolve("test/fixtures/data/conversations.parquet");

async function valuesOf(folder: string, name = "rows", limit?: number) {
  const [dataset] = await findDatasets([name], folder);
  return (await readRows(dataset!, limit)).map(({ value }) => value);
}

describe("CSV", () => {
  it("reads quoted cells with commas, quotes and line ends; an empty cell is nothing", async () => {
    const folder = dataFolder(
      { rows: { file_name: "rows.csv" } },
      { "rows.csv": '\ufeffinstruction,input,output\r\n"A, b",,"line1\nline2"\r\n"say ""hi""",x,\r\n' },
    );
    expect(await valuesOf(folder)).toEqual([
      { instruction: "A, b", input: null, output: "line1\nline2" },
      { instruction: 'say "hi"', input: "x", output: null },
    ]);
  });

  it("reads no further than the rows that are asked for", async () => {
    const folder = dataFolder(
      { rows: { file_name: "rows.csv" } },
      { "rows.csv": 'instruction,output\na,b\nc,d\n"never closed,e' },
    );
    expect(await valuesOf(folder, "rows", 2)).toHaveLength(2);
    await expect(valuesOf(folder)).rejects.toThrow(/rows\.csv is not valid CSV: .*line 4/);
  });

  it("keeps texts that look like switches, and reads the column of likes as one", async () => {
    const folder = dataFolder(
      { rows: { file_name: "rows.csv", columns: { prompt: "q", response: "a", kto_tag: "liked" } } },
      { "rows.csv": "q,a,liked\nIs it?,True,True\nIs it?,No,false\n" },
    );
    expect(await valuesOf(folder)).toEqual([
      { q: "Is it?", a: "True", liked: true },
      { q: "Is it?", a: "No", liked: false },
    ]);
  });
});

describe("parquet", () => {
  it("reads nested columns of several row groups, whole numbers as numbers", async () => {
    const folder = dataFolder({ rows: { file_name: "rows.parquet", formatting: "sharegpt" } });
    copyFileSync(PARQUET, path.join(folder, "rows.parquet"));
    const rows = await valuesOf(folder);
    expect(rows.map((row) => row["n"])).toEqual([0, 1, 2, 3, 4]);
    expect(rows[3]).toMatchObject({
      ok: null,
      conversations: [
        { from: "human", value: "Question 3?" },
        { from: "gpt", value: "Antwort 3 äöü 你好" },
      ],
    });
    const { train } = await loadExamples(configFor(folder), loadOptions());
    expect(train).toHaveLength(5);
  });

  it("says which file is not parquet", async () => {
    const folder = dataFolder(
      { rows: { file_name: "rows.parquet" } },
      { "rows.parquet": "not parquet at all" },
    );
    await expect(valuesOf(folder)).rejects.toThrow(/rows\.parquet cannot be read as parquet/);
  });
});

describe("plain text", () => {
  it("makes a row of every line, empty ones too, and needs no columns", async () => {
    const folder = dataFolder({ rows: { file_name: "rows.txt" } }, { "rows.txt": "first\r\n\nthird\n" });
    expect(await valuesOf(folder)).toEqual([{ text: "first" }, { text: "" }, { text: "third" }]);
    const { train } = await rowsOf(configFor(folder, { stage: "pt" }));
    expect(train.map(({ prompt }) => prompt[0]!.content)).toEqual(["first", "", "third"]);
  });

  it("becomes blocks of tokens for pretraining", async () => {
    const folder = dataFolder(
      { rows: { file_name: "rows.txt", columns: { prompt: "text" } } },
      { "rows.txt": "A line of text to learn from.\n".repeat(20) },
    );
    const { train } = await loadExamples(configFor(folder, { stage: "pt", cutoff_len: 16 }), loadOptions());
    expect(train.length).toBeGreaterThan(5);
    expect(train.every(({ inputIds }) => inputIds.length === 16)).toBe(true);
  });
});
