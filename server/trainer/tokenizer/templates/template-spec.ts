/**
 * How a chat template is written down: data only. Slots are text with `{{content}}`, the tokenizer's bos or eos, or one
 * vocabulary entry; each is encoded on its own, so where a slot ends decides which tokens come out.
 */
import type { ToolFormatName } from "./tool-formats";

/** The tokenizer's bos or eos token, whatever it is called there. */
export const BOS = { special: "bos" } as const;
export const EOS = { special: "eos" } as const;

export type Slot = string | typeof BOS | typeof EOS | { readonly token: string };
export type Slots = string | readonly Slot[];

/** One entry of the template tables. What is left out takes the default in brackets. */
export interface TemplateSpec {
  /** A user's turn with the marks that call for an answer ["{{content}}"]; `{{idx}}` is the turn's number. */
  readonly user?: Slots;
  /** ["{{content}}" and eos; without eos where `efficientEos`] */
  readonly assistant?: Slots;
  /** ["{{content}}"] */
  readonly system?: Slots;
  /** What comes before everything [nothing]. */
  readonly prefix?: Slots;
  /** A tool's answer [as `user`]. */
  readonly observation?: Slots;
  /** The assistant calling tools [as `assistant`]. */
  readonly function?: Slots;
  /** How tools are described in the system message and called ["default"]; or text around their JSON. */
  readonly tools?: ToolFormatName | { readonly text: string };
  /** Used where a conversation has no system message [none]. */
  readonly defaultSystem?: string;
  /** Tokens that end an answer besides eos. */
  readonly stopWords?: readonly string[];
  /** What opens and closes a thought ["<think>\n", "\n</think>\n\n"]. */
  readonly thoughtWords?: readonly [string, string];
  /** ["<tool_call>", "</tool_call>"] */
  readonly toolCallWords?: readonly [string, string];
  /** The eos of a turn is learned at the first token of the next one, which costs no position [false]. */
  readonly efficientEos?: boolean;
  /** The first stop word becomes the tokenizer's eos [false]. */
  readonly replaceEos?: boolean;
  /** The tokenizer's own Jinja template is replaced [false: only filled in where it is missing]. */
  readonly replaceJinja?: boolean;
  /** The system message goes into the first user message rather than before it [false]. */
  readonly systemInUser?: boolean;
  /** Answers may hold a thought; one without gets an empty one [false]. */
  readonly reasoning?: boolean;
  /** How an empty thought is written: both words ["both"] or the closing one only. */
  readonly emptyThought?: "both" | "close";
}
