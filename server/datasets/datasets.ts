/**
 * The datasets of a data folder: dataset_info.json read anew when it changes, rows counted, pages of rows on demand. It
 * knows no models and no runs.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { DatasetSummary } from "@/server/contract/api";
import { DATASET_INFO_FILE, datasetInfoSchema } from "@/server/contract/dataset-info";
import { AppError } from "@/server/contract/errors";
import { listDataset, rowProblem, type ListedDataset } from "./listed-dataset";
import { RowFileCache } from "./row-files";

const LARGEST_PAGE = 100;

export interface DatasetSize {
  rows: number;
  bytes: number;
}

export class Datasets {
  private readonly files = new RowFileCache();
  private readonly registries = new Map<string, { version: string; datasets: ListedDataset[] }>();

  /** @param home absolute path of TUNEBOARD_HOME; `dataset_dir` is relative to it */
  constructor(private readonly home: string) {}

  /** All entries, usable or not, in the file's order; a broken registry is one problem and no entries. */
  async list(datasetDir = "data"): Promise<{ items: DatasetSummary[]; problems: string[] }> {
    try {
      const datasets = await this.registry(datasetDir);
      return {
        items: await Promise.all(datasets.map((dataset) => this.summary(datasetDir, dataset))),
        problems: [],
      };
    } catch (error) {
      if (error instanceof AppError) return { items: [], problems: [error.message] };
      throw error;
    }
  }

  /** A page of rows as they lie in the file. @throws AppError not_found, dataset_malformed, unsupported */
  async rows(name: string, offset: number, limit: number): Promise<{ items: unknown[]; total: number }> {
    const { fileName, problem } = await this.find("data", name);
    if (fileName === null) throw new AppError("unsupported", problem ?? `${name} is not on this machine.`);
    const files = await this.files.open(this.fileOf("data", fileName));
    const page = Math.min(Math.max(1, limit), LARGEST_PAGE);
    return { items: await files.read(Math.max(0, offset), page), total: files.rows };
  }

  /** Rows and bytes of a dataset, or why it cannot be used. */
  async size(datasetDir: string, name: string): Promise<DatasetSize | { problem: string }> {
    try {
      const { rows, bytes, problem } = await this.summary(datasetDir, await this.find(datasetDir, name));
      return problem === null && rows !== null
        ? { rows, bytes: bytes ?? 0 }
        : { problem: problem ?? `${name} cannot be counted.` };
    } catch (error) {
      if (error instanceof AppError) return { problem: error.message };
      throw error;
    }
  }

  private async find(datasetDir: string, name: string): Promise<ListedDataset> {
    const dataset = (await this.registry(datasetDir)).find((candidate) => candidate.name === name);
    if (!dataset)
      throw new AppError("not_found", `${datasetDir}/${DATASET_INFO_FILE} has no dataset named ${name}.`);
    return dataset;
  }

  private async registry(datasetDir: string): Promise<ListedDataset[]> {
    const file = this.fileOf(datasetDir, DATASET_INFO_FILE);
    const shown = `${datasetDir}/${DATASET_INFO_FILE}`;
    const found = await stat(file).catch(() => null);
    if (!found) throw new AppError("not_found", `${shown} is missing. It lists the datasets of that folder.`);
    const version = `${found.size}:${found.mtimeMs}`;
    const known = this.registries.get(file);
    if (known?.version === version) return known.datasets;
    const datasets = parseRegistry(await readFile(file, "utf8"), shown);
    this.registries.set(file, { version, datasets });
    return datasets;
  }

  private async summary(datasetDir: string, dataset: ListedDataset): Promise<DatasetSummary> {
    const { name, entry, fileName, source, problem } = dataset;
    const base = {
      name,
      formatting: entry?.formatting ?? "alpaca",
      ranking: entry?.ranking ?? false,
      source,
    };
    if (problem !== null || entry === null || fileName === null)
      return { ...base, rows: null, bytes: null, problem };
    const target = this.fileOf(datasetDir, fileName);
    try {
      const files = await this.files.open(target);
      const [firstRow] = await files.read(0, 1);
      return {
        ...base,
        rows: files.rows === 0 ? 0 : (entry.num_samples ?? files.rows),
        bytes: files.bytes,
        problem: files.rows === 0 ? `${fileName} holds no rows.` : rowProblem(entry, fileName, firstRow),
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return {
        ...base,
        rows: null,
        bytes: null,
        problem: error.message.replaceAll(target, `${datasetDir}/${fileName}`),
      };
    }
  }

  private fileOf(datasetDir: string, name: string): string {
    return path.resolve(this.home, datasetDir, name);
  }
}

function parseRegistry(text: string, shown: string): ListedDataset[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new AppError("dataset_malformed", `${shown} is not valid JSON: ${(error as Error).message}.`);
  }
  const parsed = datasetInfoSchema.safeParse(value);
  if (!parsed.success) {
    throw new AppError(
      "dataset_malformed",
      `${shown} must be one object: a name, then what is known of that dataset.`,
    );
  }
  return Object.entries(parsed.data).map(([name, entry]) => listDataset(name, entry));
}
