/**
 * The datasets of a data folder: what dataset_info.json lists and how each entry stands, pages of rows, and the same rows
 * as text, tokens and lengths. What changes files is `dataset-changes.ts`. It knows no models and no runs.
 */
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { DatasetEntry } from "@/server/contract/dataset-info";
import type {
  DatasetDetail,
  DatasetListItem,
  Encoding,
  Lengths,
  RenderedRow,
  RowPage,
  Survey,
} from "@/server/contract/datasets";
import { DATASET_INFO_FILE, datasetEntrySchema } from "@/server/contract/dataset-info";
import { AppError } from "@/server/contract/errors";
import { isObject } from "@/server/contract/raw-row";
import { counted, faultOf, feedbackOf, shapeOf, type DatasetSize } from "./dataset-summary";
import { hasMedia, rowProblem, type ListedDataset } from "./listed-dataset";
import { PreviewProcess, type PreviewCommand } from "./preview-process";
import { RegistryFile } from "./registry-file";
import { isEditable } from "./row-edits";
import { RowFileCache, type RowFiles } from "./row-files";
import { problemsOf, valueOf, valuesOf } from "./numbered-rows";
import { Surveys } from "./surveys";
import { measureLengths, type LengthTask } from "./token-lengths";

const LARGEST_PAGE = 100;
/** How long a list waits for a count; larger files are listed as being counted. */
const COUNT_PATIENCE_MS = 250;
const DATA_DIR = "data";

/** A dataset whose rows can be read. */
export interface OpenedDataset extends ListedDataset {
  entry: DatasetEntry;
  fileName: string;
  files: RowFiles;
}

export class Datasets {
  private readonly files = new RowFileCache();
  private readonly registries = new Map<string, RegistryFile>();
  private readonly surveys = new Surveys();
  private readonly lengthTasks = new Map<string, { key: string; task: LengthTask }>();
  private readonly preview: PreviewProcess | null;

  /**
   * @param home absolute path of TUNEBOARD_HOME; `dataset_dir` is relative to it
   * @param preview the program that makes text and tokens of rows; without it there are rows only
   */
  constructor(
    private readonly home: string,
    preview: PreviewCommand | null = null,
  ) {
    this.preview = preview && new PreviewProcess(preview);
  }

  /** dataset_info.json of a data folder. */
  registry(datasetDir = DATA_DIR): RegistryFile {
    const folder = path.resolve(this.home, datasetDir);
    let registry = this.registries.get(folder);
    if (!registry) this.registries.set(folder, (registry = new RegistryFile(folder, datasetDir)));
    return registry;
  }

  /** All entries, usable or not, in the file's order; a broken registry is one problem and no entries. */
  async list(datasetDir = DATA_DIR): Promise<{ items: DatasetListItem[]; problems: string[] }> {
    try {
      const datasets = await this.registry(datasetDir).entries();
      return {
        items: await Promise.all(
          datasets.map((dataset) => this.summary(datasetDir, dataset, COUNT_PATIENCE_MS)),
        ),
        problems: [],
      };
    } catch (error) {
      if (error instanceof AppError) return { items: [], problems: [error.message] };
      throw error;
    }
  }

  /** One entry with its columns. @throws AppError not_found */
  async detail(name: string): Promise<DatasetDetail> {
    const dataset = await this.find(DATA_DIR, name);
    const summary = await this.summary(DATA_DIR, dataset, COUNT_PATIENCE_MS);
    const opened = await this.opened(dataset).catch(() => null);
    const first = (await opened?.files.read(0, 1).catch(() => []))?.[0];
    const paths = opened?.files.paths ?? [];
    return {
      ...summary,
      entry: dataset.entry,
      columns: first && first.problem === undefined && isObject(first.value) ? Object.keys(first.value) : [],
      editable: paths.length === 1 && isEditable(paths[0]!, opened?.files.bytes ?? Infinity),
    };
  }

  /** A page of rows as they lie in the file. @throws AppError not_found, dataset_malformed, unsupported */
  async rows(name: string, offset: number, limit: number): Promise<RowPage> {
    const { files } = await this.open(name);
    const start = Math.max(0, offset);
    const rows = await this.shown(() => files.read(start, Math.min(Math.max(1, limit), LARGEST_PAGE)));
    return {
      items: valuesOf(rows),
      total: files.rows,
      counted: files.share === 1 ? null : files.share,
      problems: problemsOf(rows, start),
    };
  }

  /** The rows as training would see them. @throws AppError invalid_config, engine_failed */
  async render(
    name: string,
    page: { encoding: Encoding; offset: number; limit: number },
  ): Promise<{ items: RenderedRow[] }> {
    const { entry, files } = await this.open(name);
    const { encoding, offset } = page;
    const rows = await files.read(offset, page.limit);
    const reply = await this.previewProgram().ask({
      kind: "render",
      name,
      entry,
      encoding,
      offset,
      rows: valuesOf(rows),
    });
    const rendered = reply.rendered ?? [];
    return {
      items: rows.map((row, i) =>
        row.problem === undefined ? rendered[i]! : { texts: [], problem: row.problem.message },
      ),
    };
  }

  /** Lengths in tokens, as far as they are measured; ask again while it is running. */
  async lengths(name: string, { encoding, all }: { encoding: Encoding; all: boolean }): Promise<Lengths> {
    const { entry, files } = await this.open(name);
    const { cutoff_len: _cutoff, ...matters } = encoding;
    const key = JSON.stringify([files.version, entry, matters, all]);
    const known = this.lengthTasks.get(name);
    if (known?.key === key && known.task.found().state !== "failed") return known.task.found();
    known?.task.cancel();
    const task = measureLengths(files, this.previewProgram(), { name, entry, encoding, all });
    this.lengthTasks.set(name, { key, task });
    await wait(0);
    return task.found();
  }

  /** What reading every row found, as far as that is done; ask again while it is running. */
  async survey(name: string): Promise<Survey> {
    const { entry, files } = await this.open(name);
    return this.surveys.begin(name, files, entry);
  }

  /** Rows and bytes of a dataset, or why it cannot be used. */
  async size(datasetDir: string, name: string): Promise<DatasetSize | { problem: string }> {
    try {
      const dataset = await this.find(datasetDir, name);
      const { rows, bytes, problem } = await this.summary(datasetDir, dataset, Infinity);
      return problem === null && rows !== null
        ? { rows, bytes: bytes ?? 0, feedback: feedbackOf(dataset.entry) }
        : { problem: problem ?? `${name} cannot be counted.` };
    } catch (error) {
      if (error instanceof AppError) return { problem: error.message };
      throw error;
    }
  }

  /** A dataset of the data folder with its rows. @throws AppError not_found, unsupported, dataset_malformed */
  async open(name: string): Promise<OpenedDataset> {
    return this.opened(await this.find(DATA_DIR, name));
  }

  /** Bytes of a file or folder of rows. @throws AppError not_found, unsupported */
  async sizeOf(target: string): Promise<number> {
    return (await this.files.open(target)).bytes;
  }

  /** Ends the program that makes text and tokens. */
  close(): void {
    this.preview?.close();
  }

  private async opened(dataset: ListedDataset): Promise<OpenedDataset> {
    const { name, fileName, problem } = dataset;
    if (fileName === null) throw new AppError("unsupported", problem ?? `${name} is not on this machine.`);
    const files = await this.files.open(path.resolve(this.home, DATA_DIR, fileName));
    return { ...dataset, entry: dataset.entry ?? datasetEntrySchema.parse({}), fileName, files };
  }

  /** Does something that may fail in words, and has files called as they are under the home folder. */
  private async shown<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError(error.code, error.message.replaceAll(this.home + path.sep, ""), { cause: error });
    }
  }

  private previewProgram(): PreviewProcess {
    if (this.preview) return this.preview;
    throw new AppError("unsupported", "This console has no program that makes text and tokens of rows.");
  }

  private async find(datasetDir: string, name: string): Promise<ListedDataset> {
    const dataset = (await this.registry(datasetDir).entries()).find((candidate) => candidate.name === name);
    if (!dataset)
      throw new AppError("not_found", `${datasetDir}/${DATASET_INFO_FILE} has no dataset named ${name}.`);
    return dataset;
  }

  /** @param patienceMs how long to wait for a count */
  private async summary(
    datasetDir: string,
    dataset: ListedDataset,
    patienceMs: number,
  ): Promise<DatasetListItem> {
    const { name, entry, fileName, source, problem } = dataset;
    const base: DatasetListItem = {
      name,
      formatting: entry?.formatting ?? "alpaca",
      ranking: entry?.ranking ?? false,
      source,
      rows: null,
      bytes: null,
      problem,
      file_name: fileName,
      file_kind: fileName === null ? null : path.extname(fileName) || "folder",
      counting: false,
      survey: null,
      shape: shapeOf(entry),
      fault: problem === null ? null : source === "hub" ? "hub" : "entry",
    };
    if (problem !== null || entry === null || fileName === null) return base;
    const target = path.resolve(this.home, datasetDir, fileName);
    const shown = `${datasetDir}/${fileName}`;
    try {
      const files = await this.files.open(target);
      base.bytes = files.bytes;
      const [first] = await files.read(0, 1);
      await counted(files, patienceMs);
      const counting = files.share < 1;
      const firstProblem = first
        ? rowProblem(entry, fileName, valueOf(first, shown))
        : `${fileName} holds no rows.`;
      const rows = files.rows === 0 ? 0 : (entry.num_samples ?? files.rows);
      return {
        ...base,
        rows: counting ? null : rows,
        counting,
        problem: firstProblem,
        fault: firstProblem === null ? null : !first ? "empty" : hasMedia(entry) ? "media" : "columns",
        survey: datasetDir === DATA_DIR ? this.surveys.known(name, files, entry) : null,
      };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ...base, problem: error.message.replaceAll(target, shown), fault: faultOf(error) };
    }
  }
}
