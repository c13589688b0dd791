/**
 * A tokenizer's own chat template (Jinja), applied as transformers' `apply_chat_template` does.
 */
import { Template } from "@huggingface/jinja";
import { AppError } from "@/server/contract/errors";
import type { Tokenizer } from "./tokenizer";

export interface ChatTemplateInput {
  /** Messages as OpenAI writes them: role, content, perhaps tool_calls. */
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly tools?: readonly unknown[] | null;
  /** Whether the text ends with the marks that call for an answer. */
  readonly addGenerationPrompt?: boolean;
  /** Further variables that a template may know, such as `enable_thinking`. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

const parsedTemplates = new Map<string, Template>();

function parsed(source: string): Template {
  let template = parsedTemplates.get(source);
  if (!template) {
    template = new Template(source);
    parsedTemplates.set(source, template);
  }
  return template;
}

/**
 * The conversation as text.
 * @throws AppError invalid_request with the template's own words where it refuses the conversation, unsupported where
 * there is no template or it cannot be parsed.
 */
export function applyChatTemplate(tokenizer: Tokenizer, input: ChatTemplateInput): string {
  if (tokenizer.chatTemplate === null) {
    throw new AppError(
      "unsupported",
      "The tokenizer has no chat template. Name a template in the configuration.",
    );
  }
  try {
    return parsed(tokenizer.chatTemplate).render({
      messages: input.messages,
      tools: input.tools ?? null,
      documents: null,
      add_generation_prompt: input.addGenerationPrompt ?? false,
      ...specialTokenVariables(tokenizer),
      ...input.variables,
    });
  } catch (error) {
    const reason = (error as Error).message;
    throw new AppError("invalid_request", `The model's chat template refuses this conversation: ${reason}`, {
      cause: error,
    });
  }
}

function specialTokenVariables(tokenizer: Tokenizer): Record<string, string> {
  const tokens = { bos: tokenizer.bos, eos: tokenizer.eos, pad: tokenizer.pad, unk: tokenizer.unk };
  return Object.fromEntries(
    Object.entries(tokens).flatMap(([name, token]) => (token ? [[`${name}_token`, token.token]] : [])),
  );
}
