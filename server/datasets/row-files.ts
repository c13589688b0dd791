/**
 * The rows of a .json or .jsonl file, or of a folder of such: counted once per version of a file, read page by page. It
 * does not know what the rows mean.
 */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { indexRows, readRows, type RowIndex } from "./row-index";

const READABLE = /\.jsonl?$/;

interface IndexedFile {
  version: string;
  file: string;
  bytes: number;
  index: RowIndex;
}

export interface RowFiles {
  rows: number;
  bytes: number;
  /** @throws AppError dataset_malformed naming the row that is not JSON */
  read(offset: number, limit: number): Promise<unknown[]>;
}

export class RowFileCache {
  private readonly files = new Map<string, Promise<IndexedFile>>();

  /**
   * Opens a file or a folder of files.
   * @throws AppError not_found, unsupported, dataset_malformed
   */
  async open(target: string): Promise<RowFiles> {
    const files = await Promise.all((await listFiles(target)).map((file) => this.indexed(file)));
    return {
      rows: files.reduce((sum, { index }) => sum + index.rows, 0),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      read: (offset, limit) => readAcross(files, offset, limit),
    };
  }

  private async indexed(file: string): Promise<IndexedFile> {
    const { size, mtimeMs } = await stat(file);
    const version = `${size}:${mtimeMs}`;
    const known = await this.files.get(file)?.catch(() => null);
    if (known?.version === version) return known;
    const indexing = indexRows(file).then((index) => ({ version, file, bytes: size, index }));
    this.files.set(file, indexing);
    return indexing;
  }
}

async function readAcross(files: readonly IndexedFile[], offset: number, limit: number): Promise<unknown[]> {
  const rows: unknown[] = [];
  let start = offset;
  for (const { file, index } of files) {
    if (rows.length === limit) break;
    if (start < index.rows) rows.push(...(await readRows(file, index, start, limit - rows.length)));
    start = Math.max(0, start - index.rows);
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
  const other = files.find((file) => !READABLE.test(file));
  if (other) {
    throw new AppError(
      "unsupported",
      `${other}: the embedded trainer reads .json and .jsonl files, not ${path.extname(other) || "others"}.`,
    );
  }
  return files;
}
