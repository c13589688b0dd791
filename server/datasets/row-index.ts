/**
 * Where the rows of a .json, .jsonl, .csv or .txt file lie. The file is looked through in the background from its
 * beginning, so that the first page of a file of any size is there at once and its count comes later. It does not know
 * what the rows mean.
 */
import { open } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { LineScan, Malformed, RecordScan, ValueScan, type RowScan, type RowSink } from "./row-scans";
import { placeInFile } from "./text-place";

const CHUNK = 1 << 21;

export class RowIndex {
  /** Byte ranges found so far. */
  private readonly starts = new NumberList();
  private readonly ends = new NumberList();
  private readonly waiting: { rows: number; resolve: () => void; reject: (error: unknown) => void }[] = [];
  private scanned = 0;
  private failure: Error | null = null;
  private closed = false;
  /** Whether the whole file has been looked through. */
  complete = false;

  /** @param delimiter of a .csv file */
  constructor(
    readonly file: string,
    private readonly size: number,
    delimiter = ",",
  ) {
    const sink: RowSink = (start, end) => {
      this.starts.push(start);
      this.ends.push(end);
    };
    void this.run(scanOf(file, sink, delimiter));
  }

  /** Rows found so far. */
  get rows(): number {
    return this.starts.length;
  }

  /** Share of the file that has been looked through; 1 where nothing more will be found, also in a file that breaks off. */
  get share(): number {
    return this.complete || this.failure !== null
      ? 1
      : Math.min(0.999, this.scanned / Math.max(1, this.size));
  }

  /** Byte range of a row that is known. */
  range(row: number): { start: number; end: number } {
    return { start: this.starts.at(row), end: this.ends.at(row) };
  }

  /**
   * Settles when so many rows are known, or all there are.
   * @throws AppError dataset_malformed with line and column, where the file is broken before that
   */
  until(rows: number): Promise<void> {
    if (this.rows >= rows || this.complete) return Promise.resolve();
    if (this.failure !== null) return Promise.reject(this.failure);
    return new Promise((resolve, reject) => this.waiting.push({ rows, resolve, reject }));
  }

  /** Stops looking; what waits is told that the file is gone. */
  close(): void {
    this.closed = true;
  }

  private async run(scan: RowScan): Promise<void> {
    try {
      const handle = await open(this.file, "r");
      try {
        const buffer = Buffer.allocUnsafe(Math.min(CHUNK, Math.max(1, this.size)));
        while (!this.closed) {
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.scanned);
          if (bytesRead === 0) break;
          scan.take(buffer.subarray(0, bytesRead), this.scanned);
          this.scanned += bytesRead;
          this.wake();
        }
      } finally {
        await handle.close();
      }
      if (this.closed) throw new AppError("cancelled", `${this.file} has changed while it was read.`);
      scan.finish(this.scanned);
      this.complete = true;
      this.wake();
    } catch (error) {
      this.failure = error instanceof Malformed ? await malformed(this.file, error) : (error as Error);
      for (const { reject } of this.waiting.splice(0)) reject(this.failure);
    }
  }

  private wake(): void {
    const ready = (wait: { rows: number }) => this.complete || this.rows >= wait.rows;
    for (let i = this.waiting.length - 1; i >= 0; i--) {
      if (ready(this.waiting[i]!)) this.waiting.splice(i, 1)[0]!.resolve();
    }
  }
}

function scanOf(file: string, sink: RowSink, delimiter: string): RowScan {
  switch (path.extname(file)) {
    case ".jsonl":
      return new LineScan(sink, { keepBlank: false });
    case ".txt":
      return new LineScan(sink, { keepBlank: true });
    case ".csv":
      return new RecordScan(sink, delimiter.charCodeAt(0));
    default:
      return new ValueScan(sink);
  }
}

async function malformed(file: string, { words, byte }: Malformed): Promise<AppError> {
  const { line, column } = await placeInFile(file, byte);
  return new AppError("dataset_malformed", `${file}, line ${line}, column ${column}: ${words}.`);
}

/** The texts of rows `offset` to `offset + limit`, without the line ends; the rows must be known. */
export async function readRowTexts(index: RowIndex, offset: number, limit: number): Promise<string[]> {
  const last = Math.min(index.rows, offset + limit) - 1;
  if (offset > last) return [];
  const { start } = index.range(offset);
  const handle = await open(index.file, "r");
  try {
    const bytes = Buffer.allocUnsafe(index.range(last).end - start);
    await handle.read(bytes, 0, bytes.length, start);
    return Array.from({ length: last - offset + 1 }, (_, i) => {
      const row = index.range(offset + i);
      const text = bytes.toString("utf8", row.start - start, row.end - start);
      return offset + i === 0 ? text.replace(/^\ufeff/, "") : text;
    });
  } finally {
    await handle.close();
  }
}

/** Numbers beyond what a plain array holds well: eight bytes each, grown by half. */
class NumberList {
  private values = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.values.length) {
      const grown = new Float64Array(Math.ceil(this.length * 1.5));
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.length++] = value;
  }

  at(index: number): number {
    return this.values[index]!;
  }
}
