/** Tokenizers of a few tokens, written into a temporary folder: the model files that tests need and no more. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface TinyFiles {
  /** tokenizer.json; parts that are left out are null. */
  tokenizer?: Record<string, unknown>;
  config?: Record<string, unknown>;
  specialTokensMap?: Record<string, unknown>;
  chatTemplate?: string;
}

/** A vocabulary of lower-case letters, a space and a few merges. */
export const LETTER_MODEL = {
  type: "BPE",
  vocab: Object.fromEntries(
    [..."abcdefghijklmnopqrstuvwxyz ", "th", "the", "in", "ing"].map((token, id) => [token, id]),
  ),
  merges: ["t h", "th e", "i n", "in g"],
};

/** Writes the files and returns the folder. */
export function tinyFolder({ tokenizer, config, specialTokensMap, chatTemplate }: TinyFiles): string {
  const folder = mkdtempSync(path.join(tmpdir(), "tiny-tokenizer-"));
  const write = (name: string, value: unknown) =>
    writeFileSync(path.join(folder, name), JSON.stringify(value));
  if (tokenizer) {
    write("tokenizer.json", {
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: null,
      post_processor: null,
      decoder: { type: "Fuse" },
      model: LETTER_MODEL,
      ...tokenizer,
    });
  }
  if (config) write("tokenizer_config.json", config);
  if (specialTokensMap) write("special_tokens_map.json", specialTokensMap);
  if (chatTemplate !== undefined) writeFileSync(path.join(folder, "chat_template.jinja"), chatTemplate);
  return folder;
}
