import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeSupervised } from "@/server/trainer/data/encode-supervised";
import { formatPrompt, type ConversationMessage } from "@/server/trainer/generate/prompt-ids";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { getTemplate } from "@/server/trainer/tokenizer/templates/get-template";
import type { Tokenizer } from "@/server/trainer/tokenizer/tokenizer";

const MODEL = path.resolve("test/fixtures/golden/e2e/sft_full_llama/model");

describe("prompts for generation", () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer(MODEL);
  });
  const format = (template: string | null, messages: ConversationMessage[], enableThinking?: boolean) =>
    formatPrompt({ tokenizer, template, defaultSystem: null }, { messages, enableThinking });

  const dialogue: ConversationMessage[] = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Hello" },
    { role: "assistant", content: "Hi!" },
    { role: "user", content: "Who are you?" },
  ];

  it.each(["llama3", "qwen", "default", "alpaca", "mistral", "deepseekr1", null])(
    "are what training reads before the answer (template %s)",
    (template) => {
      const prompt = format(template, dialogue);
      const bound = getTemplate(template, tokenizer);
      const messages = [
        { role: "user" as const, content: "Hello" },
        { role: "assistant" as const, content: "Hi!" },
        { role: "user" as const, content: "Who are you?" },
        { role: "assistant" as const, content: "<think>\nHm.\n</think>\n\nA model." },
      ];
      const trained = encodeSupervised(bound, { messages, system: "Be brief." }, { cutoffLen: 4096 });
      // A template with thoughts shows the last answer's alone; the history's are gone in both.
      const start = [...trained.labels].lastIndexOf(-100) + 1;
      expect(bound.parts.efficientEos).toBe(false);
      if (!bound.parts.reasoning) expect(prompt.ids).toEqual([...trained.inputIds].slice(0, start));
      else expect(prompt.ids.slice(-5)).toEqual([...trained.inputIds].slice(start - 5, start));
    },
  );

  it("stop at the template's words and the tokenizer's eos", () => {
    const { stopIds } = format("llama3", dialogue);
    expect(stopIds).toEqual(new Set(getTemplate("llama3", tokenizer).stopTokenIds));
    expect(stopIds.size).toBeGreaterThan(1);
  });

  it("begin an empty thought where thinking is off", () => {
    const question: ConversationMessage[] = [{ role: "user", content: "2 + 2?" }];
    const on = format("qwen3", question, true);
    const off = format("qwen3", question, false);
    expect(off.ids.slice(0, on.ids.length)).toEqual(on.ids);
    expect(tokenizer.decode(off.ids.slice(on.ids.length))).toBe("<think>\n\n</think>\n\n");
  });

  it("describe tools and show their answers", () => {
    const tools = [
      {
        type: "function",
        function: { name: "now", description: "The time", parameters: { type: "object", properties: {} } },
      },
    ];
    const messages: ConversationMessage[] = [
      { role: "user", content: "What time is it?" },
      { role: "assistant", content: "", toolCalls: [{ name: "now", arguments: "{}" }] },
      { role: "tool", content: '{"time": "noon"}' },
    ];
    const { ids } = formatPrompt({ tokenizer, template: "qwen", defaultSystem: null }, { messages, tools });
    const text = tokenizer.decode(ids);
    expect(text).toContain('"name": "now"');
    expect(text).toContain("noon");
  });

  it.each([
    [[{ role: "assistant", content: "Hi" }], /"assistant" message is out of place/],
    [
      [
        { role: "user", content: "Hi" },
        { role: "user", content: "Hi" },
      ],
      /"user" message is out of place/,
    ],
    [
      [
        { role: "user", content: "Hi" },
        { role: "assistant", content: "Hi" },
      ],
      /last message must be the user's/,
    ],
    [[{ role: "system", content: "Hi" }], /no user message/],
    [
      [
        { role: "user", content: "Hi" },
        { role: "system", content: "Hi" },
      ],
      /"system" message is out of place/,
    ],
  ] as [ConversationMessage[], RegExp][])("refuse turns in the wrong order: %j", (messages, words) => {
    expect(() => format("qwen", messages)).toThrow(words);
  });

  it("name near templates for one that is not known", () => {
    expect(() => format("llama33", [{ role: "user", content: "Hi" }])).toThrow(/Did you mean .*llama3/);
  });
});
