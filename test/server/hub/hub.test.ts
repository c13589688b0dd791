/** Downloads from a local hub, over both hubs' paths: what arrives, what goes wrong on the way, and what is told of it. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Download, DownloadHub } from "@/server/contract/hub";
import { Hub, type HubOptions } from "@/server/hub/hub";
import { startLocalHub, type LocalHub } from "./local-hub";

const TOKEN = "hf_secretsecretsecret";
const MB = 1024 * 1024;

let local: LocalHub;
let home: string;
let hub: Hub;
let registered: string[];
let environment: Record<string, string>;

function openHub(change: Partial<HubOptions> = {}): Hub {
  let kept = { hub: "huggingface" as const, hf_endpoint: null };
  return new Hub({
    home,
    environment,
    settings: {
      read: () => kept,
      write: (next) => {
        kept = { ...kept, ...next } as typeof kept;
        return Promise.resolve();
      },
    },
    readConfig: (text) => ({ family: (JSON.parse(text) as { model_type: string }).model_type, shape: null }),
    onDataset: ({ id }) => {
      registered.push(id);
      return Promise.resolve(["registered"]);
    },
    patienceMs: 5,
    freeBytes: () => Promise.resolve(1e12),
    ...change,
  });
}

function bytes(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) % 251));
}

const weights = bytes(3 * MB);
const modelFiles = () => ({
  "config.json": JSON.stringify({ model_type: "qwen2" }),
  "tokenizer.json": "{}",
  "tokenizer_config.json": "{}",
  "model.safetensors": { content: weights, lfs: true },
  "pytorch_model.bin": bytes(100),
  "modeling_qwen.py": "print(1)",
  "model.gguf": bytes(10),
  "images/logo.png": bytes(10),
});

beforeEach(async () => {
  local = await startLocalHub();
  home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-hub-"));
  registered = [];
  environment = { HF_ENDPOINT: `${local.url}/`, MODELSCOPE_ENDPOINT: local.url };
  local.models.set("org/tiny", { files: modelFiles(), license: "apache-2.0" });
  hub = openHub();
});
afterEach(async () => {
  await hub.close();
  await local.close();
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
});

async function until(key: string, ...states: Download["state"][]): Promise<Download> {
  const deadline = Date.now() + 45_000;
  for (;;) {
    const found = hub.list().find(({ id }) => id === key);
    if (found && states.includes(found.state)) return found;
    if (Date.now() > deadline)
      throw new Error(`${key} is ${found?.state}, not ${states.join(" or ")}: ${found?.error?.message}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const KEY = "model--org--tiny";
const start = (change: Partial<Parameters<Hub["start"]>[0]> = {}) =>
  hub.start({ kind: "model", id: "org/tiny", ...change });
const there = (...name: string[]) => path.join(home, "models", "org", "tiny", ...name);
const files = async (folder: string) => (await readdir(folder).catch(() => [])).sort();

describe.each<DownloadHub>(["huggingface", "modelscope"])("from %s", (name) => {
  it("shows size, license and what stays before anything is downloaded", async () => {
    const preview = await hub.preview({ hub: name, kind: "model", id: "org/tiny" });
    expect(preview.files.map((file) => file.path).sort()).toEqual([
      "config.json",
      "model.safetensors",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    expect(preview).toMatchObject({
      bytes: 3 * MB + 2 + 2 + 22,
      license: "apache-2.0",
      family: "qwen2",
      target: "models/org/tiny",
      exists: false,
      problem: null,
    });
    expect(Object.fromEntries(preview.skipped.map((file) => [file.path, file.reason]))).toEqual({
      "pytorch_model.bin": "pickle",
      "modeling_qwen.py": "code",
      "model.gguf": "other_format",
      "images/logo.png": "not_needed",
    });
    expect(await files(path.join(home, "models"))).toEqual([]);
  });

  it("downloads a model whole, checked and in place", async () => {
    await start({ hub: name });
    const done = await until(KEY, "finished");
    expect(done).toMatchObject({ done_bytes: done.total_bytes, target: "models/org/tiny", error: null });
    expect(await files(there())).toEqual([
      "config.json",
      "model.safetensors",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    expect((await readFile(there("model.safetensors"))).equals(weights)).toBe(true);
    expect(await files(path.join(home, "models", ".downloads"))).toEqual([]);
  });

  it("goes on from where a broken connection stopped", async () => {
    local.trouble.breakAfter = { bytes: MB, times: 2 };
    await start({ hub: name });
    await until(KEY, "finished");
    expect((await readFile(there("model.safetensors"))).equals(weights)).toBe(true);
    const ranges = local.seen.map(({ range }) => range).filter((range) => range !== null);
    expect(ranges.length).toBeGreaterThan(0);
    expect(ranges.every((range) => Number(/\d+/.exec(range)![0]) > 0)).toBe(true);
  });

  it("downloads and hands on a dataset of several pages, without its scripts", async () => {
    const parts = Object.fromEntries(
      Array.from({ length: 205 }, (_, i) => [
        `data/part-${String(i).padStart(3, "0")}.jsonl`,
        `{"text":"${i}"}\n`,
      ]),
    );
    local.datasets.set("org/rows", { files: { ...parts, "loader.py": "x", "README.md": "# Rows" } });
    await hub.start({ hub: name, kind: "dataset", id: "org/rows" });
    const done = await until("dataset--org--rows", "finished");
    expect(done.datasets).toEqual(["registered"]);
    expect(registered).toEqual(["org/rows"]);
    expect(await files(path.join(home, "data", "org", "rows"))).toEqual(["README.md", "data"]);
    expect((await files(path.join(home, "data", "org", "rows", "data"))).length).toBe(205);
  });

  it("shows the token to the hub and to nobody else, and to the page never", async () => {
    local.models.set("org/closed", { files: modelFiles(), token: TOKEN });
    await hub.update({ token: { hub: name, value: TOKEN } });
    await hub.start({ hub: name, kind: "model", id: "org/closed" });
    await until("model--org--closed", "finished");
    const tokens = (host: string) =>
      new Set(local.seen.filter((each) => each.host === host).map(({ token }) => token));
    expect(tokens("hub")).toEqual(new Set([TOKEN]));
    if (name === "huggingface") expect(tokens("cdn")).toEqual(new Set([null]));
    expect(JSON.stringify([hub.list(), hub.settings()])).not.toContain(TOKEN);
    expect(hub.settings().tokens[name]).toBe(true);
  });

  it.each<[string, () => void, RegExp]>([
    ["a missing repository", () => local.models.delete("org/tiny"), /has no model org\/tiny.*spelling/],
    [
      "a private one without a token",
      () => local.models.set("org/tiny", { files: {}, token: TOKEN }),
      /wants a token for org\/tiny/,
    ],
    [
      "a gated one",
      () => local.models.set("org/tiny", { files: {}, gated: true }),
      /gated.*accept its terms/,
    ],
  ])("says what to do about %s", async (_what, prepare, words) => {
    prepare();
    await expect(hub.preview({ hub: name, kind: "model", id: "org/tiny" })).rejects.toThrow(words);
    await expect(start({ hub: name })).rejects.toThrow(words);
  });

  it("says that there is no network", async () => {
    await local.close();
    await expect(hub.preview({ hub: name, kind: "model", id: "org/tiny" })).rejects.toThrow(
      /cannot be reached/,
    );
    local = await startLocalHub();
  });
});

describe("a download", () => {
  it("is not offered as a model before it is whole", async () => {
    local.trouble.slow = 64 * 1024;
    await start();
    await until(KEY, "running");
    await expect(stat(there())).rejects.toThrow(/ENOENT/);
    expect((await files(path.join(home, "models"))).filter((name) => !name.startsWith("."))).toEqual([]);
  });

  it("tells how far it is, how fast and how long still", async () => {
    local.trouble.slow = 96 * 1024;
    await start();
    const deadline = Date.now() + 10_000;
    let seen = hub.list()[0]!;
    while (seen.seconds_left === null && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen = hub.list()[0]!;
    }
    expect(seen.bytes_per_second).toBeGreaterThan(10_000);
    expect(seen.seconds_left).toBeGreaterThan(0);
    expect(seen.done_bytes).toBeLessThan(seen.total_bytes);
    expect(seen.files.find((file) => file.path === "model.safetensors")?.state).toBe("running");
    await until(KEY, "finished");
  });

  it("goes on after the console was killed, from the bytes that came", async () => {
    local.trouble.slow = 128 * 1024;
    await start();
    while (hub.list()[0]!.done_bytes < MB) await new Promise((resolve) => setTimeout(resolve, 5));
    await hub.close();
    local.trouble.slow = undefined;
    local.seen.length = 0;
    hub = openHub();
    hub.recover();
    await until(KEY, "finished");
    expect((await readFile(there("model.safetensors"))).equals(weights)).toBe(true);
    const range = local.seen.find(({ path: asked }) => asked.includes("model.safetensors"))?.range;
    // What was on its way to the disk when the console went is fetched again.
    expect(Number(/\d+/.exec(range ?? "")?.[0])).toBeGreaterThan(MB / 2);
  });

  it("waits after a pause, across a restart, until it is resumed", async () => {
    local.trouble.slow = 64 * 1024;
    await start();
    while (hub.list()[0]!.done_bytes < MB / 2) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await hub.pause(KEY)).state).toBe("paused");
    const { done_bytes } = hub.list()[0]!;
    await hub.close();
    hub = openHub();
    hub.recover();
    expect(hub.list()[0]).toMatchObject({ state: "paused" });
    expect(hub.list()[0]!.done_bytes).toBeGreaterThanOrEqual(done_bytes);
    local.trouble.slow = undefined;
    hub.resume(KEY);
    await until(KEY, "finished");
  });

  it("leaves nothing behind when it is cancelled", async () => {
    local.trouble.slow = 64 * 1024;
    await start();
    while (hub.list()[0]!.done_bytes < MB / 2) await new Promise((resolve) => setTimeout(resolve, 5));
    const { removed } = await hub.cancel(KEY);
    expect(removed).toBeGreaterThan(0);
    expect(hub.list()).toEqual([]);
    expect(await files(path.join(home, "models", ".downloads"))).toEqual([]);
    await expect(stat(there())).rejects.toThrow(/ENOENT/);
  });

  it("is not begun twice", async () => {
    local.trouble.slow = 64 * 1024;
    await start();
    await expect(start()).rejects.toThrow(/being downloaded already/);
  });

  it("fetches a file again whose checksum is wrong, and gives up the second time", async () => {
    local.trouble.corrupt = { path: "model.safetensors", times: 1 };
    await start();
    await until(KEY, "finished");
    expect((await readFile(there("model.safetensors"))).equals(weights)).toBe(true);

    local.models.set("org/bad", { files: modelFiles() });
    local.trouble.corrupt = { path: "config.json", times: 2 };
    await hub.start({ kind: "model", id: "org/bad" });
    const failed = await until("model--org--bad", "failed");
    expect(failed.error?.message).toMatch(/config\.json does not have the checksum/);
    await expect(stat(path.join(home, "models", "org", "bad"))).rejects.toThrow(/ENOENT/);
  });

  it("starts a file again where the server knows no ranges", async () => {
    local.trouble.ignoreRanges = true;
    local.trouble.breakAfter = { bytes: MB, times: 1 };
    await start();
    await until(KEY, "finished");
    expect((await readFile(there("model.safetensors"))).equals(weights)).toBe(true);
  });

  it.each([429, 503])("waits out an answer of %i", async (status) => {
    local.trouble.answer = { status, times: 2, retryAfter: "0" };
    await start();
    expect((await until(KEY, "finished")).error).toBeNull();
  });

  it("gives up on a line that breaks again and again without a new byte, and keeps what came", async () => {
    local.trouble.answer = { status: 503, times: 1000 };
    await start();
    const failed = await until(KEY, "failed");
    expect(failed.error).toMatchObject({ code: "engine_failed" });
    expect(failed.error?.message).toMatch(/answers 503/);
    local.trouble.answer = undefined;
    hub.resume(KEY);
    await until(KEY, "finished");
  });

  it("does not fill the disk", async () => {
    hub = openHub({ freeBytes: () => Promise.resolve(1_000_000_000) });
    await start();
    const failed = await until(KEY, "failed");
    expect(failed.error).toMatchObject({ code: "disk_full" });
    expect(failed.error?.message).toMatch(/must stay free/);
  });

  it("takes from a folder what is right there already, and mends what is missing or different", async () => {
    await mkdir(there(), { recursive: true });
    await writeFile(there("model.safetensors"), weights);
    await writeFile(there("config.json"), JSON.stringify({ model_type: "qwen9" }));
    await writeFile(there("mine.txt"), "mine");
    await start();
    await until(KEY, "finished");
    expect(local.seen.some(({ path: asked }) => asked.includes("model.safetensors"))).toBe(false);
    expect(JSON.parse(await readFile(there("config.json"), "utf8"))).toEqual({ model_type: "qwen2" });
    expect(await readFile(there("tokenizer.json"), "utf8")).toBe("{}");
    expect(await readFile(there("mine.txt"), "utf8")).toBe("mine");
  });

  it("takes only the files that were asked for, and no path that leads out", async () => {
    local.models.set("org/sly", {
      files: { ...modelFiles(), "../../evil.json": "x", "a\\b.json": "x", "C:/x.json": "x" },
    });
    const preview = await hub.preview({ kind: "model", id: "org/sly" });
    expect(preview.files.map((file) => file.path).filter((name) => /evil|\\|:/.test(name))).toEqual([]);
    await start({ files: ["config.json", "model.safetensors"] });
    await until(KEY, "finished");
    expect(await files(there())).toEqual(["config.json", "model.safetensors"]);
    await expect(start({ files: ["config.json"] })).rejects.toThrow(/no weights in safetensors|pickled/);
  });

  it("refuses a repository that has pickles only", async () => {
    local.models.set("org/old", {
      files: { "config.json": '{"model_type":"x"}', "pytorch_model.bin": bytes(9) },
    });
    const preview = await hub.preview({ kind: "model", id: "org/old" });
    expect(preview.problem).toMatch(/pickled weights only/);
    await expect(hub.start({ kind: "model", id: "org/old" })).rejects.toThrow(/never downloaded/);
  });
});

describe("settings", () => {
  it("keep a token in a file that only its owner reads, and forget it", async () => {
    await hub.update({ token: { hub: "huggingface", value: TOKEN } });
    const file = path.join(home, "hub-tokens.json");
    if (process.platform !== "win32") expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(hub.redact(`Bearer ${TOKEN} failed`)).toBe("Bearer [token] failed");
    await hub.update({ token: { hub: "huggingface", value: null } });
    expect(hub.settings().tokens.huggingface).toBe(false);
    await expect(stat(file)).rejects.toThrow(/ENOENT/);
  });

  it("put a mirror set by hand before the environment's", async () => {
    expect(hub.settings().endpoints.huggingface).toBe(local.url);
    await hub.update({ hf_endpoint: "https://mirror.example/" });
    expect(hub.settings().endpoints.huggingface).toBe("https://mirror.example");
    expect(hub.engineEnvironment()).toEqual({ HF_ENDPOINT: "https://mirror.example" });
  });

  it("tell LLaMA-Factory which hub was chosen, and say that openMind is its own", async () => {
    await hub.update({ hub: "modelscope" });
    expect(hub.engineEnvironment()).toMatchObject({ USE_MODELSCOPE_HUB: "1" });
    await hub.update({ hub: "openmind" });
    expect(hub.engineEnvironment()).toMatchObject({ USE_OPENMIND_HUB: "1" });
    await expect(hub.preview({ kind: "model", id: "org/tiny" })).rejects.toThrow(/its own Python library/);
  });
});
