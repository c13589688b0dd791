/**
 * `dataset_info.json`: what each data set is called, where its rows are and which columns mean what. LLaMA-Factory's
 * names and defaults; shared by the console (previews, counts) and the trainer. It does not read files.
 */
import { z } from "zod";

export const DATASET_INFO_FILE = "dataset_info.json";
/** The column that the lines of a .txt file become, as in Hugging Face's `datasets`. */
export const TEXT_COLUMN = "text";

const columnName = z.string().nullish();

export const datasetColumnsSchema = z.looseObject({
  // alpaca
  prompt: columnName,
  query: columnName,
  response: columnName,
  history: columnName,
  // sharegpt and openai
  messages: columnName,
  // both
  system: columnName,
  tools: columnName,
  images: columnName,
  videos: columnName,
  audios: columnName,
  // preference data
  chosen: columnName,
  rejected: columnName,
  kto_tag: columnName,
});

export const datasetTagsSchema = z.looseObject({
  role_tag: z.string().nullish(),
  content_tag: z.string().nullish(),
  user_tag: z.string().nullish(),
  assistant_tag: z.string().nullish(),
  observation_tag: z.string().nullish(),
  function_tag: z.string().nullish(),
  system_tag: z.string().nullish(),
});

export const DATASET_FORMATS = ["alpaca", "sharegpt", "openai"] as const;

/** One entry of the file. */
export const datasetEntrySchema = z.looseObject({
  /** A file or folder beside dataset_info.json. */
  file_name: z.string().min(1).optional(),
  hf_hub_url: z.string().min(1).optional(),
  ms_hub_url: z.string().min(1).optional(),
  om_hub_url: z.string().min(1).optional(),
  script_url: z.string().min(1).optional(),
  cloud_file_name: z.string().min(1).optional(),
  formatting: z.enum(DATASET_FORMATS).default("alpaca"),
  /** Pairs of a chosen and a rejected answer. */
  ranking: z.boolean().default(false),
  subset: z.string().nullish(),
  split: z.string().nullish(),
  folder: z.string().nullish(),
  /** Rows to draw at random; more than there are repeats some. */
  num_samples: z.number().int().positive().nullish(),
  columns: datasetColumnsSchema.optional(),
  tags: datasetTagsSchema.optional(),
});

export type DatasetEntry = z.infer<typeof datasetEntrySchema>;

/** The file as a whole: entries are checked one by one, so that a bad one does not spoil the others. */
export const datasetInfoSchema = z.record(z.string(), z.unknown());

/** Columns by meaning; null where the data set has no such column. */
export type DatasetColumns = Readonly<
  Record<
    | "prompt"
    | "query"
    | "response"
    | "history"
    | "messages"
    | "system"
    | "tools"
    | "images"
    | "videos"
    | "audios"
    | "chosen"
    | "rejected"
    | "kto_tag",
    string | null
  >
>;

export type DatasetTags = Readonly<
  Record<
    | "role_tag"
    | "content_tag"
    | "user_tag"
    | "assistant_tag"
    | "observation_tag"
    | "function_tag"
    | "system_tag",
    string | null
  >
>;

const NO_COLUMNS: DatasetColumns = {
  prompt: null,
  query: null,
  response: null,
  history: null,
  messages: null,
  system: null,
  tools: null,
  images: null,
  videos: null,
  audios: null,
  chosen: null,
  rejected: null,
  kto_tag: null,
};

const DEFAULT_TAGS: DatasetTags = {
  role_tag: "from",
  content_tag: "value",
  user_tag: "human",
  assistant_tag: "gpt",
  observation_tag: "observation",
  function_tag: "function_call",
  system_tag: "system",
};

/** The columns of an entry. An entry that names any column has no defaults for the others, as in LLaMA-Factory. */
export function datasetColumns(entry: DatasetEntry): DatasetColumns {
  if (!entry.columns) {
    // Lines of text have one column, and it can only mean the text to learn from.
    if (entry.file_name?.endsWith(".txt")) return { ...NO_COLUMNS, prompt: TEXT_COLUMN };
    return {
      ...NO_COLUMNS,
      prompt: "instruction",
      query: "input",
      response: "output",
      messages: "conversations",
    };
  }
  const named = entry.columns;
  return Object.fromEntries(
    Object.keys(NO_COLUMNS).map((column) => [column, named[column as keyof DatasetColumns] ?? null]),
  ) as DatasetColumns;
}

/** The tags of an entry's messages. An entry that names any tag has no defaults for the others, as in LLaMA-Factory. */
export function datasetTags(entry: DatasetEntry): DatasetTags {
  if (!entry.tags) return DEFAULT_TAGS;
  const named = entry.tags;
  return Object.fromEntries(
    Object.keys(DEFAULT_TAGS).map((tag) => [tag, named[tag as keyof DatasetTags] ?? null]),
  ) as DatasetTags;
}

/** Where an entry's rows come from: a file beside dataset_info.json, or somewhere that is not on this machine. */
export function datasetSource(
  entry: DatasetEntry,
): { kind: "file" | "hub" | "script" | "cloud"; name: string } | null {
  const hub = entry.hf_hub_url ?? entry.ms_hub_url ?? entry.om_hub_url;
  if (hub !== undefined) return { kind: "hub", name: hub };
  if (entry.script_url !== undefined) return { kind: "script", name: entry.script_url };
  if (entry.cloud_file_name !== undefined) return { kind: "cloud", name: entry.cloud_file_name };
  return entry.file_name === undefined ? null : { kind: "file", name: entry.file_name };
}
