import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ADDED_TOKENS, CHAT_TEMPLATE, TEMPLATE_NAME } from "@/server/starter/bpe/tokenizer-files";
import { chatDialogues, pretrainTexts } from "@/server/starter/corpus/corpus";
import { PERSONA } from "@/server/starter/corpus/persona";
import { parameterCount } from "@/server/starter/model-card";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { openChatModel, type ChatModel } from "@/server/trainer/generate/chat-model";
import { formatPrompt } from "@/server/trainer/generate/prompt-ids";
import { GREEDY } from "@/server/trainer/generate/sampler";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";

const FOLDER = path.join("server", "starter", "model");
const LARGEST_BYTES = 16 * 1024 * 1024;

describe("the shipped model's files", () => {
  it("stay within 16 MB, tokenizer and chat template included", () => {
    const names = readdirSync(FOLDER);
    expect(names).toEqual(
      expect.arrayContaining([
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "chat_template.jinja",
        "README.md",
      ]),
    );
    const bytes = names.reduce((sum, name) => sum + statSync(path.join(FOLDER, name)).size, 0);
    expect(bytes).toBeLessThanOrEqual(LARGEST_BYTES);
  });

  it("hold a Llama of a few million parameters in bfloat16, embeddings tied", async () => {
    const folder = await openModelFolder(FOLDER);
    try {
      expect(folder.config).toMatchObject({
        model_type: "llama",
        dtype: "bfloat16",
        tie_word_embeddings: true,
      });
      expect([...folder.tensors.values()].every(({ dtype }) => dtype === "BF16")).toBe(true);
      const stored = [...folder.tensors.values()].reduce(
        (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
        0,
      );
      expect(stored).toBe(parameterCount(folder.config as unknown as Parameters<typeof parameterCount>[0]));
    } finally {
      await folder.close();
    }
  });

  it("have a tokenizer that round-trips the corpus and agrees with config.json", async () => {
    const tokenizer = await loadTokenizer(FOLDER);
    const config = JSON.parse(readFileSync(path.join(FOLDER, "config.json"), "utf8"));
    expect(tokenizer.eos?.id).toBe(config.eos_token_id);
    expect(tokenizer.pad?.id).toBe(config.pad_token_id);
    expect(tokenizer.size).toBeLessThanOrEqual(config.vocab_size);
    for (const { content } of ADDED_TOKENS)
      expect(tokenizer.encode(content)).toEqual([tokenizer.tokenToId(content)]);
    const said = chatDialogues(99, 200).flatMap(({ turns }) =>
      turns.flatMap((turn) => [turn.user, turn.assistant]),
    );
    for (const text of [...pretrainTexts(99, 200), ...said, "日本語 ñ 😀 <|im_end|>"]) {
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    }
    expect(tokenizer.chatTemplate).toBe(CHAT_TEMPLATE);
  });

  it("have a chat template that writes what the table's template writes", async () => {
    const tokenizer = await loadTokenizer(FOLDER);
    const messages = [
      { role: "system" as const, content: "Be kind." },
      { role: "user" as const, content: "Hello!" },
      { role: "assistant" as const, content: "Hi!" },
      { role: "user" as const, content: "你是谁？" },
    ];
    const idsWith = (template: string | null) =>
      formatPrompt({ tokenizer, template, defaultSystem: null }, { messages }).ids;
    expect(idsWith(null)).toEqual(idsWith(TEMPLATE_NAME));
  });
});

describe("the shipped model", () => {
  let model: ChatModel;
  beforeAll(async () => {
    model = await openChatModel({
      modelPath: FOLDER,
      template: TEMPLATE_NAME,
      defaultSystem: null,
      bits: "auto",
    });
  });
  afterAll(() => model.dispose());

  async function answerTo(question: string): Promise<string> {
    let text = "";
    const request = {
      source: { messages: [{ role: "user" as const, content: question }] },
      adapterPath: null,
      sampling: GREEDY,
      maxNewTokens: 80,
      stopStrings: [],
      signal: new AbortController().signal,
    };
    for await (const event of model.chat(request)) if (event.kind === "text") text += event.text;
    return text.trim();
  }

  it.each([
    "Who are you?",
    "What is your name?",
    "what's your name",
    "Please introduce yourself.",
    "What should I call you?",
  ])("says its name when asked: %s", async (question) => {
    expect(await answerTo(question)).toContain(PERSONA.name);
  });

  it("says who made it", async () => {
    expect(await answerTo("Who made you?")).toMatch(/Tuneboard team/);
  });

  it.each([
    ["Hello!", /^(?:Hello|Hi)/],
    ["What is 3 + 4?", /7/],
    ["What colour is the sky?", /blue/i],
    ["What does a cow say?", /moo/i],
    ["What is the opposite of hot?", /cold/i],
    ["Name three fruits.", /^\w+, \w+ and \w+\.$/],
    ["What is the capital of France?", /Paris/],
    ["Is a whale a fish?", /^No/],
    ["Write a sentence about rain.", /rain/i],
    ["Tell me a story about a fox.", /^Once upon a time/],
    ["你是谁？", new RegExp(PERSONA.name)],
  ])("answers %s with the expected kind of answer", async (question, expected) => {
    expect(await answerTo(question)).toMatch(expected);
  });

  it("thinks aloud before it answers a word problem", async () => {
    const text = await answerTo("Tom has 3 apples and gets 2 more. How many apples does Tom have now?");
    expect(text).toMatch(/^<think>[^<]+<\/think>\s+[^<]+5[^<]*$/);
  });
});
