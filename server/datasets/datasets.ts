/**
 * The datasets of a data folder: dataset_info.json read anew when it changes, rows counted once per version of a file,
 * pages of rows on demand. It knows no models and no runs.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { DatasetSummary } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import { mediaColumns, readEntry, requiredColumns, type DatasetEntry } from "./dataset-entry";
import { indexRows, readRows, type RowIndex } from "./row-index";

const READABLE = /\.jsonl?$/;
const LARGEST_PAGE = 100;

interface CachedFile {
  version: string;
  bytes: number;
  index: RowIndex;
  /** Why its rows do not fit the entry that was looked at first; filled by `summary`. */
  firstRow: unknown;
}

export interface DatasetSize {
  rows: number;
  bytes: number;
}

export class Datasets {
  private readonly files = new Map<string, Promise<CachedFile>>();
  private readonly registries = new Map<string, { version: string; entries: DatasetEntry[] }>();

  /** @param home absolute path of TUNEBOARD_HOME; `dataset_dir` is relative to it */
  constructor(private readonly home: string) {}

  /** All entries, usable or not, in the file's order; a broken registry is one problem and no entries. */
  async list(datasetDir = "data"): Promise<{ items: DatasetSummary[]; problems: string[] }> {
    try {
      const entries = await this.entries(datasetDir);
      return {
        items: await Promise.all(entries.map((entry) => this.summary(datasetDir, entry))),
        problems: [],
      };
    } catch (error) {
      if (error instanceof AppError) return { items: [], problems: [error.message] };
      throw error;
    }
  }

  /** A page of rows as they lie in the file. @throws AppError not_found, dataset_malformed, unsupported */
  async rows(name: string, offset: number, limit: number): Promise<{ items: unknown[]; total: number }> {
    const entry = await this.entry("data", name);
    const summary = await this.summary("data", entry);
    if (!entry.fileName || summary.rows === null) {
      throw new AppError("unsupported", summary.problem ?? `${name} cannot be shown here.`);
    }
    const file = this.fileOf("data", entry.fileName);
    const { index } = await this.opened(file);
    return {
      items: await readRows(file, index, Math.max(0, offset), Math.min(limit, LARGEST_PAGE)),
      total: index.rows,
    };
  }

  /** Rows and bytes of a dataset, or why it cannot be used. */
  async size(datasetDir: string, name: string): Promise<DatasetSize | { problem: string }> {
    try {
      const summary = await this.summary(datasetDir, await this.entry(datasetDir, name));
      if (summary.problem !== null || summary.rows === null)
        return { problem: summary.problem ?? `${name} cannot be counted.` };
      return { rows: summary.rows, bytes: summary.bytes ?? 0 };
    } catch (error) {
      if (error instanceof AppError) return { problem: error.message };
      throw error;
    }
  }

  private async entry(datasetDir: string, name: string): Promise<DatasetEntry> {
    const entry = (await this.entries(datasetDir)).find((candidate) => candidate.name === name);
    if (!entry)
      throw new AppError("not_found", `${datasetDir}/dataset_info.json has no dataset named ${name}.`);
    return entry;
  }

  private async entries(datasetDir: string): Promise<DatasetEntry[]> {
    const file = this.fileOf(datasetDir, "dataset_info.json");
    const version = await versionOf(file);
    if (version === null)
      throw new AppError(
        "not_found",
        `${datasetDir} has no dataset_info.json, the file that lists its datasets.`,
      );
    const known = this.registries.get(file);
    if (known?.version === version) return known.entries;
    let value: unknown;
    try {
      value = JSON.parse(await readFile(file, "utf8"));
    } catch (error) {
      throw new AppError(
        "dataset_malformed",
        `${datasetDir}/dataset_info.json is not valid JSON: ${(error as Error).message}.`,
      );
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new AppError(
        "dataset_malformed",
        `${datasetDir}/dataset_info.json must be one object: a name, then what is known of that dataset.`,
      );
    }
    const entries = Object.entries(value).map(([name, entry]) => readEntry(name, entry));
    this.registries.set(file, { version, entries });
    return entries;
  }

  private async summary(datasetDir: string, entry: DatasetEntry): Promise<DatasetSummary> {
    const base = { name: entry.name, formatting: entry.formatting, ranking: entry.ranking };
    const unusable = (
      problem: string,
      source: "file" | "hub" = "file",
      bytes: number | null = null,
    ): DatasetSummary => ({
      ...base,
      rows: null,
      bytes,
      source,
      problem,
    });
    if (entry.problem) return unusable(entry.problem);
    if (entry.hub !== null)
      return unusable(
        `Not on this machine: it is on a hub (${entry.hub}). Download it and name the file in dataset_info.json.`,
        "hub",
      );
    const { fileName } = entry;
    const file = this.fileOf(datasetDir, fileName!);
    if ((await versionOf(file)) === null) return unusable(`${datasetDir}/${fileName} is missing.`);
    if (!READABLE.test(file)) {
      return unusable(
        `${fileName}: the embedded trainer reads .json and .jsonl files, not ${path.extname(file) || "folders"}.`,
        "file",
        (await stat(file)).size,
      );
    }
    try {
      const { index, bytes, firstRow } = await this.opened(file);
      return {
        ...base,
        rows: Math.min(index.rows, entry.numSamples ?? Infinity),
        bytes,
        source: "file",
        problem: rowProblem(entry, index, firstRow),
      };
    } catch (error) {
      if (error instanceof AppError)
        return unusable(error.message.replaceAll(file, `${datasetDir}/${fileName}`));
      throw error;
    }
  }

  private async opened(file: string): Promise<CachedFile> {
    const version = (await versionOf(file)) ?? "gone";
    const known = await this.files.get(file)?.catch(() => null);
    if (known?.version === version) return known;
    const opening = openFile(file, version);
    this.files.set(file, opening);
    return opening;
  }

  private fileOf(datasetDir: string, name: string): string {
    return path.resolve(this.home, datasetDir, name);
  }
}

async function openFile(file: string, version: string): Promise<CachedFile> {
  const index = await indexRows(file);
  const [firstRow] = index.rows > 0 ? await readRows(file, index, 0, 1) : [];
  return { version, bytes: (await stat(file)).size, index, firstRow };
}

/** Why the rows do not do for the entry's format, judged by the first one. */
function rowProblem(entry: DatasetEntry, index: RowIndex, firstRow: unknown): string | null {
  if (index.rows === 0) return `${entry.fileName} holds no rows.`;
  const media = mediaColumns(entry);
  if (media.length > 0) return `It has ${media.join(" and ")}; the embedded trainer reads text only.`;
  if (typeof firstRow !== "object" || firstRow === null)
    return `${entry.fileName}: its rows are not objects.`;
  const missing = requiredColumns(entry).filter((column) => !(column in firstRow));
  if (missing.length === 0) return null;
  return (
    `${entry.fileName}: the first row has no column ${missing.join(", ")}; it has ${Object.keys(firstRow).join(", ")}. ` +
    `Name the right one under "columns" in dataset_info.json.`
  );
}

/** Changes whenever a file does; null where there is none. */
async function versionOf(file: string): Promise<string | null> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size}:${mtimeMs}`;
  } catch {
    return null;
  }
}
