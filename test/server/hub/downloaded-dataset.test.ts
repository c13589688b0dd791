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
  expect(await download("org/greetings-set")).toMatchObject({ state: "finished", dataset: "greetings-set" });
  expect((await registry())["greetings-set"]).toEqual({ file_name: "org/greetings-set/train.json" });
});

it("converts what LLaMA-Factory could not read as it is", async () => {
  const row = { Question: "Why?", Complex_CoT: "Think.", Response: "Because." };
  hub.datasets.set("org/reasons", { files: { "data/train.jsonl": `${JSON.stringify(row)}\n` } });
  expect(await download("org/reasons")).toMatchObject({ state: "finished", dataset: "reasons" });
  expect((await registry())["reasons"]).toMatchObject({ formatting: "sharegpt" });
});
