/**
 * A conversation as OpenAI writes it -> the prompt's ids, the same that training makes of the same turns: through the
 * named template, or the one read out of the tokenizer's own. It does not know models.
 */
import { AppError } from "../../contract/errors";
import { applyChatTemplate } from "../tokenizer/chat-template";
import { getTemplate } from "../tokenizer/templates/get-template";
import type { Message, Template } from "../tokenizer/templates/template";
import type { Tokenizer } from "../tokenizer/tokenizer";

export interface ToolCall {
  readonly name: string;
  /** JSON, as text. */
  readonly arguments: string;
}

export interface ConversationMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  readonly toolCalls?: readonly ToolCall[];
}

export interface ConversationRequest {
  readonly messages: readonly ConversationMessage[];
  /** OpenAI's list of tools, as parsed JSON. */
  readonly tools?: readonly unknown[];
  readonly enableThinking?: boolean | null;
}

export interface PromptSettings {
  readonly tokenizer: Tokenizer;
  /** LLaMA-Factory's name of a template; null: the tokenizer's own. */
  readonly template: string | null;
  readonly defaultSystem: string | null;
}

export interface FormattedPrompt {
  readonly ids: readonly number[];
  readonly stopIds: ReadonlySet<number>;
  /** The tokenizer with the template's special tokens: it decodes the answer. */
  readonly tokenizer: Tokenizer;
  /** Null where the tokenizer's Jinja template had to be applied as a whole. */
  readonly template: Template | null;
}

/** @throws AppError invalid_request for turns in an order that templates do not have; invalid_config for the template */
export function formatPrompt(settings: PromptSettings, request: ConversationRequest): FormattedPrompt {
  checkOrder(splitSystem(request.messages).turns);
  const template = findTemplate(settings, request);
  if (!template) return formatWithJinja(settings.tokenizer, request);
  const tools =
    request.tools && request.tools.length > 0 ? JSON.stringify(request.tools.map(functionOf)) : null;
  return {
    ids: questionIds(template, request.messages, tools),
    stopIds: new Set(template.stopTokenIds),
    tokenizer: template.tokenizer,
    template,
  };
}

/**
 * A conversation that ends with a question, as training encodes the same turns.
 * @param tools the list as JSON text; null: none
 */
export function questionIds(
  template: Template,
  conversation: readonly ConversationMessage[],
  tools: string | null = null,
): readonly number[] {
  const { system, turns } = splitSystem(conversation);
  const messages: Message[] = [...turns.map(toTemplateMessage), { role: "assistant", content: "" }];
  return template.encodeOneTurn({ messages, system, tools }).source;
}

/** Null where no template is named and the tokenizer's own cannot be taken apart; it can still be applied as it is. */
function findTemplate(
  { tokenizer, template, defaultSystem }: PromptSettings,
  request: ConversationRequest,
): Template | null {
  try {
    return getTemplate(template, tokenizer, { defaultSystem, enableThinking: request.enableThinking });
  } catch (error) {
    if (template === null && error instanceof AppError && error.code === "unsupported") return null;
    throw error;
  }
}

function formatWithJinja(
  tokenizer: Tokenizer,
  { messages, tools, enableThinking }: ConversationRequest,
): FormattedPrompt {
  const text = applyChatTemplate(tokenizer, {
    messages: messages.map(({ role, content, toolCalls }) => ({
      role,
      content,
      ...(toolCalls && { tool_calls: toolCalls.map((call) => ({ type: "function", function: call })) }),
    })),
    tools: tools ?? null,
    addGenerationPrompt: true,
    variables: typeof enableThinking === "boolean" ? { enable_thinking: enableThinking } : {},
  });
  const stopIds = new Set(tokenizer.eos ? [tokenizer.eos.id] : []);
  return { ids: tokenizer.encode(text), stopIds, tokenizer, template: null };
}

function splitSystem(messages: readonly ConversationMessage[]): {
  system: string | null;
  turns: readonly ConversationMessage[];
} {
  const first = messages[0];
  return first?.role === "system"
    ? { system: first.content, turns: messages.slice(1) }
    : { system: null, turns: messages };
}

/** Templates have questions (user, tool) and answers in turn, and a question at the end. */
function checkOrder(turns: readonly ConversationMessage[]): void {
  if (turns.length === 0)
    throw new AppError("invalid_request", "messages: there is no user message to answer.");
  for (const [i, { role }] of turns.entries()) {
    const asks = role === "user" || role === "tool";
    if (role !== "system" && asks === (i % 2 === 0)) continue;
    throw new AppError(
      "invalid_request",
      `messages: a "${role}" message is out of place. After an optional system message, user (or tool) and assistant messages take turns.`,
    );
  }
  if (turns.length % 2 === 0)
    throw new AppError(
      "invalid_request",
      "messages: the last message must be the user's (or a tool's), not an answer.",
    );
}

function toTemplateMessage({ role, content, toolCalls }: ConversationMessage): Message {
  if (toolCalls && toolCalls.length > 0) {
    const calls = toolCalls.map(({ name, arguments: text }) => ({ name, arguments: parseArguments(text) }));
    return { role: "function", content: JSON.stringify(calls) };
  }
  return { role: role === "tool" ? "observation" : role === "assistant" ? "assistant" : "user", content };
}

function parseArguments(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_request", `messages: a tool call's arguments are not JSON: ${text}`, {
      cause,
    });
  }
}

/** OpenAI wraps a function's description; templates take what is inside. */
function functionOf(tool: unknown): unknown {
  return typeof tool === "object" && tool !== null && "function" in tool ? tool.function : tool;
}
