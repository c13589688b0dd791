import { cp, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { openCachedDecoder } from "@/server/trainer/generate/cached-decoder";
import {
  openChatModel,
  type ChatEvent,
  type ChatModel,
  type ChatRequest,
} from "@/server/trainer/generate/chat-model";
import { argmax } from "@/server/trainer/generate/logit-filters";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { GREEDY } from "@/server/trainer/generate/sampler";

const RUN = path.resolve("test/fixtures/golden/e2e/sft_lora_qwen2");
const MODEL = path.join(RUN, "model");
const ADAPTER = path.join(RUN, "adapter");

const ask = (content: string, changes: Partial<ChatRequest> = {}): ChatRequest => ({
  source: { messages: [{ role: "user", content }] },
  adapterPath: null,
  sampling: GREEDY,
  maxNewTokens: 12,
  stopStrings: [],
  signal: new AbortController().signal,
  ...changes,
});

async function collect(events: AsyncIterable<ChatEvent>) {
  let text = "";
  const order: ChatEvent["kind"][] = [];
  for await (const event of events) {
    order.push(event.kind);
    if (event.kind === "text") text += event.text;
    if (event.kind === "end") return { text, order, ...event };
  }
  throw new Error("the answer had no end");
}

describe("chat model", () => {
  let model: ChatModel;
  beforeAll(async () => {
    model = await openChatModel({
      modelPath: MODEL,
      template: "deepseekr1",
      defaultSystem: null,
      bits: "auto",
      threads: 1,
    });
  });
  afterAll(() => model.dispose());

  it("serves a small model in exact float32", () => {
    expect(model.bits).toBe(32);
    expect(model.parameters).toBeGreaterThan(100_000);
  });

  it("answers greedily the same every time, with its numbers at the end", async () => {
    const first = await collect(model.chat(ask("Hello there")));
    const second = await collect(model.chat(ask("Hello there")));
    expect(first.text).not.toBe("");
    expect(second.text).toBe(first.text);
    expect(first.reason).toBe("length");
    expect(first.numbers.completionTokens).toBe(12);
    expect(first.numbers.firstTokenMs).toBeGreaterThan(0);
  });

  it("reuses what it computed for the turns before, with the same answer", async () => {
    const source = { messages: [{ role: "user" as const, content: "One two three four five six" }] };
    await collect(model.chat(ask("", { source })));
    const again = await collect(model.chat(ask("", { source })));
    expect(again.numbers.cachedTokens).toBe(again.numbers.promptTokens - 1);
    const fresh = await openChatModel({
      modelPath: MODEL,
      template: "deepseekr1",
      defaultSystem: null,
      bits: 32,
    });
    expect((await collect(fresh.chat(ask("", { source })))).text).toBe(again.text);
    await fresh.dispose();
  });

  it("answers differently with an adapter, and as before without it", async () => {
    const base = await collect(model.chat(ask("Who are you?")));
    const tuned = await collect(model.chat(ask("Who are you?", { adapterPath: ADAPTER })));
    expect(tuned.text).not.toBe(base.text);
    expect((await collect(model.chat(ask("Who are you?")))).text).toBe(base.text);
  });

  // Again where a busy machine reads the adapter for as long as the other answer takes.
  it("lets two answers stream together, each as if it were alone", { retry: 2 }, async () => {
    const requests = [ask("Tell me more"), ask("Tell me more", { adapterPath: ADAPTER })];
    const alone = [];
    for (const request of requests) alone.push((await collect(model.chat(request))).text);
    const order: number[] = [];
    const together = await Promise.all(
      requests.map(async (request, i) => {
        let text = "";
        for await (const event of model.chat(request)) {
          if (event.kind === "text") {
            order.push(i);
            text += event.text;
          }
        }
        return text;
      }),
    );
    expect(together).toEqual(alone);
    const switches = order.filter((who, i) => i > 0 && who !== order[i - 1]).length;
    // Reading the adapter takes the second one a moment; from then on they alternate.
    expect(switches).toBeGreaterThan(3);
  });

  it("goes on past the first 256 positions as if there had been room from the start", async () => {
    const request = ask("Count with me", { maxNewTokens: 400, source: { text: "Count with me" } });
    const { numbers, text } = await collect(model.chat(request));
    expect(numbers.completionTokens).toBe(400);
    const folder = await openModelFolder(MODEL);
    const decoder = await openCachedDecoder(folder, { bits: 32, threads: 1 });
    await folder.close();
    const roomy = decoder.newCache();
    roomy.reserve(1024);
    expect(roomy.capacity).toBe(1024);
    // The same continuation in a cache that never grows, token by token.
    const tokenizer = await loadTokenizer(MODEL);
    let next = tokenizer.encode("Count with me", { addSpecialTokens: true });
    const ids: number[] = [];
    while (ids.length < 400) {
      next = [argmax(await decoder.extend(roomy, next))];
      ids.push(next[0]!);
    }
    expect(text).toBe(tokenizer.decode(ids, { skipSpecialTokens: true }));
    await decoder.dispose();
  });

  it("stops within one token when asked to", async () => {
    const controller = new AbortController();
    const pieces: string[] = [];
    for await (const event of model.chat(ask("Hello", { maxNewTokens: 500, signal: controller.signal }))) {
      if (event.kind === "text") {
        pieces.push(event.text);
        if (pieces.length === 3) controller.abort();
      } else if (event.kind === "end") {
        expect(event.reason).toBe("cancelled");
        expect(event.numbers.completionTokens).toBeLessThanOrEqual(4);
      }
    }
    expect(pieces.length).toBe(3);
  });

  it("ends before a stop string and says why", async () => {
    const whole = await collect(model.chat(ask("Hello there")));
    const stop = whole.text.slice(6, 10);
    const cut = await collect(model.chat(ask("Hello there", { stopStrings: [stop] })));
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.reason).toBe("stop");
  });

  it("gives other answers for another seed and the same for the same", async () => {
    const sampling = { ...GREEDY, temperature: 1.5, seed: 1 };
    const [a, b, c] = [
      await collect(model.chat(ask("Hi", { sampling }))),
      await collect(model.chat(ask("Hi", { sampling }))),
      await collect(model.chat(ask("Hi", { sampling: { ...sampling, seed: 2 } }))),
    ];
    expect(a.text).toBe(b.text);
    expect(a.text).not.toBe(c.text);
  });

  it("refuses a prompt that fills the context, with both lengths", async () => {
    const long = ask("word ".repeat(1200));
    await expect(collect(model.chat(long))).rejects.toThrow(/has \d+ tokens .* context is 1024 tokens/);
  });

  it("ends at the context's end, however much is asked for", async () => {
    const { numbers } = await collect(
      model.chat(ask("", { source: { text: "word ".repeat(500) }, maxNewTokens: 5000 })),
    );
    expect(numbers.promptTokens + numbers.completionTokens).toBeLessThanOrEqual(1024);
  });

  it("refuses an adapter that is not there, naming the file", async () => {
    const request = ask("Hi", { adapterPath: path.join(RUN, "nothing") });
    await expect(collect(model.chat(request))).rejects.toThrow(/adapter_config\.json is missing/);
  });

  it("reads an adapter again when its file has changed", async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-adapter-"));
    try {
      await cp(ADAPTER, folder, { recursive: true });
      await model.loadAdapter(folder);
      const weights = path.join(folder, "adapter_model.safetensors");
      const before = await collect(model.chat(ask("Who are you?", { adapterPath: folder })));
      await rm(weights);
      // Every value becomes 0, which leaves the base: the header stays.
      const other = await readFile(path.join(ADAPTER, "adapter_model.safetensors"));
      other.fill(0, 8 + Number(other.readBigUInt64LE(0)));
      await writeFile(weights, other);
      await utimes(weights, new Date(), new Date(Date.now() + 5000));
      const after = await collect(model.chat(ask("Who are you?", { adapterPath: folder })));
      const base = await collect(model.chat(ask("Who are you?")));
      expect(before.text).not.toBe(base.text);
      expect(after.text).toBe(base.text);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it.each([8, 4] as const)("stays close to the exact model with %i-bit weights", async (bits) => {
    const folder = await openModelFolder(MODEL);
    const [exact, rounded] = [
      await openCachedDecoder(folder, { bits: 32, threads: 1 }),
      await openCachedDecoder(folder, { bits, threads: 1 }),
    ];
    await folder.close();
    const ids = Array.from({ length: 20 }, (_, i) => (i * 37) % exact.vocabSize);
    const a = Float32Array.from(await exact.extend(exact.newCache(), ids));
    const b = Float32Array.from(await rounded.extend(rounded.newCache(), ids));
    expect(cosine(a, b)).toBeGreaterThan(bits === 8 ? 0.999 : 0.9);
    await exact.dispose();
    await rounded.dispose();
  });
});

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    dot += value * b[i]!;
    aa += value * value;
    bb += b[i]! * b[i]!;
  });
  return dot / Math.sqrt(aa * bb);
}
