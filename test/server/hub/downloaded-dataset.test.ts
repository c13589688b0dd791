/** A dataset from a hub, over the console's own API: it arrives, and dataset_info.json knows it. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Download } from "@/server/contract/hub";
import { makeHome, openConsole, removeHome, type TestConsole } from "../console/test-console";
import { startLocalHub, type LocalHub } from "./local-hub";

let hub: LocalHub;
let home: string;
let tuneboard: TestConsole;

beforeEach(async () => {
  hub = await startLocalHub();
  home = await makeHome();
  tuneboard = await openConsole(home);
  await tuneboard.api("/api/hub", { method: "PUT", body: { hf_endpoint: hub.url } });
});
afterEach(async () => {
  await tuneboard.close();
  await hub.close();
  await removeHome(home);
});

async function download(id: string): Promise<Download> {
  await tuneboard.api("/api/downloads", { method: "POST", body: { kind: "dataset", id } });
  const deadline = Date.now() + 30_000;
  for (;;) {
    const { items } = (await tuneboard.api<{ items: Download[] }>("/api/downloads")).body;
    const found = items.find(({ repo }) => repo === id);
    if (found && ["finished", "failed"].includes(found.state)) return found;
    if (Date.now() > deadline) throw new Error(`${id} is ${found?.state}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const registry = async () =>
  JSON.parse(await readFile(path.join(home, "data", "dataset_info.json"), "utf8")) as Record<string, unknown>;

it("registers the training rows as they lie, with their columns", async () => {
  const rows = [{ instruction: "Say hello.", input: "", output: "Hello." }];
  hub.datasets.set("org/greetings-set", {
    files: { "README.md": "# x", "train.json": JSON.stringify(rows), "test.json": JSON.stringify(rows) },
  });
  expect(await download("org/greetings-set")).toMatchObject({
    state: "finished",
    datasets: ["greetings-set", "greetings-set_test"],
  });
  const entries = await registry();
  expect(entries).toMatchObject({
    "greetings-set": { file_name: "org/greetings-set/train.json" },
    "greetings-set_test": { file_name: "org/greetings-set/test.json" },
  });
  // Once more: the same entries, not others beside them.
  expect(await download("org/greetings-set")).toMatchObject({
    datasets: ["greetings-set", "greetings-set_test"],
  });
  expect(await registry()).toEqual(entries);
});

it("converts what LLaMA-Factory could not read as it is", async () => {
  const row = { Question: "Why?", Complex_CoT: "Think.", Response: "Because." };
  hub.datasets.set("org/reasons", { files: { "data/train.jsonl": `${JSON.stringify(row)}\n` } });
  expect(await download("org/reasons")).toMatchObject({ state: "finished", datasets: ["reasons"] });
  expect((await registry())["reasons"]).toMatchObject({ formatting: "sharegpt" });
});

it("registers every configuration of the card, and each split as one dataset however many files it has", async () => {
  const row = (n: number) => `${JSON.stringify({ instruction: `${n}?`, output: `${n}.` })}\n`;
  const card = `---
configs:
- config_name: en
  data_files:
  - {split: train, path: rows/en-*.jsonl}
  - {split: test, path: rows/held.jsonl}
- {config_name: zh, data_files: zh.jsonl}
---
# x
`;
  hub.datasets.set("org/two-tongues", {
    files: {
      "README.md": card,
      "rows/en-0.jsonl": row(1),
      "rows/en-1.jsonl": row(2),
      "rows/held.jsonl": row(3),
      "zh.jsonl": row(4),
    },
  });
  expect(await download("org/two-tongues")).toMatchObject({
    state: "finished",
    datasets: ["two-tongues_en", "two-tongues_zh", "two-tongues_en_test"],
  });
  expect(await registry()).toMatchObject({
    "two-tongues_en": { file_name: "org/two-tongues/split-en-train" },
    "two-tongues_zh": { file_name: "org/two-tongues/zh.jsonl" },
    "two-tongues_en_test": { file_name: "org/two-tongues/rows/held.jsonl" },
  });
  const { items } = (
    await tuneboard.api<{ items: { output: string }[] }>("/api/datasets/two-tongues_en/rows")
  ).body;
  expect(items.map(({ output }) => output)).toEqual(["1.", "2."]);
});

it("converts the files of a split into one dataset", async () => {
  const row = (n: number) =>
    `${JSON.stringify({ Question: `${n}?`, Complex_CoT: "Think.", Response: `${n}.` })}\n`;
  hub.datasets.set("org/many-reasons", {
    files: { "data/train-00000-of-00002.jsonl": row(1), "data/train-00001-of-00002.jsonl": row(2) },
  });
  expect(await download("org/many-reasons")).toMatchObject({ state: "finished", datasets: ["many-reasons"] });
  const page = (await tuneboard.api<{ total: number }>("/api/datasets/many-reasons/rows")).body;
  expect(page.total).toBe(2);
});
