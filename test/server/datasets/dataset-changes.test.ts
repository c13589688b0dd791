/** What changes the data folder: uploads, additions, entries, rows, removal, and the way back of each. */
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AddRequest } from "@/server/contract/datasets";
import { DatasetChanges } from "@/server/datasets/dataset-changes";
import { Datasets } from "@/server/datasets/datasets";
import type { DataLimits } from "@/server/datasets/uploads";

const REGISTRY = `{
  // no comments in JSON, but odd layout and unknown keys
  "old":   {"file_name": "old.json", "my_own_key": [1,2]},
  "other": {
    "file_name": "old.json"
  }
}
`.replace(/ *\/\/.*\n/, "");

let home: string;
let datasets: Datasets;
let changes: DatasetChanges;
let limits: DataLimits;
const inData = (name: string) => path.join(home, "data", name);
const registry = () => readFile(inData("dataset_info.json"), "utf8");

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-changes-"));
  await mkdir(path.join(home, "data"));
  await writeFile(inData("dataset_info.json"), REGISTRY);
  await writeFile(
    inData("old.json"),
    '[\n  {"instruction": "a", "output": "b"},\n  {"instruction": "c", "output": "d"},\n  {"instruction": "e", "output": "f"}\n]\n',
  );
  datasets = new Datasets(home);
  limits = { uploadBytes: 1000, diskFloorBytes: 0 };
  changes = new DatasetChanges(datasets, home, () => limits);
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function sent(name: string, text: string): Promise<string> {
  const { id } = await changes.uploads.begin({ name, size: Buffer.byteLength(text), modified: 1 });
  await changes.uploads.receive(id, 0, Readable.from([Buffer.from(text)]));
  return id;
}

async function added(upload: string, change: Partial<AddRequest> = {}) {
  const file = await changes.look({ upload });
  await changes.additions.add(file.id, { name: file.suggested_name, system: "", ...file.guess, ...change });
  for (;;) {
    const progress = changes.additions.progress(file.id);
    if (progress.state !== "running") return progress;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe("an upload", () => {
  it("goes on where it broke off, also under a new beginning", async () => {
    const begun = await changes.uploads.begin({ name: "a.csv", size: 8, modified: 7 });
    const broken = Readable.from(
      (function* () {
        yield Buffer.from("q,a\n");
        throw Object.assign(new Error("gone"), { code: "ECONNRESET" });
      })(),
    );
    await expect(changes.uploads.receive(begun.id, 0, broken)).rejects.toThrow(
      /connection broke while a\.csv/,
    );
    expect(await changes.uploads.begin({ name: "a.csv", size: 8, modified: 7 })).toEqual({
      ...begun,
      received: 4,
    });
    await expect(changes.uploads.whole(begun.id)).rejects.toThrow(/4 of 8 bytes/);
    await expect(changes.uploads.receive(begun.id, 0, Readable.from([]))).rejects.toThrow(/4 bytes are here/);
    await changes.uploads.receive(begun.id, 4, Readable.from([Buffer.from("1,2\n")]));
    expect(await readFile((await changes.uploads.whole(begun.id)).file, "utf8")).toBe("q,a\n1,2\n");
  });

  it("that nobody went on with for a week is forgotten; a later one is not", async () => {
    const old = await changes.uploads.begin({ name: "old.csv", size: 8, modified: 7 });
    const late = await changes.uploads.begin({ name: "late.csv", size: 8, modified: 7 });
    const lastMonth = new Date(Date.now() - 30 * 24 * 3600_000);
    await utimes(path.join(inData(".incoming"), old.id), lastMonth, lastMonth);
    await changes.uploads.forgetOld();
    expect(await readdir(inData(".incoming"))).toEqual([late.id]);
  });

  it("is refused over the limit, for other files, beyond its size, and where the disk would fill up", async () => {
    const begin = (name: string, size: number) => changes.uploads.begin({ name, size, modified: 1 });
    await expect(begin("a.csv", 1001)).rejects.toThrow(/more than the limit of 1 MB/);
    await expect(begin("a.exe", 10)).rejects.toThrow(/not in \.exe/);
    const { id } = await begin("a.csv", 3);
    await expect(changes.uploads.receive(id, 0, Readable.from([Buffer.from("long")]))).rejects.toThrow(
      /longer than the 3 bytes/,
    );
    await expect(begin("nothing.csv", 0)).rejects.toThrow(/nothing\.csv is empty/);
    limits.diskFloorBytes = 1e18;
    await expect(begin("b.csv", 10)).rejects.toThrow(/that must stay free/);
  });

  it("never leaves the data folder, whatever its name says", async () => {
    const id = await sent("../../../evil.csv", "q,a\n1,2\n");
    const { file, name } = await changes.uploads.whole(id);
    expect(name).toBe("evil.csv");
    expect(path.relative(inData(""), file)).toMatch(/^\.incoming[\\/][0-9a-f]{24}[\\/]rows\.csv$/);
    await expect(changes.uploads.status("../x")).rejects.toThrow(/no such upload/);
  });
});

describe("adding a file", () => {
  it("converts a table, registers it beside the others, and can be undone", async () => {
    const addition = await added(
      await sent("FAQ (new).csv", 'Question;Answer\n"Why; so?";Because\nNo answer;\n'),
    );
    expect(addition).toMatchObject({
      state: "done",
      name: "FAQ_new",
      skipped: 1,
      first_skipped: [{ row: 1, message: '"Answer" is empty' }],
    });
    expect(await readFile(inData("FAQ_new.jsonl"), "utf8")).toBe(
      '{"instruction":"Why; so?","input":"","output":"Because"}\n',
    );
    // Others keep their keys and their layout.
    expect(await registry()).toContain('"old":   {"file_name": "old.json", "my_own_key": [1,2]}');
    expect((await datasets.list()).items.at(-1)).toMatchObject({ name: "FAQ_new", rows: 1, problem: null });
    expect(existsSync(inData(".incoming"))).toBe(true);
    expect(await readdir(inData(".incoming"))).toEqual([]);
    await changes.undo(addition.undo!);
    expect(JSON.parse(await registry())).toEqual(JSON.parse(REGISTRY));
    expect(existsSync(inData("FAQ_new.jsonl"))).toBe(false);
    await expect(changes.undo(addition.undo!)).rejects.toThrow(/can no longer be undone/);
  });

  it("takes a file by its path and leaves that one where it is", async () => {
    const file = path.join(home, "mine.jsonl");
    await writeFile(
      file,
      '{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n',
    );
    const look = await changes.look({ path: file });
    expect(look).toMatchObject({ name: "mine.jsonl", columns: ["messages"], guess: { preset: "openai" } });
    await changes.additions.add(look.id, { name: "mine", system: "", ...look.guess });
    await expect.poll(() => changes.additions.progress(look.id).state).toBe("done");
    expect(existsSync(file)).toBe(true);
    expect((await datasets.list()).items.at(-1)).toMatchObject({
      name: "mine",
      rows: 1,
      problem: null,
      shape: "sharegpt",
    });
  });

  it("never overwrites: names in use are refused or counted on", async () => {
    const upload = await sent("old.json", '[{"instruction":"x","output":"y"}]');
    const look = await changes.look({ upload });
    expect(look.suggested_name).toBe("old_2");
    await expect(changes.additions.add(look.id, { name: "old", system: "", ...look.guess })).rejects.toThrow(
      /dataset named old already\. old_2 is free/,
    );
    await writeFile(inData("old_2.json"), "somebody's");
    expect((await added(upload)).state).toBe("done");
    expect(await readFile(inData("old_2.json"), "utf8")).toBe("somebody's");
    expect(JSON.parse(await registry())).toMatchObject({ old_2: { file_name: "old_2_2.json" } });
  });

  it("fails in words, and leaves nothing behind, where no row can be used", async () => {
    const addition = await added(await sent("a.csv", "q,a\nx,\n"));
    expect(addition).toMatchObject({
      state: "failed",
      error: expect.stringMatching(/No row of a\.csv can be used.*"a" is empty/),
    });
    expect((await readdir(inData(""))).sort()).toEqual([".incoming", "dataset_info.json", "old.json"]);
  });

  it("asks for a mapping that is whole and names columns that are there", async () => {
    const { id, guess } = await changes.look({ upload: await sent("a.csv", "q,a\nx,y\n") });
    const ask = (mapping: Record<string, string>) =>
      changes.additions.add(id, { name: "n", system: "", preset: guess.preset, mapping });
    await expect(ask({ prompt: "q" })).rejects.toThrow(/say which column is its response/);
    await expect(ask({ prompt: "q", response: "z" })).rejects.toThrow(/no column z; it has q, a/);
  });

  it("converts a reasoning set of 2,000 rows as LLaMA-Factory reads it", async () => {
    limits.uploadBytes = 1e9;
    const rows = Array.from({ length: 2000 }, (_, i) => ({
      Question: `q${i}`,
      Complex_CoT: `c${i}`,
      Response: `r${i}`,
    }));
    expect(await added(await sent("med.json", JSON.stringify(rows)))).toMatchObject({
      state: "done",
      rows_done: 2000,
      skipped: 0,
    });
    const { items, total } = await datasets.rows("med", 1999, 1);
    expect(total).toBe(2000);
    expect(items[0]).toMatchObject({
      conversations: [
        { from: "human", value: "q1999" },
        { from: "gpt", value: "<think>c1999</think> r1999" },
      ],
    });
  });
});

describe("several files at once", () => {
  const shards = async (...texts: string[]) => {
    const files = [];
    for (const [i, text] of texts.entries())
      files.push(await changes.look({ upload: await sent(`part-${i}.csv`, text) }));
    return files;
  };
  async function together(files: Awaited<ReturnType<typeof shards>>, name: string) {
    const { id, guess } = files[0]!;
    await changes.additions.add(id, {
      name,
      system: "",
      ...guess,
      also: files.slice(1).map((file) => file.id),
    });
    await expect.poll(() => changes.additions.progress(id).state).not.toBe("running");
    return changes.additions.progress(id);
  }

  it("become one dataset, a folder that LLaMA-Factory reads file by file, and can be undone", async () => {
    const files = await shards("q,a\nwho,me\n", "q,a\nwhere,here\nempty,\n");
    const done = await together(files, "faq");
    expect(done).toMatchObject({ state: "done", rows_done: 3, skipped: 1, share: 1 });
    expect(done.first_skipped).toEqual([{ row: 1, message: 'part-1.csv: "a" is empty', place: null }]);
    expect(JSON.parse(await registry())).toMatchObject({ faq: { file_name: "faq" } });
    expect(await readdir(inData("faq"))).toEqual(["part-0.jsonl", "part-1.jsonl"]);
    expect((await datasets.rows("faq", 0, 10)).items).toHaveLength(2);
    expect(await readdir(inData(".incoming")).catch(() => [])).toEqual([]);
    await changes.undo(done.undo!);
    expect(existsSync(inData("faq"))).toBe(false);
    expect(JSON.parse(await registry())).not.toHaveProperty("faq");
  });

  it("of one name keep their rows apart, and files with other columns are refused", async () => {
    await mkdir(path.join(home, "a"));
    await mkdir(path.join(home, "b"));
    const row = (n: number) => `[{"instruction": "${n}", "output": "x"}]`;
    await writeFile(path.join(home, "a", "rows.json"), row(1));
    await writeFile(path.join(home, "b", "rows.json"), row(2));
    const files = [await changes.look({ path: "a/rows.json" }), await changes.look({ path: "b/rows.json" })];
    expect(await together(files, "both")).toMatchObject({ state: "done" });
    expect(await readdir(inData("both"))).toEqual(["rows.json", "rows_2.json"]);
    const [other] = await shards("frage,antwort\nx,y\n");
    await expect(together([files[0]!, other!], "mixed")).rejects.toThrow(/rows\.json have other columns/);
  });

  it("are found in a folder that is named, without what holds no rows", async () => {
    await mkdir(path.join(home, "shards"));
    for (const name of ["b.jsonl", "a.jsonl", "README.md", "dataset_info.json"])
      await writeFile(path.join(home, "shards", name), "{}");
    expect(await changes.rowFiles("shards")).toEqual(
      ["a.jsonl", "b.jsonl"].map((name) => path.join(home, "shards", name)),
    );
    expect(await changes.rowFiles("shards/b.jsonl")).toEqual([path.join(home, "shards", "b.jsonl")]);
    await expect(changes.rowFiles("nowhere")).rejects.toThrow(/nowhere is missing/);
    await mkdir(path.join(home, "empty"));
    await expect(changes.rowFiles("empty")).rejects.toThrow(/holds no file that ends in \.json/);
  });
});

describe("an entry", () => {
  it("gets other columns; its own keys stay, and it can be undone", async () => {
    const { undo } = await changes.changeEntry("old", {
      columns: { prompt: "output", response: "instruction" },
    });
    expect(JSON.parse(await registry())).toMatchObject({
      old: {
        file_name: "old.json",
        my_own_key: [1, 2],
        columns: { prompt: "output", response: "instruction" },
      },
    });
    await expect(changes.changeEntry("old", { formatting: "other" })).rejects.toThrow(/old: formatting/);
    await changes.undo(undo);
    expect(await registry()).toBe(REGISTRY);
  });

  it("is removed alone or with its file, which is said first and can be brought back", async () => {
    expect(await changes.remove("old", { files: true, dry: true })).toEqual({
      removed: [],
      kept: [{ name: "old.json", used_by: ["other"] }],
      undo: null,
    });
    await changes.remove("other", { files: false, dry: false });
    expect(await changes.remove("old", { files: true, dry: true })).toMatchObject({
      removed: [{ name: "old.json", bytes: 120 }],
    });
    const { undo } = await changes.remove("old", { files: true, dry: false });
    expect(JSON.parse(await registry())).toEqual({});
    expect(existsSync(inData("old.json"))).toBe(false);
    await changes.undo(undo!);
    expect((await datasets.rows("old", 0, 1)).total).toBe(3);
    expect(existsSync(inData(".removed"))).toBe(false);
  });

  it("outside the data folder loses its entry, never its file", async () => {
    const outside = path.join(home, "outside.json");
    await writeFile(outside, "[]");
    await datasets.registry().change({ far: { file_name: "../outside.json" } });
    expect((await changes.remove("far", { files: true, dry: false })).removed).toEqual([]);
    expect(existsSync(outside)).toBe(true);
  });
});

describe("rows", () => {
  it("are changed and deleted where they stand, all other bytes kept", async () => {
    const { undo } = await changes.editRows("old", {
      of: 3,
      edits: [
        { row: 0, value: null },
        { row: 2, value: { instruction: "E", output: "F" } },
      ],
    });
    expect((await datasets.rows("old", 0, 9)).items).toEqual([
      { instruction: "c", output: "d" },
      { instruction: "E", output: "F" },
    ]);
    expect(await readFile(inData("old.json"), "utf8")).toContain('{"instruction": "c", "output": "d"},\n');
    await changes.undo(undo);
    expect((await datasets.rows("old", 0, 9)).total).toBe(3);
  });

  it.each([
    ["first", [0], ["c", "e"]],
    ["last", [2], ["a", "c"]],
    ["last two", [1, 2], ["a"]],
    ["all", [0, 1, 2], []],
  ])("of a list: the %s can go", async (_which, gone, left) => {
    await changes.editRows("old", { of: 3, edits: gone.map((row) => ({ row, value: null })) });
    const text = await readFile(inData("old.json"), "utf8");
    expect((JSON.parse(text) as { instruction: string }[]).map((row) => row.instruction)).toEqual(left);
  });

  it("of a .jsonl file go with their line; a file that has changed is left alone", async () => {
    await writeFile(inData("l.jsonl"), '{"text":"a"}\n\n{"text":"b"}\n{"text":"c"}');
    await changes.register("l", { file_name: "l.jsonl", columns: { prompt: "text" } });
    await changes.editRows("l", {
      of: 3,
      edits: [
        { row: 1, value: null },
        { row: 2, value: { text: "C" } },
      ],
    });
    expect(await readFile(inData("l.jsonl"), "utf8")).toBe('{"text":"a"}\n\n{"text":"C"}');
    await expect(changes.editRows("l", { of: 3, edits: [{ row: 0, value: null }] })).rejects.toThrow(
      /it has 2 rows now, not 3/,
    );
  });
});

describe("dataset_info.json that is broken", () => {
  it("is located, comes with a repair, and the repair can be undone", async () => {
    const broken = '{\n  "a": {"file_name": "old.json",}\n  "b": {"file_name": "old.json"}\n}\n';
    await writeFile(inData("dataset_info.json"), broken);
    const text = await datasets.registry().text();
    expect(text.problem).toEqual({
      message: "not valid JSON: a name in quotes is expected",
      place: { line: 2, column: 33 },
    });
    expect(JSON.parse(text.repaired!)).toEqual({
      a: { file_name: "old.json" },
      b: { file_name: "old.json" },
    });
    await expect(changes.replaceRegistry("[")).rejects.toThrow(/line 1, column 2/);
    await expect(changes.register("c", { file_name: "old.json" })).rejects.toThrow(/line 2, column 33/);
    const { undo } = await changes.replaceRegistry(text.repaired!);
    expect((await datasets.list()).items).toHaveLength(2);
    await changes.undo(undo);
    expect(await registry()).toBe(broken);
  });
});

describe("the identity dataset", () => {
  it("says name and author in the languages asked for, and claims no size", async () => {
    await changes.addIdentity({
      dataset: "me",
      name: "Ada $1",
      author: "a small language model lab",
      languages: ["zh"],
    });
    const { items } = await datasets.rows("me", 0, 100);
    const outputs = items.map((row) => (row as { output: string }).output);
    expect(outputs.length).toBeGreaterThan(15);
    expect(outputs.filter((output) => /\p{Script=Han}/u.test(output))).toHaveLength(outputs.length);
    expect(outputs).toContain("我叫 Ada $1。");
    expect(outputs).toContain("我是 Ada $1，一个由 a small language model lab 开发的语言模型。");
    await expect(
      changes.addIdentity({ dataset: "me", name: "B", author: "C", languages: ["en"] }),
    ).rejects.toThrow(/me_2 is free/);
  });
});

describe("rows that are added", () => {
  const row = { instruction: "g", output: "h" };

  it("stand behind the others, laid out like them, and can be taken back", async () => {
    const before = await readFile(inData("old.json"), "utf8");
    const { undo } = await changes.addRows("old", { rows: [row, row] });
    const after = await readFile(inData("old.json"), "utf8");
    expect(after.startsWith(before.slice(0, before.lastIndexOf("}") + 1))).toBe(true);
    expect(JSON.parse(after)).toHaveLength(5);
    expect(after.split("\n").at(-4)).toMatch(/^ {2}\}?,?/);
    await changes.undo(undo);
    expect(await readFile(inData("old.json"), "utf8")).toBe(before);
  });

  it("end with whole lines in .jsonl, whether or not the last one was", async () => {
    await writeFile(inData("l.jsonl"), '{"instruction":"a","output":"b"}');
    await writeFile(inData("dataset_info.json"), '{"l":{"file_name":"l.jsonl"}}');
    await changes.addRows("l", { rows: [row] });
    await changes.addRows("l", { rows: [row] });
    const lines = (await readFile(inData("l.jsonl"), "utf8")).split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[3]).toBe("");
    expect(JSON.parse(lines[2]!)).toEqual(row);
  });

  it("make a new dataset where an entry says what they are, wherever that entry would have its file", async () => {
    const { undo } = await changes.addRows("new", {
      rows: [{ messages: [] }],
      entry: { formatting: "sharegpt", columns: { messages: "messages" }, file_name: "../elsewhere.json" },
    });
    const entry = (JSON.parse(await registry()) as Record<string, unknown>)["new"];
    expect(entry).toEqual({
      file_name: "new.json",
      formatting: "sharegpt",
      columns: { messages: "messages" },
    });
    await changes.undo(undo);
    expect(existsSync(inData("new.json"))).toBe(false);
    await expect(changes.addRows("nobody", { rows: [row] })).rejects.toThrow(/nobody/);
  });
});
