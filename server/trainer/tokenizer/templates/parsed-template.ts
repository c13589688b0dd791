/**
 * A template read out of a tokenizer's Jinja chat template, by rendering small conversations and cutting the results
 * apart, as LLaMA-Factory does where no template is named.
 */
import { AppError } from "@/server/contract/errors";
import { applyChatTemplate } from "../chat-template";
import type { Tokenizer } from "../tokenizer";
import type { TemplateSpec } from "./template-spec";

const CONTENT = "{{content}}";
const SYSTEM = { role: "system", content: CONTENT };
const USER = { role: "user", content: CONTENT };
const ANSWER = { role: "assistant", content: CONTENT };

/** @throws AppError unsupported where the template cannot be taken apart; the way out is to name one. */
export function parseTemplate(tokenizer: Tokenizer): TemplateSpec {
  const prefix = tokenizer.decode(tokenizer.encode("", { addSpecialTokens: true }));
  const render = (messages: readonly { role: string; content: string }[], addGenerationPrompt: boolean) =>
    applyChatTemplate(tokenizer, { messages, addGenerationPrompt }).slice(prefix.length);

  try {
    const system = render([SYSTEM], false);
    const userAfterEmptySystem = render([{ role: "system", content: "" }, USER], true);
    let user = render([USER], true);
    let assistant = render([USER, ANSWER], false).slice(user.length);
    const reasoning = assistant.includes("<think>");
    assistant = assistant.replaceAll("<think>", "").replaceAll("</think>", "").replace(/^\n+/, "");
    let defaultSystem = "";
    if (user.length > userAfterEmptySystem.length) {
      defaultSystem = insertedText(userAfterEmptySystem, user);
      user = user.slice(system.replace(CONTENT, () => defaultSystem).length);
    }
    for (const slot of [user, assistant, system]) {
      if (!/\{\{[a-zA-Z_][a-zA-Z0-9_]*\}\}/.test(slot)) throw new Error("a turn does not show its content");
    }
    return { user, assistant, system, reasoning, defaultSystem, ...(prefix && { prefix }) };
  } catch (error) {
    const reason = (error as Error).message;
    throw new AppError(
      "unsupported",
      `The model's own chat template cannot be taken apart (${reason}). Name the template that belongs to the model, ` +
        "for example template: llama3.",
      { cause: error },
    );
  }
}

/** The characters of `long` that have to be added to `short` to get it. */
function insertedText(short: string, long: string): string {
  let inserted = "";
  let i = 0;
  for (let j = 0; i < short.length && j < long.length; j++) {
    if (short[i] === long[j]) i++;
    else inserted += long[j];
  }
  return inserted;
}
