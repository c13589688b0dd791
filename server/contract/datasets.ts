/**
 * What the Datasets page and the console say to each other beyond the list of `api.ts`: health, rendered rows, lengths,
 * files that come in, changes that can be undone. It does not know how files are read.
 *
 *   GET    /api/datasets/:name                  DatasetDetail
 *   PUT    /api/datasets/:name                  { entry } → Undoable
 *   DELETE /api/datasets/:name?files=&dry=      Removal
 *   GET    /api/datasets/:name/rows?offset=&limit=   RowPage
 *   PATCH  /api/datasets/:name/rows             { edits } → Undoable
 *   POST   /api/datasets/:name/rows             { rows, entry? } → 201 Undoable   behind the others; with an entry in a new dataset
 *   GET    /api/datasets/:name/survey           Survey
 *   POST   /api/datasets/:name/render           RenderRequest → { items: RenderedRow[] }
 *   POST   /api/datasets/:name/lengths          LengthRequest → Lengths
 *   GET    /api/data/registry, PUT { text }     RegistryText, Undoable
 *   POST   /api/data/undo/:id                   { undone: true }
 *   POST   /api/data/uploads                    { name, size, modified } → Upload
 *   GET    /api/data/uploads/:id                Upload
 *   PUT    /api/data/uploads/:id?offset=        bytes → Upload
 *   DELETE /api/data/uploads/:id                { removed: true }
 *   POST   /api/data/incoming/files             { path } → { items: paths } of a file, or of a folder's files
 *   POST   /api/data/incoming                   { upload } or { path } → Incoming
 *   POST   /api/data/incoming/:id/add           AddRequest → 202 Addition
 *   GET    /api/data/incoming/:id/add           Addition
 *   POST   /api/data/identity/rows              IdentityRequest → { items }
 *   POST   /api/data/identity                   IdentityRequest → 201 Undoable
 */
import { z } from "zod";
import { datasetSummarySchema } from "./api";
import { datasetEntrySchema } from "./dataset-info";
import { mappingSchema, presetSchema } from "./dataset-presets";

/** Kinds of files that have rows, by their ending. */
export const ROW_FILES: readonly string[] = [".json", ".jsonl", ".csv", ".parquet", ".txt"];

export const datasetNameSchema = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u,
    "A dataset's name is made of letters, digits, dots, dashes and underscores, at most 80.",
  );

/** A name that may be given, from any text: "My data (2).csv" → "My_data_2". */
export function datasetNameFrom(text: string): string {
  const words = text
    .replace(/\.[A-Za-z0-9]{1,8}$/, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._-]+/gu, "_")
    .replace(/^[._-]+|[._-]+$/g, "");
  return words.slice(0, 80) || "dataset";
}

/** Where in a text something is wrong; both counted from 1. */
export const textPlaceSchema = z.object({ line: z.number(), column: z.number() });
export type TextPlace = z.infer<typeof textPlaceSchema>;

/** A row that cannot be used, with the reason. */
export const rowProblemSchema = z.object({
  /** Counted from 0. */
  row: z.number(),
  message: z.string(),
  place: textPlaceSchema.nullable(),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

/** What reading every row found. Lists hold the first few; counts are exact. */
export const surveySchema = z.object({
  state: z.enum(["running", "done"]),
  rows_read: z.number(),
  /** 0 to 1. */
  share: z.number(),
  /** Rows that are not JSON, or that lack a column. */
  bad: z.object({ count: z.number(), first: z.array(rowProblemSchema) }),
  /** Rows whose answer is empty. */
  empty: z.object({ count: z.number(), first: z.array(z.number()) }),
  /** Rows that stand further up already; `first` holds the copies, not the originals. */
  copies: z.object({ count: z.number(), first: z.array(z.number()) }),
  /** Copies are looked for among this many rows at most; null where all were looked at. */
  copies_among: z.number().nullable(),
});
export type Survey = z.infer<typeof surveySchema>;

export const DATASET_FAULTS = [
  "missing",
  "broken",
  "columns",
  "entry",
  "hub",
  "media",
  "empty",
  "kind",
] as const;
export type DatasetFault = (typeof DATASET_FAULTS)[number];

export const datasetListItemSchema = datasetSummarySchema.extend({
  /** Beside dataset_info.json; null where the data is elsewhere. */
  file_name: z.string().nullable().default(null),
  /** ".json", ".csv" …, "folder"; null where there is no file. */
  file_kind: z.string().nullable().default(null),
  /** Rows are still being counted; `rows` is null until then. */
  counting: z.boolean().default(false),
  survey: surveySchema.nullable().default(null),
  /** What its rows are. */
  shape: z.enum(["alpaca", "sharegpt", "openai", "pairs", "marks", "text"]).default("alpaca"),
  /** What kind of problem it has; null where it has none. */
  fault: z.enum(DATASET_FAULTS).nullable().default(null),
});
export type DatasetListItem = z.infer<typeof datasetListItemSchema>;

/** dataset_info.json where it cannot be read. */
export const registryProblemSchema = z.object({ message: z.string(), place: textPlaceSchema.nullable() });

export const datasetListSchema = z.object({
  items: z.array(datasetListItemSchema),
  problems: z.array(z.string()).default([]),
});
export type DatasetList = z.infer<typeof datasetListSchema>;

export const datasetDetailSchema = datasetListItemSchema.extend({
  /** As dataset_info.json has it; null where it cannot be read as an entry. */
  entry: datasetEntrySchema.nullable(),
  /** Columns of the first row. */
  columns: z.array(z.string()),
  /** Whether rows can be changed in place: one .json or .jsonl file that is not too large. */
  editable: z.boolean(),
});
export type DatasetDetail = z.infer<typeof datasetDetailSchema>;

export const rowPageSchema = z.object({
  /** null where the row cannot be read; `problems` says why. */
  items: z.array(z.unknown()),
  /** Rows known so far. */
  total: z.number(),
  /** Share of the file that has been looked through; null where all of it has. */
  counted: z.number().nullable().default(null),
  problems: z.array(rowProblemSchema).default([]),
});
export type RowPage = z.infer<typeof rowPageSchema>;

/** How rows are to be turned into text and tokens: the arguments of a run that matter for it. */
export const encodingSchema = z.object({
  model_name_or_path: z.string().min(1),
  template: z.string().nullish(),
  cutoff_len: z.number().int().positive().default(2048),
  train_on_prompt: z.boolean().default(false),
  mask_history: z.boolean().default(false),
  enable_thinking: z.boolean().default(true),
});
export type Encoding = z.infer<typeof encodingSchema>;

export const renderRequestSchema = z.object({
  encoding: encodingSchema,
  offset: z.number().int().min(0),
  limit: z.number().int().min(1).max(50),
});

/** One text made of a row: the row itself, or each of its two answers. */
export const renderedTextSchema = z.object({
  label: z.enum(["row", "chosen", "rejected"]),
  /** Everything that the model sees, special tokens written out. */
  text: z.string(),
  /** Text of each token, and whether it counts towards the loss. */
  tokens: z.array(z.tuple([z.string(), z.boolean()])),
  /** Tokens before cutting. */
  length: z.number(),
});
export const renderedRowSchema = z.object({
  texts: z.array(renderedTextSchema),
  problem: z.string().nullable(),
});
export type RenderedRow = z.infer<typeof renderedRowSchema>;

export const lengthRequestSchema = z.object({
  encoding: encodingSchema,
  /** Every row rather than a sample spread over the file. */
  all: z.boolean().default(false),
});

export const lengthsSchema = z.object({
  state: z.enum(["running", "done", "failed"]),
  /** Rows measured, of how many that were asked for, of how many there are. */
  measured: z.number(),
  wanted: z.number(),
  rows: z.number(),
  /** `counts[i]` rows have `i * bin` to `(i + 1) * bin - 1` tokens. */
  bin: z.number(),
  counts: z.array(z.number()),
  median: z.number(),
  longest: z.number(),
  /** Lengths from the shortest to the longest, evenly spaced over the rows: "x % will be cut" at any cutoff. */
  quantiles: z.array(z.number()),
  /** Rows that would be left out, and why the first one would. */
  unusable: z.number(),
  problem: z.string().nullable(),
});
export type Lengths = z.infer<typeof lengthsSchema>;

/** Done, and can be undone for a while under this id. */
export const undoableSchema = z.object({ undo: z.string(), name: z.string().optional() });
export type Undoable = z.infer<typeof undoableSchema>;

export const removalSchema = z.object({
  removed: z.array(z.object({ name: z.string(), bytes: z.number() })),
  /** Files that stay because other entries use them. */
  kept: z.array(z.object({ name: z.string(), used_by: z.array(z.string()) })),
  undo: z.string().nullable(),
});
export type Removal = z.infer<typeof removalSchema>;

export const registryTextSchema = z.object({
  text: z.string(),
  problem: registryProblemSchema.nullable(),
  /** What the file could be meant to say; null where it is fine or cannot be guessed. */
  repaired: z.string().nullable(),
});
export type RegistryText = z.infer<typeof registryTextSchema>;
export const registryChangeSchema = z.object({ text: z.string().max(4_000_000) });

export const rowEditsSchema = z.object({
  edits: z
    .array(
      z.object({
        row: z.number().int().min(0),
        /** null deletes the row. */
        value: z.record(z.string(), z.unknown()).nullable(),
      }),
    )
    .min(1)
    .max(20_000),
  /** Rows that the file had when the edits were made: another count means that it has changed since. */
  of: z.number().int(),
});
export type RowEdits = z.infer<typeof rowEditsSchema>;

/** Rows that are added behind the others, or in a new dataset of that name. */
export const rowAdditionsSchema = z.object({
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(20_000),
  /** What a new dataset's columns are, as dataset_info.json says it. Missing: there must be a dataset of that name. */
  entry: z.record(z.string(), z.unknown()).optional(),
});
export type RowAdditions = z.infer<typeof rowAdditionsSchema>;

export const newUploadSchema = z.object({
  name: z.string().min(1).max(255),
  size: z.number().int().min(0),
  /** Milliseconds; with name and size it tells whether this is a file whose upload broke off. */
  modified: z.number(),
});
export const uploadSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  received: z.number(),
});
export type Upload = z.infer<typeof uploadSchema>;

export const incomingRequestSchema = z.union([
  z.object({ upload: z.string().min(1) }),
  z.object({ path: z.string().trim().min(1).max(4096) }),
]);

/** Files of one dataset, and files that are looked at in one go. */
export const MOST_FILES_AT_ONCE = 1000;

/** A file, or a folder with files of rows. */
export const rowFilesRequestSchema = z.object({ path: z.string().trim().min(1).max(4096) });
export const rowFilesSchema = z.object({
  /** Their paths, to be looked at one by one. */
  items: z.array(z.string()),
});
export type RowFiles = z.infer<typeof rowFilesSchema>;

/** A file that is about to become a dataset. */
export const incomingSchema = z.object({
  id: z.string(),
  /** Its own file name. */
  name: z.string(),
  kind: z.string(),
  bytes: z.number(),
  columns: z.array(z.string()),
  /** The first rows. */
  sample: z.array(z.unknown()),
  problems: z.array(rowProblemSchema),
  guess: z.object({ preset: presetSchema, mapping: mappingSchema }),
  /** A free dataset name. */
  suggested_name: z.string(),
});
export type Incoming = z.infer<typeof incomingSchema>;

/** Files with the same key can be one dataset: they have the same columns and are read alike. */
export function togetherKey({ kind, columns }: Pick<Incoming, "kind" | "columns">): string {
  // Hugging Face's loader, and so LLaMA-Factory, reads both as "json".
  return JSON.stringify([kind === ".json" ? ".jsonl" : kind, ...[...columns].sort()]);
}

/** Whether a file's name or folder says that its rows are held back to measure with, not to train on. */
export function isHeldBack(file: string): boolean {
  return /(^|[/_.-])(test|validation|valid|val|dev|eval)([/_.-]|$)/i.test(file);
}

export const addRequestSchema = z.object({
  name: datasetNameSchema,
  preset: presetSchema,
  mapping: mappingSchema,
  /** A system prompt for every row. */
  system: z.string().max(20_000).default(""),
  /** Ids of further files that fit together with this one: all of them become one dataset. */
  also: z.array(z.string().min(1)).max(MOST_FILES_AT_ONCE).optional(),
});
export type AddRequest = z.infer<typeof addRequestSchema>;

export const additionSchema = z.object({
  state: z.enum(["running", "done", "failed"]),
  rows_done: z.number(),
  /** 0 to 1. */
  share: z.number(),
  /** Rows that were left out, with the first reasons. */
  skipped: z.number(),
  first_skipped: z.array(rowProblemSchema),
  error: z.string().nullable(),
  name: z.string(),
  undo: z.string().nullable(),
});
export type Addition = z.infer<typeof additionSchema>;

export const identityRequestSchema = z.object({
  dataset: datasetNameSchema.default("identity"),
  name: z.string().trim().min(1, "Give the model a name.").max(80),
  author: z.string().trim().min(1, "Say who made it.").max(120),
  languages: z.array(z.enum(["en", "zh"])).min(1, "Choose at least one language."),
});
export type IdentityRequest = z.infer<typeof identityRequestSchema>;
export const identityRowsSchema = z.object({
  items: z.array(z.object({ instruction: z.string(), input: z.string(), output: z.string() })),
});
export type IdentityRows = z.infer<typeof identityRowsSchema>;
