/** Pages of rows of every kind of file, the same rows as the trainer reads. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ReadRow } from "@/server/datasets/numbered-rows";
import { openRowSource } from "@/server/datasets/row-source";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "row-source-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const open = (file: string, delimiter?: string) => openRowSource(file, statSync(file).size, delimiter);
const values = (rows: readonly ReadRow[]) =>
  rows.map((row) => (row.problem === undefined ? row.value : row.problem));

describe("openRowSource", () => {
  it("counts CSV records, not lines, and reads any page with its column names", async () => {
    const source = await open(
      fileOf("a.csv", '\ufeff"q",a\r\n"two\nlines, and ""quotes""",x\r\n\r\n1,"2"\n3,4'),
    );
    await source.until(Infinity);
    expect(source.rows).toBe(3);
    expect(values(await source.read(0, 1))).toEqual([{ q: 'two\nlines, and "quotes"', a: "x" }]);
    expect(values(await source.read(1, 10))).toEqual([
      { q: "1", a: "2" },
      { q: "3", a: "4" },
    ]);
    expect(await source.read(3, 10)).toEqual([]);
  });

  it("takes a quote inside a bare cell for what it is", async () => {
    const source = await open(fileOf("a.csv", 'q,a\n5" pipe,x\n7" pipe,y\n'));
    await source.until(Infinity);
    expect(source.rows).toBe(2);
  });

  it("finds the one record that is not CSV, with its line, among others that are", async () => {
    const source = await open(fileOf("a.csv", "q,a\n1,2\n1,2,3\n5,6\n"));
    expect(values(await source.read(0, 3))).toEqual([
      { q: "1", a: "2" },
      {
        message: expect.stringMatching(/not valid CSV: Invalid Record Length/),
        place: { line: 3, column: 1 },
      },
      { q: "5", a: "6" },
    ]);
  });

  it("reads an empty cell as null and other separators where it is told", async () => {
    expect(values(await (await open(fileOf("a.csv", "q,a\n1,\n"))).read(0, 1))).toEqual([
      { q: "1", a: null },
    ]);
    expect(values(await (await open(fileOf("b.csv", 'q;a\n"1;2";x,y\n'), ";")).read(0, 1))).toEqual([
      { q: "1;2", a: "x,y" },
    ]);
  });

  it("reads rows before a fault and says where the fault is", async () => {
    const source = await open(fileOf("a.json", '[\n  {"a": 1},\n  {"a": é}, {"a": 3},\n  {"a": "cut'));
    expect(values(await source.read(0, 3))).toEqual([
      { a: 1 },
      { message: "not valid JSON: an unknown word", place: { line: 3, column: 9 } },
      { a: 3 },
    ]);
    await expect(source.until(Infinity)).rejects.toThrow(
      /a\.json, line 4, column 3: it ends in the middle of row 4/,
    );
  });

  it("reads a .json file that holds one object per line, or one alone", async () => {
    expect(values(await (await open(fileOf("a.json", '{"a": "}{"}\n{"a": 2}\n'))).read(0, 9))).toEqual([
      { a: "}{" },
      { a: 2 },
    ]);
    await expect((await open(fileOf("b.json", '"text"'))).until(1)).rejects.toThrow(
      /line 1, column 1: it holds neither/,
    );
  });

  it("has a row for every line of text, empty ones too", async () => {
    const source = await open(fileOf("a.txt", "first\r\n\nthird\n"));
    expect(values(await source.read(0, 3))).toEqual([{ text: "first" }, { text: "" }, { text: "third" }]);
  });

  it("reads pages of parquet across row groups, as plain JSON values", async () => {
    const source = await open(path.resolve("test/fixtures/data/conversations.parquet"));
    expect(source.rows).toBe(5);
    const page = values(await source.read(1, 3)) as { n: number; conversations: { value: string }[] }[];
    expect(page.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(page[2]!.conversations[0]!.value).toBe("Question 3?");
    expect(() => JSON.stringify(page)).not.toThrow();
  });

  it("says which file is not parquet", async () => {
    await expect(open(fileOf("a.parquet", "no"))).rejects.toThrow(/a\.parquet cannot be read as parquet/);
  });
});
