/**
 * Which tokens are bos, eos, pad and unk, and which are special at all, as tokenizer_config.json says it in any of its
 * spellings: text or object, `added_tokens_decoder`, `additional_special_tokens` (v4), `extra_special_tokens` (v5).
 */
import type { AddedToken } from "./added-tokens";

export interface NamedSpecialTokens {
  readonly bos: string | null;
  readonly eos: string | null;
  readonly pad: string | null;
  readonly unk: string | null;
  /** Further tokens that are special. */
  readonly others: readonly string[];
}

/** What a tokenizer class of transformers takes where the configuration is silent. */
const CLASS_DEFAULTS: readonly { name: RegExp; bos?: string; eos?: string; pad?: string; unk?: string }[] = [
  { name: /^(GPT2|Roberta)Tokenizer/, bos: "<|endoftext|>", eos: "<|endoftext|>", unk: "<|endoftext|>" },
  { name: /^(Code)?LlamaTokenizer/, bos: "<s>", eos: "</s>", unk: "<unk>" },
  { name: /^Qwen2Tokenizer/, eos: "<|endoftext|>", pad: "<|endoftext|>" },
  { name: /^GemmaTokenizer/, bos: "<bos>", eos: "<eos>", pad: "<pad>", unk: "<unk>" },
];

/** Classes whose `add_bos_token` is true where the configuration is silent. */
const ADDS_BOS = /^((Code)?Llama|Gemma)Tokenizer/;

export function namedSpecialTokens(config: Readonly<Record<string, unknown>>): NamedSpecialTokens {
  const className = typeof config["tokenizer_class"] === "string" ? config["tokenizer_class"] : "";
  const defaults = CLASS_DEFAULTS.find((entry) => entry.name.test(className));
  const named = (key: "bos" | "eos" | "pad" | "unk") =>
    `${key}_token` in config ? tokenText(config[`${key}_token`]) : (defaults?.[key] ?? null);
  return {
    bos: named("bos"),
    eos: named("eos"),
    pad: named("pad"),
    unk: named("unk"),
    others: [...textList(config["additional_special_tokens"]), ...textList(config["extra_special_tokens"])],
  };
}

/** Whether pretraining puts bos before each text (`tokenizer.add_bos_token` in Python). */
export function addsBosToken(config: Readonly<Record<string, unknown>>): boolean {
  const flag = config["add_bos_token"];
  if (typeof flag === "boolean") return flag;
  return typeof config["tokenizer_class"] === "string" && ADDS_BOS.test(config["tokenizer_class"]);
}

/** Tokens of `added_tokens_decoder` (transformers 4), by id. */
export function decoderTokens(config: Readonly<Record<string, unknown>>): AddedToken[] {
  const decoder = config["added_tokens_decoder"];
  if (typeof decoder !== "object" || decoder === null) return [];
  return Object.entries(decoder as Record<string, Omit<AddedToken, "id">>)
    .filter(([, token]) => typeof token.content === "string")
    .map(([id, token]) => ({ ...token, id: Number(id) }));
}

function tokenText(value: unknown): string | null {
  if (typeof value === "string") return value;
  const content = (value as { content?: unknown } | null)?.content;
  return typeof content === "string" ? content : null;
}

/** A list of tokens, or an object of named ones. */
function textList(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value)
    .map(tokenText)
    .filter((text) => text !== null);
}
