import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findDatasets } from "@/server/trainer/data/dataset-registry";
import { readRows } from "@/server/trainer/data/dataset-rows";
import { dataFolder } from "./tiny-data";

const find = (info: Record<string, unknown> | string, files?: Record<string, unknown>, names = ["rows"]) =>
  findDatasets(names, dataFolder(info, files));

describe("findDatasets", () => {
  it("gives the data sets in the order asked for, with LLaMA-Factory's default columns and tags", async () => {
    const info = { a: { file_name: "a.json" }, b: { file_name: "a.json", formatting: "sharegpt" } };
    const [b, a] = await find(info, { "a.json": [{}] }, ["b", "a"]);
    expect([b!.name, a!.name]).toEqual(["b", "a"]);
    expect(a!.columns).toMatchObject({
      prompt: "instruction",
      query: "input",
      response: "output",
      history: null,
    });
    expect(b!.tags).toMatchObject({ role_tag: "from", user_tag: "human", system_tag: "system" });
  });

  it("has no default columns or tags beside those that an entry names", async () => {
    const info = { rows: { file_name: "a.json", columns: { prompt: "text" }, tags: { role_tag: "role" } } };
    const [rows] = await find(info, { "a.json": [{}] });
    expect(rows!.columns).toMatchObject({ prompt: "text", query: null, response: null, messages: null });
    expect(rows!.tags).toMatchObject({ role_tag: "role", user_tag: null });
  });

  it.each([
    [{ other: { file_name: "a.json" } }, /has no data set "rows"\. It has: other/],
    [{ rows: { file_name: "gone.json" } }, /data set "rows": the file .*gone\.json does not exist/],
    [{ rows: { file_name: 5 } }, /data set "rows": "file_name" is 5/],
    [{ rows: { file_name: "a.json", formatting: "llama" } }, /"formatting" is "llama"/],
    [{ rows: { file_name: "a.json", columns: { prompt: ["x"] } } }, /"columns\.prompt" is \["x"\]/],
    [{ rows: { formatting: "alpaca" } }, /names no "file_name"/],
    [{ rows: { hf_hub_url: "who/what" } }, /lies elsewhere \(who\/what\)\. Download it/],
    ["{ broken", /dataset_info\.json is not valid/],
    ["[1]", /must be an object of data sets by name/],
  ])("names what is wrong with %j", async (info, message) => {
    await expect(find(info, { "a.json": [{}] })).rejects.toThrow(message);
  });

  it("lets one bad entry not spoil the others", async () => {
    const info = { bad: { formatting: 1 }, rows: { file_name: "a.json" } };
    await expect(find(info, { "a.json": [{}] })).resolves.toHaveLength(1);
  });

  it("says which folder to set where there is no dataset_info.json", async () => {
    await expect(findDatasets(["rows"], path.join("nowhere", "data"))).rejects.toThrow(/Set dataset_dir/);
  });

  it("refuses files of other types, naming those that it reads", async () => {
    await expect(find({ rows: { file_name: "a.arrow" } }, { "a.arrow": "x" })).rejects.toThrow(
      /a\.arrow: Tuneboard reads \.json, \.jsonl, \.csv, \.parquet, \.txt files/,
    );
  });
});

describe("readRows", () => {
  it("reads lists, one object, objects per line and folders, and counts from 1", async () => {
    const folder = dataFolder(
      {
        list: { file_name: "a.json" },
        lines: { file_name: "b.jsonl" },
        bare: { file_name: "c.json" },
        dir: { file_name: "d" },
      },
      { "a.json": [{ x: 1 }, { x: 2 }], "b.jsonl": '{"x":1}\n\n{"x":2}\r\n', "c.json": '{"x":1}\n{"x":2}\n' },
    );
    mkdirSync(path.join(folder, "d"));
    writeFileSync(path.join(folder, "d", "1.json"), '[{"x":1}]');
    writeFileSync(path.join(folder, "d", "2.json"), '[{"x":2}]');
    for (const dataset of await findDatasets(["list", "lines", "bare", "dir"], folder)) {
      const rows = await readRows(dataset);
      expect(rows.map((row) => row.value)).toEqual([{ x: 1 }, { x: 2 }]);
      if (dataset.name === "lines") expect(rows.map((row) => row.place.number)).toEqual([1, 3]);
    }
  });

  it("reads no further than asked for", async () => {
    const [rows] = await find({ rows: { file_name: "a.jsonl" } }, { "a.jsonl": '{"x":1}\n{ broken' });
    expect(await readRows(rows!, 1)).toHaveLength(1);
    await expect(readRows(rows!)).rejects.toThrow(/a\.jsonl, line 2\) is not valid JSON/);
  });

  it.each([
    ["[]", /has no rows/],
    ["[1]", /row 1\) is not an object/],
    ["3", /must hold a list of objects/],
    ["[{]", /is not valid JSON/],
  ])("names what is wrong with the file %j", async (text, message) => {
    const [rows] = await find({ rows: { file_name: "a.json" } }, { "a.json": text });
    await expect(readRows(rows!)).rejects.toThrow(message);
  });
});
