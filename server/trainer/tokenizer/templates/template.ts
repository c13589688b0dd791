/**
 * A chat template bound to a tokenizer: conversations become ids, turn by turn, exactly as LLaMA-Factory's template
 * classes make them. It does not know data sets, labels or lengths.
 */
import { AppError } from "@/server/contract/errors";
import type { Tokenizer } from "../tokenizer";
import { parseJson, type JsonObject } from "./python-json";
import { formatFunctionTurn } from "./function-turn";
import type { Slot } from "./template-spec";
import { TOOL_FORMATS, type FunctionCall, type ToolFormat } from "./tool-formats";

export type Role = "user" | "assistant" | "observation" | "function";

export interface Message {
  readonly role: Role;
  readonly content: string;
}

export interface Conversation {
  /** user or observation first, then in turns with assistant or function. */
  readonly messages: readonly Message[];
  readonly system?: string | null;
  /** A JSON list of tools, as text. */
  readonly tools?: string | null;
}

export interface EncodedTurn {
  readonly source: number[];
  readonly target: number[];
}

/** A template with every default filled in. */
export interface TemplateParts {
  readonly name: string;
  readonly user: readonly Slot[];
  readonly assistant: readonly Slot[];
  readonly system: readonly Slot[];
  readonly prefix: readonly Slot[];
  readonly observation: readonly Slot[];
  readonly function: readonly Slot[];
  readonly callFormat: ToolFormat;
  /** A format, or text around the tools' JSON. */
  readonly toolFormat: ToolFormat | { readonly text: string };
  readonly defaultSystem: string;
  readonly stopWords: readonly string[];
  readonly thoughtWords: readonly [string, string];
  readonly toolCallWords: readonly [string, string];
  readonly efficientEos: boolean;
  readonly systemInUser: boolean;
  readonly reasoning: boolean;
  readonly emptyThought: "both" | "close";
  /** Reasoning only. false: thoughts are removed; null: kept, but an empty one is not trained on. */
  readonly enableThinking: boolean | null;
  readonly preserveThinking: boolean;
  /** What today is, for formats that print the date. */
  readonly today: () => Date;
}

export class Template {
  constructor(
    readonly parts: TemplateParts,
    readonly tokenizer: Tokenizer,
  ) {}

  get name(): string {
    return this.parts.name;
  }

  /** The whole conversation before its last message, and that message. */
  encodeOneTurn(conversation: Conversation): EncodedTurn {
    const { enableThinking, preserveThinking } = this.parts;
    const messages = this.forgetThoughts(conversation.messages, (i, last) =>
      i === last ? enableThinking === false : i < last - 1 && !preserveThinking,
    );
    const encoded = this.encodeMessages({ ...conversation, messages });
    const turn = { source: encoded.slice(0, -1).flat(), target: encoded.at(-1) ?? [] };
    return this.withEmptyThought(turn, messages.at(-1));
  }

  /** Pairs of what is read and what is answered. `discardHistoryThoughts` keeps only the last answer's thought. */
  encodeTurns(conversation: Conversation, options: { discardHistoryThoughts?: boolean } = {}): EncodedTurn[] {
    const discard = options.discardHistoryThoughts ?? false;
    const messages = this.forgetThoughts(
      conversation.messages,
      (i, last) => this.parts.enableThinking === false || (discard && i < last - 1),
    );
    const encoded = this.encodeMessages({ ...conversation, messages });
    const turns: EncodedTurn[] = [];
    for (let i = 0; i + 1 < encoded.length; i += 2) {
      const turn = { source: encoded[i]!, target: encoded[i + 1]! };
      const wantsThought = !discard || i === messages.length - 2;
      turns.push(wantsThought ? this.withEmptyThought(turn, messages[i + 1]) : turn);
    }
    return turns;
  }

  /** Ids that end an answer. */
  get stopTokenIds(): number[] {
    const { eos } = this.tokenizer;
    const ids = this.parts.stopWords.map((word) => this.tokenizer.tokenToId(word));
    return [...new Set([eos?.id, ...ids])].filter((id) => id !== undefined);
  }

  /** The calls in an answer; null where it is plain text. */
  extractToolCalls(content: string): FunctionCall[] | null {
    const format = this.parts.toolFormat;
    return "text" in format ? null : format.extract(content);
  }

  /** The answers at the indices that `forgets` picks lose their thoughts; templates without thoughts know none. */
  private forgetThoughts(
    messages: readonly Message[],
    forgets: (index: number, last: number) => boolean,
  ): readonly Message[] {
    if (!this.parts.reasoning) return messages;
    return messages.map((message, i) =>
      i % 2 === 1 && forgets(i, messages.length - 1)
        ? { ...message, content: withoutThought(message.content, this.parts.thoughtWords) }
        : message,
    );
  }

  /** An answer without a thought gets an empty one: learned where thinking is on, else part of what is read. */
  private withEmptyThought(turn: EncodedTurn, answer: Message | undefined): EncodedTurn {
    const { thoughtWords, emptyThought, enableThinking, reasoning } = this.parts;
    const [open, close] = thoughtWords;
    const content = answer?.content ?? "";
    if (!reasoning || content.includes(open.trim()) || content.includes(close.trim())) return turn;
    const thought = this.tokenizer.encode(emptyThought === "close" ? close : open + close);
    return enableThinking
      ? { source: turn.source, target: [...thought, ...turn.target] }
      : { source: [...turn.source, ...thought], target: turn.target };
  }

  private encodeMessages({ messages, system, tools }: Conversation): number[][] {
    const { parts } = this;
    return messages.map((message, i) => {
      const first = i === 0;
      const elements: Slot[] = first ? [...parts.prefix] : [];
      const systemText = first ? this.systemSlots(system || parts.defaultSystem, tools || null) : [];
      if (!parts.systemInUser) elements.push(...systemText);
      switch (message.role) {
        case "user":
          elements.push(...this.userSlots(message.content, systemText, i));
          break;
        case "assistant":
          elements.push(...fill(parts.assistant, { content: message.content }));
          break;
        case "observation":
          elements.push(...fill(parts.observation, { content: message.content }));
          break;
        case "function":
          elements.push(...fill(parts.function, { content: formatFunctionTurn(message.content, parts) }));
          break;
      }
      return this.toIds(elements);
    });
  }

  /** Either with the turn's number, or with the system message in front of what the user says. */
  private userSlots(content: string, systemText: readonly Slot[], index: number): Slot[] {
    const { user, systemInUser } = this.parts;
    if (!systemInUser) return fill(user, { content, idx: String(Math.floor(index / 2)) });
    const opening = typeof systemText[0] === "string" ? systemText[0] : "";
    return fill(user, { content: opening + content });
  }

  private systemSlots(system: string, tools: string | null): readonly Slot[] {
    if (!system && !tools) return [];
    return fill(this.parts.system, { content: system + (tools ? this.toolText(tools) : "") });
  }

  private toolText(tools: string): string {
    const { toolFormat, today } = this.parts;
    if ("text" in toolFormat) return toolFormat.text.replace("{{content}}", () => tools);
    try {
      const parsed = parseJson(tools);
      if (!Array.isArray(parsed) || parsed.some((tool) => !(tool instanceof Map))) {
        throw new Error("not a list of objects");
      }
      return parsed.length > 0 ? toolFormat.describe(parsed as JsonObject[], today()) : "";
    } catch (error) {
      const reason = (error as Error).message;
      throw new AppError("dataset_malformed", `Invalid tool description (${reason}): ${excerpt(tools)}`, {
        cause: error,
      });
    }
  }

  private toIds(elements: readonly Slot[]): number[] {
    const ids: number[] = [];
    for (const element of elements) {
      if (typeof element === "string") ids.push(...this.tokenizer.encode(element));
      else if ("token" in element) ids.push(this.vocabularyId(element.token));
      else {
        const token = element.special === "bos" ? this.tokenizer.bos : this.tokenizer.eos;
        if (token) ids.push(token.id);
      }
    }
    return ids;
  }

  private vocabularyId(token: string): number {
    const id = this.tokenizer.tokenToId(token) ?? this.tokenizer.unk?.id;
    if (id !== undefined) return id;
    throw new AppError(
      "invalid_config",
      `The template "${this.name}" needs the token ${token}, which this model's tokenizer does not have. ` +
        "Choose the template that belongs to the model.",
    );
  }
}

function withoutThought(content: string, [open, close]: readonly [string, string]): string {
  let text = content;
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, start)) {
    const end = text.indexOf(close, start + open.length);
    if (end < 0) break;
    text = text.slice(0, start) + text.slice(end + close.length);
  }
  return text.replace(/^\n+/, "");
}

/** Slots with the first `{{name}}` of each text replaced. */
function fill(slots: readonly Slot[], values: Readonly<Record<string, string>>): Slot[] {
  return slots.map((slot) => {
    if (typeof slot !== "string") return slot;
    let text = slot;
    for (const [name, value] of Object.entries(values)) text = text.replace(`{{${name}}}`, () => value);
    return text;
  });
}

const excerpt = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

/** A tool format by LLaMA-Factory's name. @throws AppError invalid_config */
export function toolFormatNamed(name: string): ToolFormat {
  const format = (TOOL_FORMATS as Record<string, ToolFormat | undefined>)[name];
  if (format) return format;
  throw new AppError(
    "invalid_config",
    `tool_format "${name}" is not known. Use one of: ${Object.keys(TOOL_FORMATS).join(", ")}.`,
  );
}
