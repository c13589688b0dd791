/**
 * One entry of dataset_info.json as the console lists it: usable or not, with the reason. The entry's form is the
 * contract's; it does not know files.
 */
import {
  DATASET_INFO_FILE,
  datasetColumns,
  datasetEntrySchema,
  datasetSource,
  type DatasetEntry,
} from "@/server/contract/dataset-info";
import { isObject } from "@/server/contract/raw-row";

export interface ListedDataset {
  name: string;
  /** null where the entry cannot be read. */
  entry: DatasetEntry | null;
  /** File or folder beside dataset_info.json; null where the data is elsewhere or nowhere. */
  fileName: string | null;
  source: "file" | "hub";
  /** What is wrong with the entry itself. */
  problem: string | null;
}

/** Reads an entry; never throws. */
export function listDataset(name: string, value: unknown): ListedDataset {
  const where = `${DATASET_INFO_FILE}, entry ${name}`;
  const parsed = datasetEntrySchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const key = issue.path.length > 0 ? `${issue.path.join(".")}: ` : "";
    return {
      name,
      entry: null,
      fileName: null,
      source: "file",
      problem: `${where}: ${key}${issue.message}.`,
    };
  }
  const entry = parsed.data;
  const source = datasetSource(entry);
  if (!source) {
    const problem = `${where}: neither file_name nor a hub address says where the data is.`;
    return { name, entry, fileName: null, source: "file", problem };
  }
  if (source.kind === "file") return { name, entry, fileName: source.name, source: "file", problem: null };
  const problem = `Not on this machine: it is on a hub (${source.name}). Download it and name the file in ${DATASET_INFO_FILE}.`;
  return { name, entry, fileName: null, source: "hub", problem };
}

function mediaOf(entry: DatasetEntry): string[] {
  const columns = datasetColumns(entry);
  return (["images", "videos", "audios"] as const).filter((kind) => columns[kind] !== null);
}

/** Whether its rows hold more than text. */
export const hasMedia = (entry: DatasetEntry): boolean => mediaOf(entry).length > 0;

/** Why rows like this one do not do for the entry's format; null where they do. */
export function rowProblem(entry: DatasetEntry, fileName: string, row: unknown): string | null {
  const columns = datasetColumns(entry);
  const media = mediaOf(entry);
  if (media.length > 0) return `It has ${media.join(" and ")}; the embedded trainer reads text only.`;
  if (!isObject(row)) return `${fileName}: its rows are not objects.`;
  const key = entry.formatting === "alpaca" ? "prompt" : "messages";
  if (columns[key] === null) return `${DATASET_INFO_FILE} names columns, but not which one is the ${key}.`;
  const missing = missingColumns(entry, row);
  if (missing.length === 0) return null;
  return (
    `${fileName}: the first row has no column ${missing.join(", ")}; it has ${Object.keys(row).join(", ")}. ` +
    `Name the right one under "columns" in ${DATASET_INFO_FILE}.`
  );
}

/** Columns that a row must have for the entry's format and lacks. An alpaca row may leave out its answer (text to pre-train on). */
export function missingColumns(entry: DatasetEntry, row: Readonly<Record<string, unknown>>): string[] {
  const columns = datasetColumns(entry);
  const pair = entry.ranking ? [columns.chosen, columns.rejected] : [];
  const asked = entry.formatting === "alpaca" ? columns.prompt : columns.messages;
  // Columns that the entry itself names are meant; those of the defaults may be missing.
  const answer = entry.columns && entry.formatting === "alpaca" && !entry.ranking ? columns.response : null;
  return [asked, answer, ...pair, columns.kto_tag].filter(
    (column) => column !== null && !(column in row),
  ) as string[];
}
