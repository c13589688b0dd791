/**
 * Tokenised data kept for the next run under a name made of everything that it depends on: the bytes of the data sets'
 * files, the template, the tokenizer and the arguments. Whatever goes wrong with it, the run goes on without.
 */
import { createHash, type Hash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { TrainConfig } from "@/server/contract/train-config";
import { cacheFolder, markUsed, removeOldest } from "../checkpoint/cache-folder";
import type { Conversation, Message, Template } from "../tokenizer/templates/template";
import type { Dataset } from "./dataset-registry";
import type { ExampleKind } from "./example-kinds";
import type { LoadOptions } from "./loaded-data";
import type { NamedDatasets } from "./load-rows";
import { readTokenized, writeTokenized, type TokenizedData } from "./tokenized-folder";

/** Raised whenever rows come out differently from the same files and arguments. */
const ENCODER_VERSION = 1;
/** Less work than this is not worth a file. */
const WORTH_SECONDS = 1;
/** Entries that are kept; the one unused for longest goes first. */
const KEPT = 24;

/** Arguments that decide what becomes of rows. */
const ARGUMENTS = [
  "stage",
  "cutoff_len",
  "max_samples",
  "mix_strategy",
  "interleave_probs",
  "val_size",
  "train_on_prompt",
  "mask_history",
  "packing",
  "neat_packing",
  "preprocessing_batch_size",
  "eval_on_each_dataset",
  "seed",
] as const satisfies readonly (keyof TrainConfig)[];

export interface TokenCache<T> {
  /** null where it holds nothing for this data. */
  read(): Promise<TokenizedData<T> | null>;
  /** Keeps the data where it took long enough to make. */
  write(data: TokenizedData<T>, seconds: number): Promise<void>;
}

interface CacheSubject<T> {
  readonly kind: ExampleKind<T>;
  readonly datasets: NamedDatasets;
}

/** The place of this data, below `cache_dir` or in the user's cache folder. `overwrite_cache` reads nothing. */
export async function openTokenCache<T>(
  config: TrainConfig,
  { template, baseDir, onNotice }: LoadOptions,
  { kind, datasets }: CacheSubject<T>,
): Promise<TokenCache<T>> {
  const root = cacheFolder("tokenized", config, baseDir);
  const folder = path.join(root, await fingerprint(config, template, { kind, datasets }));
  return {
    async read() {
      if (config.overwrite_cache || !existsSync(folder)) return null;
      try {
        const data = await readTokenized(folder, kind);
        onNotice?.(`Loading cached processed dataset at ${folder}`);
        await markUsed(folder);
        return data;
      } catch {
        // A damaged entry is made anew, like one that is not there.
        return null;
      }
    },
    async write(data, seconds) {
      if (seconds < WORTH_SECONDS) return;
      try {
        await mkdir(root, { recursive: true });
        await writeTokenized(folder, kind, data);
        await removeOldest(root, KEPT);
      } catch (error) {
        onNotice?.(`Tokenised data could not be kept for the next run: ${(error as Error).message}`);
      }
    },
  };
}

async function fingerprint<T>(
  config: TrainConfig,
  template: Template,
  { kind, datasets }: CacheSubject<T>,
): Promise<string> {
  const hash = createHash("sha256");
  const note = (value: unknown) => hash.update(`${JSON.stringify(value) ?? "undefined"}\n`);
  note([ENCODER_VERSION, kind.name, ARGUMENTS.map((name) => config[name])]);
  note(templateProbe(template));
  for (const dataset of datasets.train) await hashDataset(hash, dataset);
  note("evaluation");
  for (const dataset of datasets.evaluation) await hashDataset(hash, dataset);
  const tokenizerFile = path.join(config.model_name_or_path, "tokenizer.json");
  if (existsSync(tokenizerFile)) await hashFile(hash, tokenizerFile);
  return hash.digest("hex").slice(0, 32);
}

/** The template's options, and what it makes of conversations with everything in them, today's date included. */
function templateProbe(template: Template): unknown {
  const { tokenizer } = template;
  const tools = JSON.stringify([
    { name: "tool", description: "d", parameters: { type: "object", properties: {} } },
  ]);
  const messages: readonly Message[] = [
    { role: "user", content: "question" },
    { role: "function", content: JSON.stringify([{ name: "tool", arguments: { a: 1 } }]) },
    { role: "observation", content: "seen" },
    { role: "assistant", content: "<think>\nthought\n</think>\n\nanswer" },
  ];
  const conversations: readonly Conversation[] = [
    { messages, system: "system", tools },
    { messages: [messages[0]!, messages[3]!], system: null, tools: null },
  ];
  const turns = conversations.map((conversation) => {
    try {
      return template.encodeTurns(conversation);
    } catch (error) {
      // Not every template has tools.
      return String(error);
    }
  });
  return [template.parts, turns, tokenizer.eos, tokenizer.pad, tokenizer.size];
}

async function hashDataset(hash: Hash, { name, entry, files }: Dataset): Promise<void> {
  hash.update(`${JSON.stringify([name, entry, files.map((file) => path.basename(file))])}\n`);
  for (const file of files) {
    hash.update(`${(await stat(file)).size}\n`);
    await hashFile(hash, file);
  }
}

async function hashFile(hash: Hash, file: string): Promise<void> {
  await pipeline(
    createReadStream(file, { highWaterMark: 1 << 20 }),
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) hash.update(piece);
    },
  );
}
