/** Chat over HTTP with a stand-in for the model server: shared bases, adapters, streams, stops, failures, memory. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Chat } from "@/server/chat/chat";
import type { ChatRunSource } from "@/server/chat/chat-targets";
import { Endpoints } from "@/server/chat/endpoints";
import { ServerPool, type ServerPoolOptions } from "@/server/chat/server-pool";
import { chatRequestSchema, type ChatRequest } from "@/server/contract/chat";
import type { Engine } from "@/server/engines/engine";
import { processIdentity } from "@/server/processes/process-identity";
import { makeHome, removeHome, scriptedEngine } from "../console/test-console";

let home: string;
let pool: ServerPool;
let weightsVersion: string;
const standIn = path.join(import.meta.dirname, "stand-in-model-server.mjs");

const source = (name: string) => ({
  name,
  folder: path.join(home, "models", name),
  detail: "1M",
  template: "chatml",
  engine: "embedded" as const,
});
const run = (id: string, change: Partial<ChatRunSource> = {}): ChatRunSource => ({
  id,
  name: `run ${id}`,
  folder: path.join(home, "saves", id),
  detail: "lora r8",
  template: "chatml",
  baseFolder: path.join(home, "models", "tiny"),
  kind: "adapter",
  saved: [
    { name: "", step: null },
    { name: "checkpoint-10", step: 10 },
    { name: "checkpoint-20", step: 20 },
  ],
  createdAt: id,
  engine: "embedded",
  ...change,
});

function openChat(
  options: Partial<ServerPoolOptions> = {},
  runs: () => ChatRunSource[] = () => [run("aaa")],
): Chat {
  const engine: Engine = {
    ...scriptedEngine(home),
    command: (task) => ({ file: process.execPath, args: [standIn, task.argsFile], env: {}, cwd: task.cwd }),
  };
  pool = new ServerPool({ home, engine: () => engine, availableMemory: () => 8e9, ...options });
  const models = ["tiny", "other", "slow", "broken"].map(source);
  return new Chat(
    { models: () => Promise.resolve(models), runs },
    pool,
    () => Promise.resolve({ bytes: 1e6, version: weightsVersion }),
    new Endpoints(home),
  );
}

beforeEach(async () => {
  weightsVersion = "1";
  home = await makeHome();
  await mkdir(path.join(home, "models"), { recursive: true });
});
afterEach(async () => {
  pool.close();
  await removeHome(home);
});

const ask = (target: string, content = "hello"): ChatRequest =>
  chatRequestSchema.parse({ target, messages: [{ role: "user", content }] });

async function answer(chat: Chat, target: string, content?: string): Promise<string> {
  const stream = await chat.complete(ask(target, content), new AbortController().signal);
  const text = await new Response(stream).text();
  return [...text.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join("");
}
const pidOf = (text: string) => Number(/pid=(\d+)/.exec(text)?.[1]);

describe("the targets", () => {
  it("are bases, then runs from the newest with their checkpoints from the last, each with its before", async () => {
    const chat = openChat({}, () => [
      run("aaa"),
      run("bbb", {
        kind: "model",
        saved: [{ name: "", step: null }],
        baseFolder: path.join(home, "saves", "aaa"),
      }),
    ]);
    expect((await chat.targets()).map(({ id, kind, base_id }) => [id, kind, base_id])).toEqual([
      ["base:tiny", "base", null],
      ["base:other", "base", null],
      ["base:slow", "base", null],
      ["base:broken", "base", null],
      ["run:bbb", "run", "run:aaa"],
      ["run:aaa", "run", "base:tiny"],
      ["run:aaa/checkpoint-20", "checkpoint", "base:tiny"],
      ["run:aaa/checkpoint-10", "checkpoint", "base:tiny"],
    ]);
  });
});

describe("an answer", () => {
  it("comes from one server for a base and all adapters on it", async () => {
    const chat = openChat();
    const [base, tuned, checkpoint] = await Promise.all(
      ["base:tiny", "run:aaa", "run:aaa/checkpoint-10"].map((id) => answer(chat, id, "who")),
    );
    expect(base).toContain("model=base thinking=true who");
    expect(tuned).toContain("model=aaa ");
    expect(checkpoint).toContain("model=aaa/checkpoint-10 ");
    expect(new Set([base, tuned, checkpoint].map((text) => pidOf(text!))).size).toBe(1);
  });

  it("comes from another server for another model, and for a whole model that a run made", async () => {
    const chat = openChat({}, () => [run("full", { kind: "model", saved: [{ name: "", step: null }] })]);
    const pids = await Promise.all(
      ["base:tiny", "base:other", "run:full"].map(async (id) => pidOf(await answer(chat, id))),
    );
    expect(new Set(pids).size).toBe(3);
  });

  it("comes from a new server once the weights have changed", async () => {
    const chat = openChat();
    const before = pidOf(await answer(chat, "base:tiny"));
    weightsVersion = "2";
    expect(pidOf(await answer(chat, "base:tiny"))).not.toBe(before);
  });

  it("ends when the reader goes away, and the server may then be evicted", async () => {
    const chat = openChat({ most: 1 });
    const abort = new AbortController();
    const stream = await chat.complete(ask("base:slow"), abort.signal);
    const reader = stream.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    const slow = pidOf(first);
    await reader.cancel();
    abort.abort();
    await answer(chat, "base:tiny");
    await expect.poll(() => processIdentity(slow)).toBeNull();
  });

  it("is not there for a target that is gone", async () => {
    await expect(answer(openChat(), "run:zzz")).rejects.toThrow(/nothing to chat with under run:zzz/);
  });
});

describe("loading", () => {
  async function untilLoaded(chat: Chat, ids: string[]) {
    for (;;) {
      const items = await chat.load(ids);
      if (items.every(({ state }) => state !== "loading")) return items;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it("tells how far each target is, and why one cannot be loaded", async () => {
    const chat = openChat();
    expect((await chat.load(["base:tiny"]))[0]).toMatchObject({ target: "base:tiny", state: "loading" });
    const items = await untilLoaded(chat, ["base:tiny", "base:broken", "run:aaa", "run:zzz"]);
    expect(items.map(({ state }) => state)).toEqual(["ready", "failed", "ready", "failed"]);
    expect(items[1]?.detail).toBe("Error: the weights are cut short.");
    await expect(answer(chat, "base:broken")).rejects.toThrow(/cut short/);
  });

  it("passes on what the server says about an adapter, and tries again when asked again", async () => {
    const bad = run("bad");
    const chat = openChat({}, () => [bad]);
    const [item] = await untilLoaded(chat, ["run:bad"]);
    expect(item).toMatchObject({ state: "failed", detail: "the adapter does not fit the model" });
    bad.folder = path.join(home, "saves", "mended");
    await writeFile(path.join(home, "models", "x"), "");
    expect((await untilLoaded(chat, ["run:bad"]))[0]?.state).toBe("ready");
  });

  it("is refused where memory does not do, naming how much it takes", async () => {
    const [item] = await openChat({ availableMemory: () => 1e6 }).load(["base:tiny"]);
    expect(item?.state).toBe("failed");
    expect(item?.detail).toMatch(/needs about 0\.3 GB.*0\.0 GB are free/);
  });

  it("lets the server that was unused for longest go when there are too many", async () => {
    const chat = openChat({ most: 2 });
    const first = pidOf(await answer(chat, "base:tiny"));
    const second = pidOf(await answer(chat, "base:other"));
    expect(pidOf(await answer(chat, "base:tiny"))).toBe(first);
    const abort = new AbortController();
    const stream = await chat.complete(ask("base:slow"), abort.signal);
    await expect.poll(() => processIdentity(second)).toBeNull();
    expect(processIdentity(first)).not.toBeNull();
    await stream.cancel();
  });
});

describe("servers", () => {
  it("leave when the console closes", async () => {
    const chat = openChat();
    const pid = pidOf(await answer(chat, "base:tiny"));
    expect(processIdentity(pid)).not.toBeNull();
    pool.close();
    await expect.poll(() => processIdentity(pid)).toBeNull();
  });
});
