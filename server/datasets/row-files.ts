/**
 * The rows of a data file, or of a folder of such: opened once per version of a file, read page by page. It does not know
 * what the rows mean.
 */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { ROW_FILES } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import type { ReadRow, RowSource } from "./numbered-rows";
import { openRowSource } from "./row-source";

interface OpenedFile {
  version: string;
  bytes: number;
  source: RowSource;
}

export interface RowFiles {
  readonly bytes: number;
  /** Changes when any of the files does. */
  readonly version: string;
  /** Paths, in order. */
  readonly paths: readonly string[];
  /** Rows found so far. */
  readonly rows: number;
  /** Share of the files that has been looked through; `rows` is final at 1. */
  readonly share: number;
  /** Settles when all rows are known. @throws AppError dataset_malformed */
  counted(): Promise<void>;
  /** @throws AppError dataset_malformed where the file's outer shape is broken before these rows */
  read(offset: number, limit: number): Promise<ReadRow[]>;
}

/** Indexes kept at most: some bytes a row each. */
const MOST_OPEN = 64;

export class RowFileCache {
  private readonly files = new Map<string, Promise<OpenedFile>>();

  /**
   * Opens a file or a folder of files.
   * @throws AppError not_found, unsupported, dataset_malformed
   */
  async open(target: string): Promise<RowFiles> {
    const files = await Promise.all((await listFiles(target)).map((file) => this.opened(file)));
    return {
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      version: files.map(({ version }) => version).join(","),
      paths: files.map(({ source }) => source.path),
      get rows() {
        return files.reduce((sum, { source }) => sum + source.rows, 0);
      },
      get share() {
        const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
        return all === 0 ? 1 : files.reduce((sum, { bytes, source }) => sum + bytes * source.share, 0) / all;
      },
      async counted() {
        for (const { source } of files) await source.until(Infinity);
      },
      read: (offset, limit) => readAcross(files, offset, limit),
    };
  }

  private async opened(file: string): Promise<OpenedFile> {
    const { size, mtimeMs } = await stat(file);
    const version = `${size}:${mtimeMs}`;
    const before = this.files.get(file);
    const known = await before?.catch(() => null);
    if (known?.version === version) {
      // Those asked for last stay longest.
      this.files.delete(file);
      this.files.set(file, before!);
      return known;
    }
    known?.source.close();
    const opening = openRowSource(file, size).then((source) => ({ version, bytes: size, source }));
    this.files.set(file, opening);
    const oldest = this.files.keys().next().value;
    if (this.files.size > MOST_OPEN && oldest !== undefined) this.files.delete(oldest);
    return opening;
  }
}

async function readAcross(files: readonly OpenedFile[], offset: number, limit: number): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  let start = offset;
  for (const { source } of files) {
    if (rows.length === limit) break;
    const isLast = source === files.at(-1)?.source;
    if (!isLast) await source.until(start + limit - rows.length);
    if (isLast || start < source.rows) rows.push(...(await source.read(start, limit - rows.length)));
    start = Math.max(0, start - source.rows);
  }
  return rows;
}

async function listFiles(target: string): Promise<string[]> {
  const found = await stat(target).catch(() => null);
  if (!found) throw new AppError("not_found", `${target} is missing.`);
  const files = found.isDirectory()
    ? (await readdir(target)).sort().map((name) => path.join(target, name))
    : [target];
  if (files.length === 0) throw new AppError("not_found", `${target} is empty.`);
  const other = files.find((file) => !ROW_FILES.includes(path.extname(file)));
  if (other) {
    throw new AppError(
      "unsupported",
      `${other}: rows are read from ${ROW_FILES.join(", ")} files, not from ${path.extname(other) || "others"}.`,
    );
  }
  return files;
}
