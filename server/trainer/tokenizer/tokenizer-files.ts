/**
 * The tokenizer's files in a model folder: tokenizer.json, tokenizer_config.json (as transformers 4 or 5 writes it),
 * special_tokens_map.json and the chat template. It knows what they are called and how old and new spellings map onto
 * each other; it does not know how to encode.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { AppError } from "@/server/contract/errors";
import type { AddedToken } from "./added-tokens";
import type { BytePairConfig } from "./byte-pair-encoding";

/** A normalizer, pre-tokenizer, post-processor or decoder: its type and whatever belongs to it. */
export type ComponentConfig = { type: string } & Record<string, unknown>;

const componentSchema = z.looseObject({ type: z.string() }).nullish();
const addedTokenSchema = z.looseObject({ id: z.number().int(), content: z.string() });
const tokenizerJsonSchema = z.looseObject({
  added_tokens: z.array(addedTokenSchema).default([]),
  normalizer: componentSchema,
  pre_tokenizer: componentSchema,
  post_processor: componentSchema,
  decoder: componentSchema,
});

export interface UnigramConfig {
  readonly type: "Unigram";
  readonly vocab: readonly (readonly [string, number])[];
  readonly unk_id?: number | null;
  readonly byte_fallback?: boolean;
}
export interface WordPieceConfig {
  readonly type: "WordPiece";
  readonly vocab: Readonly<Record<string, number>>;
}
export type ModelConfig = ({ readonly type: "BPE" } & BytePairConfig) | UnigramConfig | WordPieceConfig;

export interface TokenizerFiles {
  readonly folder: string;
  readonly model: ModelConfig;
  readonly addedTokens: readonly AddedToken[];
  readonly normalizer: ComponentConfig | null;
  readonly preTokenizer: ComponentConfig | null;
  readonly postProcessor: ComponentConfig | null;
  readonly decoder: ComponentConfig | null;
  /** tokenizer_config.json with special_tokens_map.json filled in; {} where neither is there. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly chatTemplate: string | null;
}

/** Reads a tokenizer's files. @throws AppError not_found or checkpoint_malformed, naming the file and the way out. */
export async function readTokenizerFiles(folder: string): Promise<TokenizerFiles> {
  const file = path.join(folder, "tokenizer.json");
  const text = await readOptional(file);
  if (text === null) throw await missingTokenizer(folder);
  const raw = parseJson(text, file) as { model?: unknown };
  const parsed = tokenizerJsonSchema.safeParse({ ...raw, model: null });
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw malformed(file, `"${issue.path.join(".")}": ${issue.message}`);
  }
  const map = await readJsonObject(path.join(folder, "special_tokens_map.json"));
  const config = { ...map, ...(await readJsonObject(path.join(folder, "tokenizer_config.json"))) };
  const { added_tokens, normalizer, pre_tokenizer, post_processor, decoder } = parsed.data;
  return {
    folder,
    model: checkModel(raw.model, file),
    addedTokens: added_tokens,
    normalizer: normalizer ?? null,
    preTokenizer: pre_tokenizer ?? null,
    postProcessor: post_processor ?? null,
    decoder: decoder ?? null,
    config,
    chatTemplate: (await readOptional(path.join(folder, "chat_template.jinja"))) ?? templateInConfig(config),
  };
}

/** Checked by hand: a schema would walk hundreds of thousands of entries. */
function checkModel(model: unknown, file: string): ModelConfig {
  const { type, vocab, merges } = (model ?? {}) as { type?: unknown; vocab?: unknown; merges?: unknown };
  // Files from before 2020 name no type: merges mean BPE, a list of scored pieces means Unigram.
  const kind = type ?? (Array.isArray(merges) ? "BPE" : Array.isArray(vocab) ? "Unigram" : undefined);
  if (kind !== "BPE" && kind !== "Unigram" && kind !== "WordPiece") {
    const shown = typeof kind === "string" ? kind : "missing";
    throw malformed(file, `"model.type" is ${shown}; Tuneboard reads BPE, Unigram and WordPiece`);
  }
  if (typeof vocab !== "object" || vocab === null) throw malformed(file, `"model.vocab" is missing`);
  if (kind === "BPE" && !Array.isArray(merges)) throw malformed(file, `"model.merges" is missing`);
  return { ...(model as object), type: kind } as ModelConfig;
}

/** `chat_template` as text, or as a list of named templates of which "default" counts. */
function templateInConfig(config: Record<string, unknown>): string | null {
  const template = config["chat_template"];
  if (typeof template === "string") return template;
  if (!Array.isArray(template)) return null;
  const named = template as { name?: unknown; template?: unknown }[];
  const chosen = named.find((entry) => entry.name === "default") ?? named[0];
  return typeof chosen?.template === "string" ? chosen.template : null;
}

const SLOW_TOKENIZERS = [
  "tokenizer.model",
  "spiece.model",
  "sentencepiece.bpe.model",
  "vocab.json",
  "vocab.txt",
];

async function missingTokenizer(folder: string): Promise<AppError> {
  const present = await Promise.all(
    SLOW_TOKENIZERS.map(async (name) =>
      (await readOptional(path.join(folder, name))) === null ? null : name,
    ),
  );
  const slow = present.find((name) => name !== null);
  return new AppError(
    "not_found",
    slow
      ? `${folder} has ${slow} but no tokenizer.json. Convert it once with transformers: ` +
          `python -c "from transformers import AutoTokenizer; AutoTokenizer.from_pretrained('${folder}').save_pretrained('${folder}')"`
      : `${folder} has no tokenizer.json, so its text cannot be turned into tokens. Copy tokenizer.json and ` +
          "tokenizer_config.json from the model's page on the hub into this folder.",
  );
}

async function readOptional(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw new AppError("not_found", `${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function readJsonObject(file: string): Promise<Record<string, unknown>> {
  const text = await readOptional(file);
  if (text === null) return {};
  const value = parseJson(text, file);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw malformed(file, "not a JSON object");
  return value as Record<string, unknown>;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed(file, (error as Error).message);
  }
}

function malformed(file: string, what: string): AppError {
  return new AppError(
    "checkpoint_malformed",
    `${file}: ${what}. Copy the file again from where the model came from.`,
  );
}
