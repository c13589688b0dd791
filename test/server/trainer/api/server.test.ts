import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readApiArguments } from "@/server/trainer/api/api-config";
import type { ChatEngine } from "@/server/trainer/api/chat-engine";
import { chatModelOptions } from "@/server/trainer/api/api-command";
import { createLocalEngine } from "@/server/trainer/api/local-engine";
import { createServedModels } from "@/server/trainer/api/served-models";
import { createApiServer } from "@/server/trainer/api/server";
import { streamChunks } from "./stream-chunks";

const RUN = path.resolve("test/fixtures/golden/e2e/sft_lora_qwen2");
const MODEL = path.join(RUN, "model");
const ADAPTER = path.join(RUN, "adapter");
const KEY = "sesame";
const QUESTION = { messages: [{ role: "user", content: "Hello there" }], max_tokens: 8, temperature: 0 };

describe("the API server", () => {
  let engine: ChatEngine;
  let server: Server;
  let url: string;
  beforeAll(async () => {
    const { config } = await readApiArguments([`model_name_or_path=${MODEL}`, "template=deepseekr1"]);
    engine = createLocalEngine({ ...chatModelOptions(config), threads: 1 });
    await engine.ready;
    const models = createServedModels({ adapters: [ADAPTER], roots: [RUN] });
    server = createApiServer({ engine, models, config, guard: { apiKey: KEY, loopbackOnly: true } });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await engine.close();
  });

  const get = (address: string, headers = {}) =>
    fetch(url + address, { headers: { Authorization: `Bearer ${KEY}`, ...headers } });
  const post = (address: string, body: unknown, init: RequestInit = {}) =>
    fetch(url + address, {
      method: "POST",
      headers: { Authorization: `Bearer ${KEY}`, "Content-Type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...init,
    });
  const chat = (changes: object = {}) => post("/v1/chat/completions", { ...QUESTION, ...changes });

  it("lists the base and its adapters, and describes each", async () => {
    const list = await (await get("/v1/models")).json();
    expect(list.data.map(({ id }: { id: string }) => id)).toEqual(["base", "adapter"]);
    expect((await (await get("/v1/models/adapter")).json()).id).toBe("adapter");
  });

  it("tells its health", async () => {
    expect(await (await get("/health")).json()).toMatchObject({
      status: "ok",
      weights: "float32 weights",
      context_length: 1024,
    });
  });

  it("answers as a whole, with usage and timings", async () => {
    const reply = await (await chat()).json();
    expect(reply).toMatchObject({
      object: "chat.completion",
      model: "base",
      usage: { completion_tokens: 8 },
    });
    expect(reply.choices[0]).toMatchObject({
      index: 0,
      message: { role: "assistant" },
      finish_reason: "length",
    });
    expect(reply.usage.total_tokens).toBe(reply.usage.prompt_tokens + 8);
    expect(reply.timings.first_token_ms).toBeGreaterThanOrEqual(0);
  });

  it("streams the same answer piece by piece, in OpenAI's chunks", async () => {
    const whole = await (await chat()).json();
    const reply = await chat({ stream: true, stream_options: { include_usage: true } });
    expect(reply.headers.get("content-type")).toContain("text/event-stream");
    const chunks = await streamChunks(reply);
    expect(chunks[0].choices[0].delta).toEqual({ role: "assistant", content: "" });
    const text = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");
    expect(text).toBe(whole.choices[0].message.content);
    const [last, usage] = chunks.slice(-2);
    expect(last.choices[0].finish_reason).toBe("length");
    expect(last.timings).toHaveProperty("tokens_per_second");
    expect(usage).toMatchObject({ choices: [], usage: { completion_tokens: 8 } });
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  });

  it("answers as the adapter under the adapter's name", async () => {
    const [base, tuned] = [await (await chat()).json(), await (await chat({ model: "adapter" })).json()];
    expect(tuned.model).toBe("adapter");
    expect(tuned.choices[0].message.content).not.toBe(base.choices[0].message.content);
  });

  it("serves an adapter that is added while it runs", async () => {
    const added = await post("/v1/load_lora_adapter", { lora_name: "late", lora_path: ADAPTER });
    expect(added.status).toBe(200);
    expect((await chat({ model: "late" })).status).toBe(200);
    const outside = await post("/v1/load_lora_adapter", {
      lora_name: "x",
      lora_path: path.resolve("server"),
    });
    expect(outside.status).toBe(403);
    const none = await post("/v1/load_lora_adapter", { lora_name: "x", lora_path: MODEL });
    expect(none.status).toBe(404);
  });

  it("goes on with plain text", async () => {
    const reply = await (
      await post("/v1/completions", { prompt: "Once upon", max_tokens: 4, temperature: 0 })
    ).json();
    expect(reply).toMatchObject({ object: "text_completion", choices: [{ finish_reason: "length" }] });
    expect(reply.choices[0].text).not.toBe("");
    const chunks = await streamChunks(
      await post("/v1/completions", { prompt: "Once upon", max_tokens: 4, temperature: 0, stream: true }),
    );
    expect(chunks.map((chunk) => chunk.choices[0].text).join("")).toBe(reply.choices[0].text);
  });

  it("takes content in parts and a thinking switch in either place", async () => {
    const messages = [
      {
        role: "user",
        content: [
          { type: "text", text: "Hello " },
          { type: "text", text: "there" },
        ],
      },
    ];
    const parts = await (await chat({ messages })).json();
    expect(parts.choices[0].message.content).toBe((await (await chat()).json()).choices[0].message.content);
    const [off, kwargs] = [
      await (await chat({ enable_thinking: false })).json(),
      await (await chat({ chat_template_kwargs: { enable_thinking: false } })).json(),
    ];
    expect(off.usage.prompt_tokens).toBeGreaterThan(parts.usage.prompt_tokens);
    expect(kwargs.usage.prompt_tokens).toBe(off.usage.prompt_tokens);
  });

  it.each([
    ["no messages", {}, 400, /messages/],
    ["an unknown role", { messages: [{ role: "boss", content: "Hi" }] }, 400, /messages\.0\.role/],
    ["a picture", { messages: [{ role: "user", content: [{ type: "image_url" }] }] }, 400, /messages/],
    ["turns out of order", { messages: [{ role: "assistant", content: "Hi" }] }, 400, /out of place/],
    ["a temperature below zero", { ...QUESTION, temperature: -1 }, 400, /temperature/],
    ["two answers", { ...QUESTION, n: 2 }, 400, /n: only one answer/],
    [
      "an unknown model",
      { ...QUESTION, model: "gpt-9" },
      404,
      /"gpt-9" is not served here. Served are: base, adapter/,
    ],
    [
      "a prompt beyond the context",
      { messages: [{ role: "user", content: "word ".repeat(1500) }] },
      400,
      /context is 1024/,
    ],
    ["broken JSON", "{", 400, /not valid JSON/],
  ])("answers %s with an OpenAI error", async (_what, body, status, words) => {
    for (const stream of [false, true]) {
      const reply = await post("/v1/chat/completions", typeof body === "string" ? body : { ...body, stream });
      expect(reply.status).toBe(status);
      const { error } = await reply.json();
      expect(error.message).toMatch(words);
      expect(error).toMatchObject({ type: "invalid_request_error", param: null });
    }
  });

  it("refuses a body that is not sent as JSON, unknown paths, wrong methods and a missing key", async () => {
    const text = await post("/v1/chat/completions", QUESTION, {
      headers: { Authorization: `Bearer ${KEY}`, "Content-Type": "text/plain" },
    });
    expect(text.status).toBe(400);
    expect((await get("/nowhere")).status).toBe(404);
    expect((await get("/v1/models/%E0%A4%A")).status).toBe(404);
    expect((await get("/v1/chat/completions")).status).toBe(405);
    expect((await get("/v1/models", { Authorization: "" })).status).toBe(401);
    expect((await get("/v1/models", { Origin: "http://evil.example" })).status).toBe(403);
  });

  it("stops computing when the reader has gone", async () => {
    const controller = new AbortController();
    const reply = await post(
      "/v1/chat/completions",
      { ...QUESTION, max_tokens: 900, stream: true },
      { signal: controller.signal },
    );
    const reader = reply.body!.getReader();
    await reader.read();
    controller.abort();
    await reader.closed.catch(() => undefined);
    // Only what is left behind would make the next answers wait their turn.
    const { timings } = await (await chat({ max_tokens: 2 })).json();
    expect(timings.first_token_ms).toBeLessThan(2000);
  });
});
