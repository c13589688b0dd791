/**
 * Writes a tokenizer beside a trained model, so that the folder stands on its own: tokenizer.json,
 * tokenizer_config.json and chat_template.jinja, as transformers 5 does and versions 4 and 5 read.
 */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AddedToken } from "./added-tokens";
import type { Tokenizer } from "./tokenizer";
import { readTokenizerFiles } from "./tokenizer-files";

/** Keys that say again, in an older spelling, what is written anew. */
const REPLACED_KEYS = [
  "added_tokens_decoder",
  "extra_special_tokens",
  "chat_template",
  "is_local",
  "local_files_only",
];

/**
 * Saves the tokenizer of the folder `from` into `to`, with the changes that a template made to it.
 * @param paddingSide "right" as training pads, "left" as batched generation needs it
 * @throws AppError where the files of `from` cannot be read
 */
export async function saveTokenizer(
  from: string,
  to: string,
  tokenizer: Tokenizer,
  { paddingSide = "right" }: { paddingSide?: "left" | "right" } = {},
): Promise<void> {
  const files = await readTokenizerFiles(from);
  await mkdir(to, { recursive: true });
  const source = path.join(from, "tokenizer.json");
  const target = path.join(to, "tokenizer.json");
  if (sameTokens(files.addedTokens, tokenizer.addedTokens)) await copyFile(source, target);
  else {
    const whole = JSON.parse(await readFile(source, "utf8")) as Record<string, unknown>;
    const added = tokenizer.addedTokens.map(completeToken).sort((a, b) => a.id - b.id);
    await writeFile(target, JSON.stringify({ ...whole, added_tokens: added }, null, 2));
  }
  await writeFile(
    path.join(to, "tokenizer_config.json"),
    `${JSON.stringify(configOf(files.config, tokenizer, paddingSide), null, 2)}\n`,
  );
  if (tokenizer.chatTemplate !== null)
    await writeFile(path.join(to, "chat_template.jinja"), tokenizer.chatTemplate);
}

function sameTokens(a: readonly AddedToken[], b: readonly AddedToken[]): boolean {
  if (a.length !== b.length) return false;
  return a.every(
    (token, i) => token.content === b[i]!.content && Boolean(token.special) === Boolean(b[i]!.special),
  );
}

const completeToken = (token: AddedToken) => ({
  id: token.id,
  content: token.content,
  single_word: token.single_word ?? false,
  lstrip: token.lstrip ?? false,
  rstrip: token.rstrip ?? false,
  normalized: token.normalized ?? !token.special,
  special: token.special ?? false,
});

function configOf(
  source: Readonly<Record<string, unknown>>,
  tokenizer: Tokenizer,
  paddingSide: string,
): Record<string, unknown> {
  const kept = Object.entries(source).filter(([key]) => !REPLACED_KEYS.includes(key));
  const { bos, eos, pad, unk, otherSpecialTokens } = tokenizer;
  const named: Record<string, string> = {};
  for (const [name, token] of Object.entries({ bos, eos, pad, unk }))
    if (token) named[`${name}_token`] = token.token;
  const config: Record<string, unknown> = {
    clean_up_tokenization_spaces: false,
    tokenizer_class: "PreTrainedTokenizerFast",
    ...Object.fromEntries(kept),
    ...named,
    padding_side: paddingSide,
    // transformers 4 does not know version 5's name of the class that reads tokenizer.json.
    ...(source["tokenizer_class"] === "TokenizersBackend" && { tokenizer_class: "PreTrainedTokenizerFast" }),
    // transformers 5 calls the list extra_special_tokens and reads the old name too; transformers 4 reads only this.
    ...(otherSpecialTokens.length > 0 && { additional_special_tokens: otherSpecialTokens }),
  };
  return Object.fromEntries(Object.entries(config).sort(([a], [b]) => (a < b ? -1 : 1)));
}
