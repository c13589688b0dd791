/**
 * Where the rows of a .json (one array), .jsonl, .csv or .txt file lie: found in one pass over its bytes without parsing,
 * so that counting is cheap and any page of a large file can be read alone. It does not know what the rows mean.
 */
import { open } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";

export interface RowIndex {
  readonly rows: number;
  /** Byte range of a row: `starts[i]` to `ends[i]`. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

const CHUNK = 1 << 20;
const [QUOTE, BACKSLASH, COMMA, OPEN, CLOSE, OPEN_BRACE, CLOSE_BRACE] = [
  0x22, 0x5c, 0x2c, 0x5b, 0x5d, 0x7b, 0x7d,
];
const NEWLINE = 0x0a;
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/**
 * Finds the rows of a file.
 * @throws AppError dataset_malformed where a .json file is not one array
 */
export async function indexRows(file: string): Promise<RowIndex> {
  const scan = scanOf(file);
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.allocUnsafe(CHUNK);
    let at = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, at);
      if (bytesRead === 0) break;
      scan.take(buffer.subarray(0, bytesRead), at);
      at += bytesRead;
    }
    return scan.finish(at);
  } finally {
    await handle.close();
  }
}

function scanOf(file: string) {
  switch (path.extname(file)) {
    case ".jsonl":
      return new LineScan({ keepBlank: false });
    case ".txt":
      return new LineScan({ keepBlank: true });
    case ".csv":
      return new RecordScan();
    default:
      return new ArrayScan(file);
  }
}

/** The text of rows `offset` to `offset + limit`, without the line ends. */
export async function readRowTexts(
  file: string,
  index: RowIndex,
  offset: number,
  limit: number,
): Promise<string[]> {
  const last = Math.min(index.rows, offset + limit) - 1;
  if (offset > last) return [];
  const start = index.starts[offset]!;
  const handle = await open(file, "r");
  try {
    const bytes = Buffer.allocUnsafe(index.ends[last]! - start);
    await handle.read(bytes, 0, bytes.length, start);
    return Array.from({ length: last - offset + 1 }, (_, i) => {
      const row = offset + i;
      return bytes.toString("utf8", index.starts[row]! - start, index.ends[row]! - start);
    });
  } finally {
    await handle.close();
  }
}

/** Reads rows as parsed JSON. @throws AppError dataset_malformed naming the row that is not JSON */
export async function readRows(
  file: string,
  index: RowIndex,
  offset: number,
  limit: number,
): Promise<unknown[]> {
  const texts = await readRowTexts(file, index, offset, limit);
  return texts.map((text, i) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      throw new AppError(
        "dataset_malformed",
        `${file}: row ${offset + i + 1} is not valid JSON (${text.slice(0, 60)}…).`,
      );
    }
  });
}

/** Lines; blank ones only where they are kept, and nothing after the last line's end. */
class LineScan {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private lineStart = 0;
  private blank = true;

  constructor(private readonly options: { readonly keepBlank: boolean }) {}

  take(bytes: Buffer, at: number): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === NEWLINE) this.endLine(at + i);
      else if (this.blank && !isSpace(byte)) this.blank = false;
    }
  }

  finish(size: number): RowIndex {
    if (size > this.lineStart) this.endLine(size);
    return { rows: this.starts.length, starts: this.starts, ends: this.ends };
  }

  private endLine(end: number): void {
    if (this.options.keepBlank || !this.blank) {
      this.starts.push(this.lineStart);
      this.ends.push(end);
    }
    this.lineStart = end + 1;
    this.blank = true;
  }
}

/** Records of a CSV file, its header among them: lines, except that a quoted cell may hold line ends. */
class RecordScan {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private recordStart = 0;
  private blank = true;
  private quoted = false;
  private atCellStart = true;

  take(bytes: Buffer, at: number): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (byte === QUOTE && (this.quoted || this.atCellStart)) {
        // A doubled quote inside a cell closes and opens again, which comes to the same.
        this.quoted = !this.quoted;
        this.blank = false;
        this.atCellStart = !this.quoted;
      } else if (this.quoted) continue;
      else if (byte === NEWLINE) this.endRecord(at + i);
      else {
        if (!isSpace(byte)) this.blank = false;
        // A byte order mark stands before the first cell.
        this.atCellStart = byte === COMMA || (at + i < 3 && byte >= 0xbb);
      }
    }
  }

  finish(size: number): RowIndex {
    this.endRecord(size);
    return { rows: this.starts.length, starts: this.starts, ends: this.ends };
  }

  private endRecord(end: number): void {
    if (!this.blank) {
      this.starts.push(this.recordStart);
      this.ends.push(end);
    }
    this.recordStart = end + 1;
    this.blank = true;
    this.atCellStart = true;
  }
}

/** Elements of the one array that a .json file holds. */
class ArrayScan {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private depth = 0;
  private inText = false;
  private escaped = false;
  private elementStart = -1;
  private elementEnd = -1;
  private closed = false;

  constructor(private readonly file: string) {}

  take(bytes: Buffer, at: number): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (this.inText) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inText = false;
        this.elementEnd = at + i + 1;
        continue;
      }
      if (isSpace(byte)) continue;
      if (this.depth === 0) {
        // A byte order mark may stand before the array.
        if (at + i < 3 && byte >= 0xbb) continue;
        if (byte !== OPEN || this.closed) throw this.notAnArray();
        this.depth = 1;
        continue;
      }
      if (this.depth === 1 && (byte === COMMA || byte === CLOSE)) {
        this.endElement();
        if (byte === CLOSE) {
          this.depth = 0;
          this.closed = true;
        }
        continue;
      }
      if (this.elementStart < 0) this.elementStart = at + i;
      this.elementEnd = at + i + 1;
      if (byte === QUOTE) this.inText = true;
      else if (byte === OPEN || byte === OPEN_BRACE) this.depth++;
      else if (byte === CLOSE || byte === CLOSE_BRACE) this.depth--;
    }
  }

  finish(): RowIndex {
    if (!this.closed) {
      throw this.depth === 0
        ? this.notAnArray()
        : new AppError(
            "dataset_malformed",
            `${this.file} ends in the middle of row ${this.starts.length + 1}: it is cut short or has an unclosed bracket.`,
          );
    }
    return { rows: this.starts.length, starts: this.starts, ends: this.ends };
  }

  private endElement(): void {
    if (this.elementStart >= 0) {
      this.starts.push(this.elementStart);
      this.ends.push(this.elementEnd);
    }
    this.elementStart = -1;
  }

  private notAnArray(): AppError {
    return new AppError(
      "dataset_malformed",
      `${this.file} is not a JSON array of rows. One object per line belongs into a .jsonl file.`,
    );
  }
}
