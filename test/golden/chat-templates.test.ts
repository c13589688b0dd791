/** Jinja chat templates give transformers' texts and ids, and are taken apart as LLaMA-Factory does. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { applyChatTemplate } from "@/server/trainer/tokenizer/chat-template";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { parseTemplate } from "@/server/trainer/tokenizer/templates/parsed-template";
import { goldenRoot, unsupported } from "./golden-root";

interface ChatCases {
  tokenizer: string;
  conversations: Record<string, { messages: Record<string, unknown>[]; tools: unknown[] | null }>;
  cases: {
    template: string;
    conversation: string;
    add_generation_prompt: boolean;
    text?: string;
    ids?: number[];
    error?: string;
  }[];
}

interface ParsedCase {
  template: string;
  error?: string;
  class?: string;
  default_system?: string;
  format_user?: string[];
  format_assistant?: string[];
  format_system?: string[];
  format_prefix?: string[];
}

const folder = path.join(goldenRoot, "tokenizers", "chat_templates");

if (!existsSync(folder)) unsupported("chat_templates", "this golden folder holds none");
else
  describe("chat templates", async () => {
    const golden = JSON.parse(readFileSync(path.join(folder, "cases.json"), "utf8")) as ChatCases;
    const parsed = JSON.parse(readFileSync(path.join(folder, "parsed.json"), "utf8")) as ParsedCase[];
    const base = await loadTokenizer(path.join(goldenRoot, golden.tokenizer));
    const withTemplate = (name: string) =>
      base.withSpecialTokens({ chatTemplate: readFileSync(path.join(folder, `${name}.jinja`), "utf8") });

    for (const one of golden.cases) {
      const prompt = one.add_generation_prompt ? ", with the prompt for an answer" : "";
      it(`${one.template}: ${one.conversation}${prompt}`, () => {
        const tokenizer = withTemplate(one.template);
        const { messages, tools } = golden.conversations[one.conversation]!;
        const apply = () =>
          applyChatTemplate(tokenizer, { messages, tools, addGenerationPrompt: one.add_generation_prompt });
        if (one.error !== undefined) {
          expect(apply).toThrow(one.error.replace(/^TemplateError: /, ""));
          return;
        }
        const text = apply();
        expect(text).toBe(one.text);
        expect(tokenizer.encode(text)).toEqual(one.ids);
      });
    }

    for (const one of parsed) {
      it(`takes ${one.template} apart`, () => {
        const tokenizer = withTemplate(one.template);
        if (one.error !== undefined) {
          expect(() => parseTemplate(tokenizer)).toThrow(/Name the template/);
          return;
        }
        expect(parseTemplate(tokenizer)).toEqual({
          user: one.format_user![0],
          assistant: one.format_assistant![0],
          system: one.format_system![0],
          reasoning: one.class === "ReasoningTemplate",
          defaultSystem: one.default_system,
          ...(one.format_prefix!.length > 0 && { prefix: one.format_prefix![0] }),
        });
      });
    }
  });
