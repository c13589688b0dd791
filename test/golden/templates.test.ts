/** Every chat template gives LLaMA-Factory's ids and labels, and reads tool calls as it does. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { AppError } from "@/server/contract/errors";
import { encodeSupervised } from "@/server/trainer/data/encode-supervised";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { jinjaTemplateOf, ollamaTemplateOf } from "@/server/trainer/tokenizer/templates/exported-templates";
import { getTemplate, type TemplateOptions } from "@/server/trainer/tokenizer/templates/get-template";
import type { Conversation } from "@/server/trainer/tokenizer/templates/template";
import { filesIn, goldenRoot, unsupported } from "./golden-root";
import { labelsOf, type LabelRuns } from "./golden-labels";

interface Variant {
  train_on_prompt?: boolean;
  mask_history?: boolean;
  enable_thinking?: boolean | null;
  preserve_thinking?: boolean;
  default_system?: string;
  cutoff_len?: number;
}

interface TemplateCase extends LabelRuns {
  conversation: string;
  variant: string;
  input_ids?: number[];
  error?: string;
  turn_texts?: string[];
  generation_prompt?: string;
  oneturn_prompt_length?: number;
  oneturn?: [number[], number[]];
  function_text?: string;
  extract_input?: string;
  extracted?: [string, string][] | string;
}

interface TemplateFile {
  template: string;
  tokenizer_after: {
    eos_token_id: number;
    pad_token_id: number;
    stop_token_ids: number[];
    new_tokens: string[];
  };
  jinja_template?: string;
  ollama_modelfile_template?: string;
  cases: TemplateCase[];
}

interface Conversations {
  fixed_date: string;
  conversations: Record<string, Conversation>;
  variants: Record<string, Variant>;
}

const read = (name: string) => JSON.parse(readFileSync(path.join(goldenRoot, "templates", name), "utf8"));

const haveTemplates = existsSync(path.join(goldenRoot, "templates", "conversations.json"));
if (!haveTemplates) unsupported("templates", "this golden folder holds none");
else
  describe("templates match LLaMA-Factory", async () => {
    const base = await loadTokenizer(path.join(goldenRoot, "tokenizers", "bpe"));
    const shared = read("conversations.json") as Conversations;
    const today = new Date(`${shared.fixed_date} 12:00`);

    const templateFor = (name: string, variant: Variant) => {
      const options: TemplateOptions = {
        today,
        trainOnPrompt: variant.train_on_prompt,
        defaultSystem: variant.default_system,
        enableThinking: variant.enable_thinking,
        preserveThinking: variant.preserve_thinking,
      };
      return getTemplate(name, base, options);
    };

    for (const file of filesIn("templates", ".json").filter((name) => name !== "conversations.json")) {
      const golden = read(file) as TemplateFile;
      if (!("cases" in golden)) continue;

      describe(golden.template, () => {
        const idsOfDefault = new Map(
          golden.cases
            .filter((one) => one.variant === "default")
            .map((one) => [one.conversation, one.input_ids]),
        );

        it("changes the tokenizer and writes itself for other programs", () => {
          const { parts, tokenizer, stopTokenIds } = templateFor(golden.template, {});
          expect(tokenizer.eos?.id).toBe(golden.tokenizer_after.eos_token_id);
          expect(tokenizer.pad?.id).toBe(golden.tokenizer_after.pad_token_id);
          expect(stopTokenIds.sort()).toEqual(golden.tokenizer_after.stop_token_ids.sort());
          expect(tokenizer.newTokens).toEqual(golden.tokenizer_after.new_tokens);
          if (golden.jinja_template !== undefined)
            expect(jinjaTemplateOf(parts, tokenizer)).toBe(golden.jinja_template);
          if (golden.ollama_modelfile_template !== undefined) {
            expect(ollamaTemplateOf(parts, tokenizer)).toBe(golden.ollama_modelfile_template);
          }
        });

        for (const one of golden.cases) {
          it(`${one.conversation}, ${one.variant}`, () => {
            const variant = shared.variants[one.variant]!;
            const conversation = shared.conversations[one.conversation]!;
            const encode = () => {
              const template = templateFor(golden.template, variant);
              const encoded = encodeSupervised(template, conversation, {
                cutoffLen: variant.cutoff_len ?? 1_000_000,
                trainOnPrompt: variant.train_on_prompt,
                maskHistory: variant.mask_history,
              });
              return { template, encoded };
            };
            if (one.error !== undefined) {
              expect(encode).toThrow(AppError);
              return;
            }
            const { template, encoded } = encode();
            const ids = one.input_ids ?? idsOfDefault.get(one.conversation)!;
            expect([...encoded.inputIds]).toEqual(ids);
            expect([...encoded.labels]).toEqual(labelsOf(ids, one));

            const { tokenizer } = template;
            if (one.turn_texts) {
              const turns = template.encodeTurns(conversation).flatMap((turn) => [turn.source, turn.target]);
              // The golden texts are from before a reasoning template adds its empty thoughts.
              const thoughts = template.parts.reasoning;
              expect(turns).toHaveLength(one.turn_texts.length);
              for (const [i, text] of turns.map((turn) => tokenizer.decode(turn)).entries()) {
                if (thoughts && i % 2 === 1) expect(text.endsWith(one.turn_texts[i]!)).toBe(true);
                else expect(text).toBe(one.turn_texts[i]);
              }
            }
            const oneTurn = template.encodeOneTurn(conversation);
            if (one.generation_prompt !== undefined) {
              expect(tokenizer.decode(oneTurn.source)).toBe(one.generation_prompt);
            }
            if (one.oneturn_prompt_length !== undefined) {
              expect(oneTurn.source).toEqual(ids.slice(0, one.oneturn_prompt_length));
            }
            if (one.oneturn) expect([oneTurn.source, oneTurn.target]).toEqual(one.oneturn);
            if (one.extract_input !== undefined) {
              const calls = template
                .extractToolCalls(one.extract_input)
                ?.map((call) => [call.name, call.arguments]);
              // LLaMA-Factory gives the text itself back where it finds no calls.
              expect(calls ?? null).toEqual(Array.isArray(one.extracted) ? one.extracted : null);
            }
            if (one.function_text !== undefined) {
              const at = conversation.messages.findIndex((message) => message.role === "function");
              const turn = template.encodeTurns(conversation)[(at - 1) / 2]!;
              // The golden text joins the text slots only.
              const special = [tokenizer.bos!.token, tokenizer.eos!.token];
              const text = special.reduce(
                (left, token) => left.replaceAll(token, ""),
                tokenizer.decode(turn.target),
              );
              const expected = special.reduce((left, token) => left.replaceAll(token, ""), one.function_text);
              expect(template.parts.reasoning ? text.endsWith(expected) : text === expected).toBe(true);
            }
          });
        }
      });
    }
  });
