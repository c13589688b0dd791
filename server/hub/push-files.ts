/**
 * What of a model folder goes to a hub: the files that a model or an adapter consists of, and nothing else that a run
 * leaves. Where a file names a path of this machine, a copy without it goes in its place. It asks no hub.
 */
import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { cardParts, cardText } from "@/server/disk/front-matter";

const CARD_FILE = "README.md";

/** Weights, configurations, tokenizers, cards: what transformers, PEFT, llama.cpp and Ollama open. */
const WANTED = [
  /\.safetensors(\.index\.json)?$/,
  /^pytorch_model(-\d{5}-of-\d{5})?\.bin(\.index\.json)?$/,
  /\.gguf$/,
  /^(adapter_|generation_|preprocessor_|processor_|quantize_)?config\.json$/,
  /^(tokenizer|vocab|special_tokens_map|added_tokens|tokenizer_config)\.json$/,
  /^(tokenizer|spiece|sentencepiece\.bpe)\.model$/,
  /^merges\.txt$/,
  /^chat_template\.(jinja|json)$/,
  /^(Modelfile|README\.md|LICEN[CS]E(\.\w+)?|NOTICE(\.\w+)?)$/,
];
/** JSON files in which transformers and PEFT note where a model came from. */
const NAMES_PATHS = new Set(["config.json", "tokenizer_config.json", "adapter_config.json"]);
const PATH_ENTRY = /("(?:_name_or_path|name_or_path|base_model_name_or_path)"\s*:\s*)"((?:[^"\\]|\\.)*)"/g;

export interface PushedFile {
  readonly path: string;
  readonly bytes: number;
  /** Where it lies, or the text that goes in its place. */
  readonly content: URL | string;
  readonly changed: boolean;
  /** Tells one state of the content from another. */
  readonly mark: string;
}

export interface PushedFolder {
  readonly files: readonly PushedFile[];
  /** Names of those that stay here. */
  readonly keptBack: readonly string[];
}

interface PushedFolderFacts {
  /** The folder that relative paths in its files mean. */
  home: string;
  /** The base model as it is named here; null where there is none. */
  base: string | null;
  /** The base model's id on the hub, put in the place of local paths; null takes them out. */
  baseModel: string | null;
  /** The card that goes where the folder has none. */
  card: string;
}

/** @param folder absolute */
export async function pushedFolder(folder: string, facts: PushedFolderFacts): Promise<PushedFolder> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) =>
    a.name.localeCompare(b.name),
  );
  const isWanted = (name: string) => WANTED.some((pattern) => pattern.test(name));
  const files: PushedFile[] = [];
  const keptBack: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    if (!isWanted(entry.name) || !(await isFile(path.join(folder, entry.name)))) keptBack.push(entry.name);
    else files.push(await pushedFile(folder, entry.name, facts));
  }
  if (!files.some((file) => file.path === CARD_FILE))
    files.push(textFile(CARD_FILE, sharedCard(facts.card, facts), true));
  return { files, keptBack };
}

async function pushedFile(folder: string, name: string, facts: PushedFolderFacts): Promise<PushedFile> {
  const file = path.join(folder, name);
  if (name === CARD_FILE || NAMES_PATHS.has(name)) {
    const text = await readFile(file, "utf8");
    const shared = name === CARD_FILE ? sharedCard(text, facts) : sharedJson(text, facts);
    return textFile(name, shared, shared !== text);
  }
  const { size, mtimeMs } = await stat(file);
  return {
    path: name,
    bytes: size,
    content: pathToFileURL(file),
    changed: false,
    mark: `${size} ${mtimeMs}`,
  };
}

function textFile(name: string, text: string, changed: boolean): PushedFile {
  return { path: name, bytes: Buffer.byteLength(text), content: text, changed, mark: text };
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() ?? false;
}

/** As text, because Python tells 10000.0 from 10000 and JavaScript does not. */
function sharedJson(text: string, { home, baseModel }: PushedFolderFacts): string {
  return text.replace(PATH_ENTRY, (whole, key: string, value: string) =>
    isLocalPath(home, JSON.parse(`"${value}"`) as string) ? `${key}${JSON.stringify(baseModel)}` : whole,
  );
}

/** A card without local paths. The hub refuses a `base_model` that is no id of its own. */
function sharedCard(text: string, { home, base, baseModel }: PushedFolderFacts): string {
  const parts = cardParts(text);
  if (parts === null) return text;
  const { head, body } = parts;
  const { base_model: named, tags } = (head.toJS() ?? {}) as { base_model?: unknown; tags?: unknown };
  // A card may have only the last part of a path, which is no id either.
  const isLocal = (name: string) =>
    name === "" ||
    isLocalPath(home, name) ||
    (base !== null && isLocalPath(home, base) && name === nameIn(base));
  const local = typeof named === "string" && isLocal(named) ? named : null;
  if (local === null && (named !== undefined || baseModel === null)) return text;
  if (baseModel === null) head.delete("base_model");
  else head.set("base_model", baseModel);
  if (Array.isArray(tags)) {
    const kept = tags.map(String).filter((tag) => !tag.startsWith("base_model:"));
    const relation = tags.map(String).find((tag) => /^base_model:\w+:/.test(tag));
    const kind = relation?.split(":")[1];
    head.set("tags", [...(baseModel !== null && kind ? [`base_model:${kind}:${baseModel}`] : []), ...kept]);
  }
  if (local === null || local === "") return cardText(head, body);
  const shown = baseModel === null ? nameIn(local) : `[${baseModel}](https://huggingface.co/${baseModel})`;
  const linked = body.replaceAll(`[${local}](https://huggingface.co/${local})`, shown);
  // A name without a folder may be a word of the text.
  return cardText(head, /[\\/]/.test(local) ? linked.replaceAll(local, baseModel ?? nameIn(local)) : linked);
}

/** The last part of a local path. */
function nameIn(local: string): string {
  return local.split(/[\\/]/).filter(Boolean).at(-1) ?? local;
}

/** Whether a name means a place on this machine: an id of a hub can look like a relative path. */
export function isLocalPath(home: string, name: string): boolean {
  if (name === "") return false;
  return (
    path.isAbsolute(name) || /^[.~\\]|^[A-Za-z]:[\\/]/.test(name) || existsSync(path.resolve(home, name))
  );
}
