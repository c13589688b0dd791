/**
 * `dataset_info.json`: what each data set is called, where its rows are and which columns mean what. LLaMA-Factory's
 * names and defaults; shared by the console (previews, counts) and the trainer. It does not read files.
 */
import { z } from "zod";

export {
  datasetColumns,
  type DatasetColumns,
  datasetTags,
  type DatasetTags,
  TEXT_COLUMN,
} from "./dataset-columns";

export const DATASET_INFO_FILE = "dataset_info.json";

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
