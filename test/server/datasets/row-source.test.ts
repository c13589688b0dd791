/** Pages of rows of every kind of file, the same rows as the trainer reads. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

describe("openRowSource", () => {
  it("counts CSV records, not lines, and reads any page with its column names", async () => {
    const source = await openRowSource(
      fileOf("a.csv", '\ufeff"q",a\r\n"two\nlines, and ""quotes""",x\r\n\r\n1,"2"\n3,4'),
    );
    expect(source.rows).toBe(3);
    expect(await source.read(0, 1)).toEqual([{ q: 'two\nlines, and "quotes"', a: "x" }]);
    expect(await source.read(1, 10)).toEqual([
      { q: "1", a: "2" },
      { q: "3", a: "4" },
    ]);
    expect(await source.read(3, 10)).toEqual([]);
  });

  it("takes a quote inside a bare cell for what it is", async () => {
    const source = await openRowSource(fileOf("a.csv", 'q,a\n5" pipe,x\n7" pipe,y\n'));
    expect(source.rows).toBe(2);
  });

  it("names the file and the rows that are not CSV", async () => {
    const source = await openRowSource(fileOf("a.csv", "q,a\n1,2,3\n"));
    await expect(source.read(0, 1)).rejects.toThrow(/a\.csv is not valid CSV, rows 1 to 1/);
  });

  it("has a row for every line of text, empty ones too", async () => {
    const source = await openRowSource(fileOf("a.txt", "first\r\n\nthird\n"));
    expect(source.rows).toBe(3);
    expect(await source.read(0, 3)).toEqual([{ text: "first" }, { text: "" }, { text: "third" }]);
  });

  it("reads pages of parquet across row groups, as plain JSON values", async () => {
    const source = await openRowSource(path.resolve("test/fixtures/data/conversations.parquet"));
    expect(source.rows).toBe(5);
    const page = (await source.read(1, 3)) as { n: number; conversations: { value: string }[] }[];
    expect(page.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(page[2]!.conversations[0]!.value).toBe("Question 3?");
    expect(() => JSON.stringify(page)).not.toThrow();
  });

  it("says which file is not parquet", async () => {
    await expect(openRowSource(fileOf("a.parquet", "no"))).rejects.toThrow(
      /a\.parquet cannot be read as parquet/,
    );
  });
});
