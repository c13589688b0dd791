/**
 * Tokenizer files beside saved weights: those of the base model, with the end and pad tokens and the chat template that
 * training used, so that whoever loads the folder later talks to the model as it was trained.
 */
import { copyFile, readdir } from "node:fs/promises";
import path from "node:path";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { readJsonObject } from "../checkpoint/json-file";
import type { Tokenizer } from "../tokenizer/tokenizer";

const CONFIG_FILE = "tokenizer_config.json";
const TEMPLATE_FILE = "chat_template.jinja";
const FILES = new Set([
  "tokenizer.json",
  "tokenizer.model",
  "special_tokens_map.json",
  "added_tokens.json",
  "vocab.json",
  "merges.txt",
]);

/** @param from the base model's folder; @param tokenizer as the template left it */
export async function copyTokenizer(from: string, to: string, tokenizer: Tokenizer): Promise<void> {
  const names = await readdir(from);
  for (const name of names.filter((name) => FILES.has(name))) {
    await copyFile(path.join(from, name), path.join(to, name));
  }
  const config = { ...(await readJsonObject(path.join(from, CONFIG_FILE))) };
  // The template has a file of its own, as transformers 5 writes it; two copies could disagree.
  delete config["chat_template"];
  if (tokenizer.eos) config["eos_token"] = tokenizer.eos.token;
  if (tokenizer.pad) config["pad_token"] = tokenizer.pad.token;
  await replaceTextFile(path.join(to, CONFIG_FILE), `${JSON.stringify(config, null, 2)}\n`);
  if (tokenizer.chatTemplate !== null) {
    await replaceTextFile(path.join(to, TEMPLATE_FILE), tokenizer.chatTemplate);
  }
}
