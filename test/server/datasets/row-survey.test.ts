/** What reading every row finds, and lengths made of many small answers. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Datasets } from "@/server/datasets/datasets";
import { shapeOf } from "@/server/datasets/token-lengths";

let home: string;
let datasets: Datasets;
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-survey-"));
  await mkdir(path.join(home, "data"));
  datasets = new Datasets(home);
});
afterEach(() => rm(home, { recursive: true }));

async function surveyOf(name: string, text: string, entry: Record<string, unknown> = {}) {
  await writeFile(path.join(home, "data", name), text);
  await writeFile(
    path.join(home, "data", "dataset_info.json"),
    JSON.stringify({ x: { file_name: name, ...entry } }),
  );
  await datasets.survey("x");
  await expect.poll(async () => (await datasets.survey("x")).state).toBe("done");
  return datasets.survey("x");
}

const line = (instruction: string, output: string) => `${JSON.stringify({ instruction, output })}\n`;

describe("a survey", () => {
  it("finds rows that are not JSON, lack a column, have no answer, or stand there twice", async () => {
    const survey = await surveyOf(
      "a.jsonl",
      line("a", "b") +
        line("c", " ") +
        '{"instruction": "broken}\n' +
        line("a", "b") +
        '{"output": "only"}\n' +
        line("a", "b"),
    );
    expect(survey).toMatchObject({
      rows_read: 6,
      share: 1,
      bad: {
        count: 2,
        first: [
          { row: 2, place: { line: 3, column: 17 }, message: expect.stringMatching(/closing quote/) },
          { row: 4, message: "it has no column instruction; it has output", place: null },
        ],
      },
      empty: { count: 1, first: [1] },
      copies: { count: 2, first: [3, 5] },
    });
    expect((await datasets.list()).items[0]).toMatchObject({
      problem: null,
      survey: { copies: { count: 2 } },
    });
  });

  it("reads what can be read of a list that breaks off", async () => {
    const survey = await surveyOf("a.json", '[{"instruction":"a","output":"b"},\n{"instruction":"c","outp');
    expect(survey).toMatchObject({
      rows_read: 1,
      bad: { count: 1, first: [{ place: { line: 2, column: 1 } }] },
    });
  });

  it("asks pairs and conversations for their answers too", async () => {
    const pair = (rejected: string) => ({
      conversations: [{ from: "human", value: "q" }],
      chosen: { from: "gpt", value: "a" },
      rejected: { from: "gpt", value: rejected },
    });
    const pairs = await surveyOf("a.json", JSON.stringify([pair("b"), pair("")]), {
      formatting: "sharegpt",
      ranking: true,
      columns: { messages: "conversations", chosen: "chosen", rejected: "rejected" },
    });
    expect(pairs.empty).toEqual({ count: 1, first: [1] });
    const asked = [{ from: "human", value: "q" }];
    const chats = await surveyOf(
      "b.json",
      JSON.stringify([{ conversations: [...asked, { from: "gpt", value: "a" }] }, { conversations: asked }]),
      { formatting: "sharegpt" },
    );
    expect(chats.empty).toEqual({ count: 1, first: [1] });
  });

  it("covers thousands of rows in pages that grow", async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => line(`question ${i % 11_990}`, "answer")).join("");
    const survey = await surveyOf("a.jsonl", rows);
    expect(survey).toMatchObject({ rows_read: 12_000, copies: { count: 10 }, bad: { count: 0 } });
    expect(survey.copies.first[0]).toBe(11_990);
  });
});

describe("a file that is still being counted", () => {
  it("shows its first rows at once and its count when that is known", async () => {
    const row = line("q".repeat(300), "a".repeat(700));
    await writeFile(path.join(home, "data", "big.jsonl"), row.repeat(60_000));
    await writeFile(
      path.join(home, "data", "dataset_info.json"),
      JSON.stringify({ big: { file_name: "big.jsonl" } }),
    );
    const first = await datasets.rows("big", 0, 50);
    expect(first.items).toHaveLength(50);
    expect(first.counted).toBeLessThan(0.5);
    expect((await datasets.rows("big", 59_999, 5)).items).toHaveLength(1);
    expect(await datasets.rows("big", 0, 1)).toMatchObject({ total: 60_000, counted: null });
  });
});

describe("shapeOf", () => {
  it("has bars of a power of two, the median, and quantiles from shortest to longest", () => {
    const lengths = Array.from({ length: 1001 }, (_, i) => i);
    const shape = shapeOf(lengths);
    expect(shape).toMatchObject({ bin: 32, median: 500, longest: 1000 });
    expect(shape.counts.reduce((a, b) => a + b)).toBe(1001);
    expect(shape.counts[0]).toBe(32);
    expect([shape.quantiles[0], shape.quantiles[250], shape.quantiles.at(-1)]).toEqual([0, 500, 1000]);
    expect(shapeOf([])).toEqual({ bin: 1, counts: [], median: 0, longest: 0, quantiles: [] });
    expect(shapeOf([7])).toMatchObject({ median: 7, longest: 7, quantiles: [7] });
  });
});
