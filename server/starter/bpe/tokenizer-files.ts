/**
 * A learned BPE as Hugging Face's tokenizer files: tokenizer.json, tokenizer_config.json, chat_template.jinja.
 * The special tokens and the chat format are those of LLaMA-Factory's template `chatml`.
 */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { SPLIT_PATTERN } from "./pre-tokenize";
import type { Bpe } from "./train-bpe";

/** Name of the template, in LLaMA-Factory's table, that writes the same text as the Jinja template below. */
export const TEMPLATE_NAME = "chatml";

/** Ids follow the learned vocabulary in this order. Thinking marks stay in decoded text, so they are not "special". */
export const ADDED_TOKENS: readonly { readonly content: string; readonly special: boolean }[] = [
  { content: "<|endoftext|>", special: true },
  { content: "<|im_start|>", special: true },
  { content: "<|im_end|>", special: true },
  { content: "<think>", special: false },
  { content: "</think>", special: false },
];
export const EOS_TOKEN = "<|im_end|>";
export const PAD_TOKEN = "<|endoftext|>";

export const CHAT_TEMPLATE = `{%- for message in messages -%}
{{- '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' -}}
{%- endfor -%}
{%- if add_generation_prompt -%}
{{- '<|im_start|>assistant\\n' -}}
{%- endif -%}
`;

/** What `writeTokenizerFiles` writes. */
export const TOKENIZER_FILES = ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"] as const;

const ALIGNMENT = 64;

/** Rows of the embedding table: learned and added tokens, rounded up to a multiple that kernels like. */
export function embeddingRows(bpe: Bpe): number {
  return Math.ceil((bpe.tokens.length + ADDED_TOKENS.length) / ALIGNMENT) * ALIGNMENT;
}

/** Ids of the added tokens by their text. */
export function addedTokenIds(bpe: Bpe): ReadonlyMap<string, number> {
  return new Map(ADDED_TOKENS.map((token, index) => [token.content, bpe.tokens.length + index]));
}

/** Writes the three files into `folder`, which exists. */
export async function writeTokenizerFiles(folder: string, bpe: Bpe, maxLength: number): Promise<void> {
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await write("tokenizer.json", `${JSON.stringify(tokenizerJson(bpe))}\n`);
  await write("tokenizer_config.json", `${JSON.stringify(tokenizerConfig(maxLength), null, 2)}\n`);
  await write("chat_template.jinja", CHAT_TEMPLATE);
}

function tokenizerJson(bpe: Bpe): object {
  const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: ADDED_TOKENS.map(({ content, special }, index) => ({
      id: bpe.tokens.length + index,
      content,
      ...flags,
      special,
    })),
    normalizer: { type: "NFC" },
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: SPLIT_PATTERN }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: "",
      end_of_word_suffix: "",
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(bpe.tokens.map((token, id) => [token, id])),
      merges: bpe.merges,
    },
  };
}

function tokenizerConfig(maxLength: number): object {
  return {
    tokenizer_class: "PreTrainedTokenizerFast",
    add_prefix_space: false,
    bos_token: null,
    clean_up_tokenization_spaces: false,
    eos_token: EOS_TOKEN,
    model_max_length: maxLength,
    pad_token: PAD_TOKEN,
    split_special_tokens: false,
    unk_token: null,
  };
}
