/** Chat through servers that hold one model each, as llamafactory-cli's do: own adapters, own cards, turns, dialect. */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Chat } from "@/server/chat/chat";
import { completionBody } from "@/server/chat/chat-dialect";
import type { ChatRunSource } from "@/server/chat/chat-targets";
import { Endpoints } from "@/server/chat/endpoints";
import { ServerPool } from "@/server/chat/server-pool";
import { chatRequestSchema } from "@/server/contract/chat";
import { llamaFactoryEngine } from "@/server/engines/llamafactory";
import { makeHome, removeHome } from "../console/test-console";

const STAND_IN = path.join(import.meta.dirname, "..", "engines", "stand-in-cli.mjs");

let home: string;
let pool: ServerPool;

beforeEach(async () => {
  home = await makeHome();
  await mkdir(path.join(home, "models"), { recursive: true });
});
afterEach(async () => {
  pool.close();
  await removeHome(home);
});

async function openChat(cards: number): Promise<Chat> {
  const cli = path.join(home, "llamafactory-cli");
  await writeFile(cli, `#!/bin/sh\nexec "${process.execPath}" "${STAND_IN}" "$@"\n`);
  await chmod(cli, 0o755);
  const engine = llamaFactoryEngine(() => cli);
  pool = new ServerPool({ home, engine: () => engine, cards: () => cards, availableMemory: () => 32e9 });
  const model = {
    name: "tiny",
    folder: path.join(home, "models", "tiny"),
    detail: "",
    template: "qwen",
    engine: "llamafactory" as const,
  };
  const run: ChatRunSource = {
    id: "aaa",
    name: "tuned",
    folder: path.join(home, "saves", "tuned"),
    detail: "",
    template: "qwen",
    baseFolder: model.folder,
    kind: "adapter",
    engine: "llamafactory",
    saved: [{ name: "", step: null }],
    createdAt: "1",
  };
  return new Chat(
    { models: () => Promise.resolve([model]), runs: () => [run] },
    pool,
    () => Promise.resolve({ bytes: 1e6, version: "1" }),
    new Endpoints(home),
  );
}

const request = (target: string, change: object = {}) =>
  chatRequestSchema.parse({ target, messages: [{ role: "user", content: "hello" }], ...change });

async function ask(chat: Chat, target: string, change: object = {}): Promise<string> {
  const stream = await chat.complete(request(target, change), new AbortController().signal);
  const text = await new Response(stream).text();
  return [...text.matchAll(/"content":"([^"]*)"/g)].map((match) => match[1]).join("");
}
const wordOf = (text: string, name: string) => new RegExp(`${name}=(\\S+)`).exec(text)?.[1];

describe("servers of one model each", () => {
  it("share the processor: base and tuned side by side, each with its own weights", async () => {
    const chat = await openChat(0);
    const [base, tuned] = await Promise.all([ask(chat, "base:tiny"), ask(chat, "run:aaa")]);
    expect(base).toMatch(/^base /);
    expect(tuned).toMatch(/^tuned:tuned /);
    expect(wordOf(base, "pid")).not.toBe(wordOf(tuned, "pid"));
    // They stay loaded.
    expect(wordOf(await ask(chat, "base:tiny"), "pid")).toBe(wordOf(base, "pid"));
  });

  it("get a graphics card each where there are two", async () => {
    const chat = await openChat(2);
    const [base, tuned] = await Promise.all([ask(chat, "base:tiny"), ask(chat, "run:aaa")]);
    expect([wordOf(base, "device"), wordOf(tuned, "device")].sort()).toEqual(["0", "1"]);
  });

  it("take turns on one card: the other says so, and both answer", async () => {
    const chat = await openChat(1);
    const [first] = await Promise.all([ask(chat, "base:tiny")]);
    const [base, tuned] = await chat.load(["base:tiny", "run:aaa"]);
    expect(base).toMatchObject({ state: "ready", detail: "" });
    expect(tuned).toMatchObject({ state: "ready", detail: expect.stringMatching(/turn/) as string });
    const answers = await Promise.all([ask(chat, "run:aaa"), ask(chat, "base:tiny")]);
    expect(answers.map((text) => text.split(" ")[0]).sort()).toEqual(["base", "tuned:tuned"]);
    expect(answers.map((text) => wordOf(text, "device"))).toEqual(["0", "0"]);
    expect(first).toMatch(/^base /);
  });

  it("a question that waits for the card can be given up", async () => {
    const chat = await openChat(1);
    await ask(chat, "base:tiny");
    const busy = pool.peek({
      modelFolder: path.join(home, "models", "tiny"),
      template: "qwen",
      version: "1",
      engine: "llamafactory",
      adapterFolder: null,
    })!;
    busy.busy++;
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 150);
    await expect(chat.complete(request("run:aaa"), abort.signal)).rejects.toThrow(/stopped/);
    busy.busy--;
  });
});

describe("a request in a server's words", () => {
  it("has for LLaMA-Factory what it takes, under its names", () => {
    const greedy = completionBody("llamafactory", request("x", { repetition_penalty: 1.2, seed: 3 }), "base");
    expect(greedy).toEqual({
      model: "base",
      messages: [{ role: "user", content: "hello" }],
      stream: true,
      do_sample: false,
      max_tokens: 256,
      presence_penalty: 1.2,
    });
    expect(
      completionBody("llamafactory", request("x", { temperature: 0.7, top_p: 0.9 }), "base"),
    ).toMatchObject({
      do_sample: true,
      temperature: 0.7,
      top_p: 0.9,
    });
  });

  it("has for the embedded engine all that was asked", () => {
    expect(completionBody("embedded", request("x", { seed: 3, top_k: 5 }), "aaa")).toMatchObject({
      model: "aaa",
      seed: 3,
      top_k: 5,
      stream: true,
      chat_template_kwargs: { enable_thinking: true },
    });
  });
});
