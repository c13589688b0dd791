/**
 * One entry of dataset_info.json as LLaMA-Factory defines it: where the data is, its format, its columns. An entry that
 * is wrong is still listed, with the reason; it does not know files.
 */
import { z } from "zod";

const columnsSchema = z.record(z.string(), z.string().nullable());

const entrySchema = z
  .object({
    file_name: z.string().min(1).optional(),
    hf_hub_url: z.string().optional(),
    ms_hub_url: z.string().optional(),
    om_hub_url: z.string().optional(),
    script_url: z.string().optional(),
    cloud_file_name: z.string().optional(),
    formatting: z
      .enum(["alpaca", "sharegpt", "openai"], { error: "formatting must be alpaca, sharegpt or openai" })
      .default("alpaca"),
    ranking: z.boolean({ error: "ranking must be true or false" }).default(false),
    subset: z.string().nullish(),
    split: z.string().nullish(),
    folder: z.string().nullish(),
    num_samples: z.number().int().positive().nullish(),
    columns: columnsSchema.default({}),
    tags: columnsSchema.default({}),
  })
  .loose();

export interface DatasetEntry {
  name: string;
  formatting: "alpaca" | "sharegpt" | "openai";
  ranking: boolean;
  /** Relative to the data folder; null for data on a hub. */
  fileName: string | null;
  hub: string | null;
  /** Rows to take at most. */
  numSamples: number | null;
  /** Names of the columns that every row must have, with the names they go by here. */
  columns: Record<string, string>;
  /** What is wrong with the entry itself. */
  problem: string | null;
}

const HUBS = ["hf_hub_url", "ms_hub_url", "om_hub_url", "script_url", "cloud_file_name"] as const;

/** Reads an entry; never throws. */
export function readEntry(name: string, value: unknown): DatasetEntry {
  const parsed = entrySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return {
      name,
      formatting: "alpaca",
      ranking: false,
      fileName: null,
      hub: null,
      numSamples: null,
      columns: {},
      problem: `dataset_info.json, entry ${name}: ${issue.path.length > 0 ? `${issue.path.join(".")}: ` : ""}${issue.message}.`,
    };
  }
  const entry = parsed.data;
  const hub = HUBS.map((key) => entry[key]).find((url) => url !== undefined) ?? null;
  const columns = Object.fromEntries(
    Object.entries(entry.columns).filter((pair): pair is [string, string] => pair[1] !== null),
  );
  return {
    name,
    formatting: entry.formatting,
    ranking: entry.ranking,
    fileName: hub === null ? (entry.file_name ?? null) : null,
    hub,
    numSamples: entry.num_samples ?? null,
    columns,
    problem:
      hub === null && !entry.file_name
        ? `dataset_info.json, entry ${name}: neither file_name nor a hub address says where the data is.`
        : null,
  };
}

/** The column that a row of this dataset cannot do without, by the name that it has in the file. */
export function requiredColumns(entry: DatasetEntry): string[] {
  if (entry.formatting !== "alpaca")
    return [entry.columns.messages ?? (entry.formatting === "openai" ? "messages" : "conversations")];
  // An alpaca row may leave out its answer (pre-training text) but not its prompt.
  return [entry.columns.prompt ?? "instruction"];
}

/** Columns of pictures, films and sounds, where the entry names such. */
export function mediaColumns(entry: DatasetEntry): string[] {
  return ["images", "videos", "audios"].filter((kind) => entry.columns[kind] !== undefined);
}
