/**
 * Which files of a hub's repository belong together: its configurations (subsets) and their splits, from the head of its
 * card where that names them, else from folders and file names as Hugging Face's `datasets` does. Pure.
 */
import path from "node:path";
import { z } from "zod";
import { ROW_FILES } from "@/server/contract/datasets";

export interface Split {
  /** "" where the repository has only one. */
  config: string;
  /** "train", "test", "validation", or as the card calls it. */
  split: string;
  /** Relative to the repository, in order. */
  files: string[];
}

const paths = z.union([z.string(), z.array(z.string())]);
const dataFiles = z.union([
  z.array(z.object({ split: z.string(), path: paths })),
  z.record(z.string(), paths),
  paths,
]);
const cardSchema = z.looseObject({
  configs: z.array(
    z.looseObject({
      config_name: z.string().default("default"),
      data_dir: z.string().nullish(),
      data_files: dataFiles.nullish(),
    }),
  ),
});

/** Words that name a split, as Hugging Face's `datasets` knows them. */
const SPLIT_WORDS: readonly (readonly [split: string, words: RegExp])[] = [
  ["validation", /^(validation|valid|val|dev)$/i],
  ["test", /^(test|testing|eval|evaluation)$/i],
  ["train", /^(train|training)$/i],
];
/** Names of a configuration that say nothing. */
const PLAIN_CONFIG = /^(default|data|main|plain_text)$/i;

/**
 * @param files of the repository, those without rows too
 * @param head what the card's head says, as YAML's value
 * @returns training rows first, then what is held back; a file is in one split only
 */
export function repositorySplits(files: readonly string[], head: unknown): Split[] {
  const rows = files.filter(isRowFile);
  const named = splitsOfCard(rows, head);
  const splits = named.length > 0 ? named : splitsOfNames(rows);
  const configs = new Set(splits.map(({ config }) => config));
  return splits
    .map((split) => ({
      ...split,
      config: configs.size === 1 || PLAIN_CONFIG.test(split.config) ? "" : split.config,
    }))
    .sort((a, b) => Number(a.split !== "train") - Number(b.split !== "train"));
}

function isRowFile(file: string): boolean {
  return (
    ROW_FILES.includes(path.posix.extname(file).toLowerCase()) &&
    !/(^|\/)(dataset_infos?|dataset_dict|config|state)\.json$/i.test(file) &&
    !/(^|\/)(readme|license|notice|requirements)[^/]*$/i.test(file)
  );
}

function splitsOfCard(rows: readonly string[], head: unknown): Split[] {
  const card = cardSchema.safeParse(head);
  if (!card.success) return [];
  const taken = new Set<string>();
  return card.data.configs.flatMap(({ config_name, data_dir, data_files }) => {
    const base = data_dir ? `${data_dir.replace(/^\.?\/|\/$/g, "")}/` : "";
    return patternsOf(data_files ?? "**", base).flatMap(([split, patterns]) => {
      const matched = rows.filter(
        (file) => patterns.some((pattern) => pattern.test(file)) && !taken.has(file),
      );
      for (const file of matched) taken.add(file);
      // A pattern for all that there is leaves it to the names which split a file is of.
      const splits = split === null ? splitsOfNames(matched) : [{ config: "", split, files: matched }];
      return splits.filter(({ files }) => files.length > 0).map((each) => ({ ...each, config: config_name }));
    });
  });
}

/** The splits of a configuration with what their paths look like; null for a split that is not named. */
function patternsOf(
  given: z.infer<typeof dataFiles>,
  base: string,
): [split: string | null, patterns: RegExp[]][] {
  const patterns = (each: z.infer<typeof paths>) => [each].flat().map((glob) => globPattern(base + glob));
  if (typeof given === "string") return [[null, patterns(given)]];
  if (!Array.isArray(given)) return Object.entries(given).map(([split, each]) => [split, patterns(each)]);
  const [first] = given;
  if (typeof first === "string") return [[null, patterns(given as string[])]];
  return (given as { split: string; path: z.infer<typeof paths> }[]).map(({ split, path: each }) => [
    split,
    patterns(each),
  ]);
}

/** "data/train-*", "**" and "{a,b}.json" as an expression for whole paths. */
function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/^\.\//, "")
    .replace(/[.+^$()|\\[\]]/g, "\\$&")
    .replace(/\*\*\/?|\*|\?|\{[^}]*\}/g, (mark) => {
      if (mark.startsWith("**")) return ".*";
      if (mark === "*") return "[^/]*";
      return mark === "?" ? "[^/]" : `(?:${mark.slice(1, -1).replaceAll(",", "|")})`;
    })
    .replaceAll("{", "\\{");
  return new RegExp(`^${source}$`);
}

function splitsOfNames(rows: readonly string[]): Split[] {
  const splits = new Map<string, Split>();
  for (const file of [...rows].sort()) {
    const { config, split } = readName(file);
    const kind = path.posix.extname(file).toLowerCase();
    const key = JSON.stringify([config, split, kind]);
    const found = splits.get(key);
    if (found) found.files.push(file);
    else splits.set(key, { config, split, files: [file] });
  }
  return [...splits.values()];
}

/** What a path says: "sft/train-00000-of-00002.parquet" is of "sft" and "train". */
function readName(file: string): Pick<Split, "config" | "split"> {
  const { dir, name } = path.posix.parse(file);
  const folders = dir.split("/").filter(Boolean);
  // "train-00000-of-00002", "part-003": one of several files with the same kind of rows.
  const stem = name.replace(/[-_.]?\d+[-_.]of[-_.]\d+$/i, "").replace(/[-_.]?\d{2,}$/, "");
  let split = "train";
  const keep = (text: string, separator: RegExp) =>
    text
      .split(separator)
      .filter((word) => {
        const found = SPLIT_WORDS.find(([, words]) => words.test(word));
        if (found) [split] = found;
        return !found && word !== "";
      })
      .join("_");
  const parts = [...folders.map((folder) => (keep(folder, /^$/) === "" ? "" : folder)), keep(stem, /[-_.]+/)];
  const config = parts.filter((part) => part !== "" && !PLAIN_CONFIG.test(part)).join("_");
  return { config, split };
}
