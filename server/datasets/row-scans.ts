/**
 * Finds where rows begin and end while a file's bytes pass by in pieces: lines, CSV records, or the values of a JSON
 * file. Nothing is parsed; long stretches are skipped with the runtime's own search. They do not know files.
 */

/** Takes the byte range of a row, end not included. */
export type RowSink = (start: number, end: number) => void;

export interface RowScan {
  /** The next piece of the file, which begins at byte `at`. @throws Malformed */
  take(bytes: Buffer, at: number): void;
  /** The file ended after `size` bytes. @throws Malformed */
  finish(size: number): void;
}

/** What is wrong with a file's outer shape, and at which byte. */
export class Malformed extends Error {
  constructor(
    readonly words: string,
    readonly byte: number,
  ) {
    super(words);
  }
}

const [NEWLINE, QUOTE, COMMA, OPEN, BACKSLASH, CLOSE, OPEN_BRACE, CLOSE_BRACE] = [
  0x0a, 0x22, 0x2c, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d,
];
const isSpace = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;
const isMark = (byte: number, at: number) => at < 3 && byte >= 0xbb;

/** Lines; blank ones only where they are kept, and nothing after the last line's end. */
export class LineScan implements RowScan {
  private lineStart = 0;
  private blank = true;

  constructor(
    private readonly sink: RowSink,
    private readonly options: { readonly keepBlank: boolean },
  ) {}

  take(bytes: Buffer, at: number): void {
    let from = 0;
    for (;;) {
      const end = bytes.indexOf(NEWLINE, from);
      const stop = end < 0 ? bytes.length : end;
      // Most lines begin with something else than space, so that this loop ends at once.
      for (let i = from; this.blank && i < stop; i++) this.blank = isSpace(bytes[i]!);
      if (end < 0) return;
      this.endLine(at + end);
      from = end + 1;
    }
  }

  finish(size: number): void {
    if (size > this.lineStart) this.endLine(size);
  }

  private endLine(end: number): void {
    if (this.options.keepBlank || !this.blank) this.sink(this.lineStart, end);
    this.lineStart = end + 1;
    this.blank = true;
  }
}

/** Records of a CSV file, its header among them: lines, except that a quoted cell may hold line ends. */
export class RecordScan implements RowScan {
  private recordStart = 0;
  private blank = true;
  private quoted = false;
  /** Whether a quote here would open a cell. */
  private atCellStart = true;

  constructor(
    private readonly sink: RowSink,
    private readonly delimiter: number = COMMA,
  ) {}

  take(bytes: Buffer, at: number): void {
    for (let i = 0; i < bytes.length; i++) {
      if (this.quoted) {
        const end = bytes.indexOf(QUOTE, i);
        if (end < 0) return;
        // A doubled quote inside a cell closes and opens again, which comes to the same.
        this.quoted = false;
        this.atCellStart = true;
        i = end;
        continue;
      }
      const byte = bytes[i]!;
      if (byte === QUOTE && this.atCellStart) {
        this.quoted = true;
        this.blank = false;
      } else if (byte === NEWLINE) this.endRecord(at + i);
      else {
        if (!isSpace(byte)) this.blank = false;
        // A byte order mark stands before the first cell.
        this.atCellStart = byte === this.delimiter || isMark(byte, at + i);
      }
    }
  }

  finish(size: number): void {
    this.endRecord(size);
  }

  private endRecord(end: number): void {
    if (!this.blank) this.sink(this.recordStart, end);
    this.recordStart = end + 1;
    this.blank = true;
    this.atCellStart = true;
  }
}

/** Elements of the one array that a .json file holds, or its objects where they stand there without an array. */
export class ValueScan implements RowScan {
  private depth = 0;
  /** Depth at which rows lie: 1 inside an array, 0 without one; unknown before the first byte. */
  private rowDepth = -1;
  private inText = false;
  private escaped = false;
  private rowStart = -1;
  private rowEnd = -1;
  private closed = false;
  private rows = 0;

  constructor(private readonly sink: RowSink) {}

  take(bytes: Buffer, at: number): void {
    for (let i = 0; i < bytes.length; i++) {
      if (this.inText) {
        i = this.skipText(bytes, i);
        if (this.inText) return;
        this.rowEnd = at + i + 1;
        continue;
      }
      const byte = bytes[i]!;
      if (isSpace(byte)) continue;
      if (this.rowDepth < 0) {
        if (isMark(byte, at + i)) continue;
        if (byte !== OPEN && byte !== OPEN_BRACE) throw notRows(at + i);
        this.rowDepth = byte === OPEN ? 1 : 0;
        if (byte === OPEN) {
          this.depth = 1;
          continue;
        }
      }
      if (this.closed) throw new Malformed("something follows the end of the list", at + i);
      if (this.depth === this.rowDepth && (byte === COMMA || byte === CLOSE)) {
        this.endRow();
        if (byte === CLOSE && this.rowDepth === 1) {
          this.depth = 0;
          this.closed = true;
        }
        continue;
      }
      if (this.rowStart < 0) this.rowStart = at + i;
      this.rowEnd = at + i + 1;
      if (byte === QUOTE) this.inText = true;
      else if (byte === OPEN || byte === OPEN_BRACE) this.depth++;
      else if (byte === CLOSE || byte === CLOSE_BRACE) {
        this.depth--;
        if (this.depth === 0 && this.rowDepth === 0) this.endRow();
      }
    }
  }

  finish(size: number): void {
    if (this.closed) return;
    if (this.rowDepth < 0) throw notRows(0);
    if (this.rowDepth === 0 && this.depth === 0 && !this.inText) return;
    const start = this.rowStart < 0 ? size : this.rowStart;
    throw new Malformed(
      `it ends in the middle of row ${this.rows + 1}, which begins here: it is cut short or has an unclosed bracket or quote`,
      start,
    );
  }

  /** @returns where the text that is open ends, or the last byte where it goes on after this piece */
  private skipText(bytes: Buffer, from: number): number {
    let i = from;
    if (this.escaped) {
      this.escaped = false;
      i++;
    }
    for (;;) {
      const quote = bytes.indexOf(QUOTE, i);
      const end = quote < 0 ? bytes.length : quote;
      let slashes = 0;
      while (end - 1 - slashes >= i && bytes[end - 1 - slashes] === BACKSLASH) slashes++;
      if (quote < 0) {
        this.escaped = slashes % 2 === 1;
        return bytes.length;
      }
      if (slashes % 2 === 0) {
        this.inText = false;
        return quote;
      }
      i = quote + 1;
    }
  }

  private endRow(): void {
    if (this.rowStart >= 0) {
      this.sink(this.rowStart, this.rowEnd);
      this.rows++;
    }
    this.rowStart = -1;
  }
}

function notRows(byte: number): Malformed {
  return new Malformed("it holds neither a JSON array of rows nor one object per row", byte);
}
