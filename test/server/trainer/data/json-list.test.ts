import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { firstCharacter, jsonListElements } from "@/server/trainer/data/json-list";
import { configFor, dataFolder, rowsOf } from "./tiny-data";

async function elementsOf(text: string, limit = Infinity): Promise<unknown[]> {
  const file = path.join(dataFolder({}), "list.json");
  writeFileSync(file, text);
  const elements: unknown[] = [];
  for await (const element of jsonListElements(file)) {
    elements.push(element);
    if (elements.length >= limit) break;
  }
  return elements;
}

describe("a JSON list read in pieces", () => {
  it("gives what JSON.parse gives, brackets and commas inside texts included", async () => {
    const list = [{ a: '],{"' }, [1, [2, "\\"]], "x,y", 5, null, { b: { c: [{}] } }, "\\\\\"'"];
    for (const text of [
      JSON.stringify(list),
      JSON.stringify(list, null, 2),
      `\ufeff ${JSON.stringify(list)}\n`,
    ]) {
      expect(await elementsOf(text)).toEqual(list);
    }
  });

  it("gives nothing for an empty list", async () => {
    expect(await elementsOf(" [ ] ")).toEqual([]);
  });

  it("finds elements across pieces of the file, whatever their length", async () => {
    const list = Array.from({ length: 400 }, (_, i) => ({ text: "é".repeat(i * 3), i }));
    expect(await elementsOf(JSON.stringify(list))).toEqual(list);
  });

  it("reads no further than is asked for", async () => {
    expect(await elementsOf('[{"a": 1}, {"a": 2}, {"a": }', 2)).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each([
    ['[{"a": 1}, {"a": }]', 2, /JSON/],
    ['[{"a": 1}, {"a": 1}', 2, /does not end/],
    ['[{"a": 1}', 1, /does not end/],
    ["[1,,2]", 2, /missing between two commas/],
    ["[1, 2,]", 3, /missing between two commas/],
    ["[1] 2", 1, /follows the list's end/],
  ])("tells what is wrong with %s, and at which element", async (text, element, reason) => {
    await expect(elementsOf(text)).rejects.toMatchObject({ element });
    await expect(elementsOf(text)).rejects.toThrow(reason);
  });

  it("looks past spaces and a byte order mark for what a file holds", async () => {
    const file = path.join(dataFolder({}), "list.json");
    writeFileSync(file, "\ufeff\n  {}");
    expect(await firstCharacter(file)).toBe("{");
    writeFileSync(file, "");
    expect(await firstCharacter(file)).toBe("");
  });
});

describe("a .json data set", () => {
  const read = async (text: string) => {
    const folder = dataFolder({ rows: { file_name: "rows.json" } }, { "rows.json": text });
    return (await rowsOf(configFor(folder))).train.map(({ prompt }) => prompt[0]!.content);
  };
  const row = (n: number) => ({ instruction: `Q${n}`, input: "", output: "A" });

  it("may be a list, one object a line, or one object over several lines", async () => {
    expect(await read(JSON.stringify([row(1), row(2)]))).toEqual(["Q1", "Q2"]);
    expect(await read(`${JSON.stringify(row(1))}\n${JSON.stringify(row(2))}\n`)).toEqual(["Q1", "Q2"]);
    expect(await read(JSON.stringify(row(1), null, 2))).toEqual(["Q1"]);
  });

  it("names the row at which it breaks", async () => {
    await expect(read(`[${JSON.stringify(row(1))}, {"instruction": ]`)).rejects.toThrow(
      /rows\.json is not valid JSON at row 2/,
    );
    await expect(read('"text"')).rejects.toThrow(/rows\.json must hold a list of objects/);
  });
});
