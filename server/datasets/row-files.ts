/**
 * The rows of a data file, or of a folder of such: counted once per version of a file, read page by page. It
 * does not know what the rows mean.
 */
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { openRowSource, READABLE, type RowSource } from "./row-source";

interface OpenedFile {
  version: string;
  bytes: number;
  source: RowSource;
}

export interface RowFiles {
  rows: number;
  bytes: number;
  /** @throws AppError dataset_malformed naming the row that is not JSON */
  read(offset: number, limit: number): Promise<unknown[]>;
}

export class RowFileCache {
  private readonly files = new Map<string, Promise<OpenedFile>>();

  /**
   * Opens a file or a folder of files.
   * @throws AppError not_found, unsupported, dataset_malformed
   */
  async open(target: string): Promise<RowFiles> {
    const files = await Promise.all((await listFiles(target)).map((file) => this.opened(file)));
    return {
      rows: files.reduce((sum, { source }) => sum + source.rows, 0),
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      read: (offset, limit) => readAcross(files, offset, limit),
    };
  }

  private async opened(file: string): Promise<OpenedFile> {
    const { size, mtimeMs } = await stat(file);
    const version = `${size}:${mtimeMs}`;
    const known = await this.files.get(file)?.catch(() => null);
    if (known?.version === version) return known;
    const opening = openRowSource(file).then((source) => ({ version, bytes: size, source }));
    this.files.set(file, opening);
    return opening;
  }
}

async function readAcross(files: readonly OpenedFile[], offset: number, limit: number): Promise<unknown[]> {
  const rows: unknown[] = [];
  let start = offset;
  for (const { source } of files) {
    if (rows.length === limit) break;
    if (start < source.rows) rows.push(...(await source.read(start, limit - rows.length)));
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
  const other = files.find((file) => !(READABLE as readonly string[]).includes(path.extname(file)));
  if (other) {
    throw new AppError(
      "unsupported",
      `${other}: rows are read from ${READABLE.join(", ")} files, not from ${path.extname(other) || "others"}.`,
    );
  }
  return files;
}
