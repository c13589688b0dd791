/**
 * Reads a file that another process appends to: from a byte offset, whole lines or whole characters only, so that a
 * half-written line is left for next time. Reads are synchronous on purpose: a viewer's replay and its place in the
 * stream of new lines must be taken in one turn of the event loop, or lines get lost or come twice.
 */
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";

export interface FilePiece {
  /** Offset of the first byte of `bytes`. */
  readonly from: number;
  readonly to: number;
  readonly bytes: Buffer;
  /** The file got shorter than `from` asked: this piece starts at its beginning. */
  readonly reset: boolean;
}

/** Size in bytes, 0 where there is no such file. */
export function fileSize(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** The bytes from `offset` up to and including the last newline (or up to `end`), or null where the file is missing. */
export function readLines(file: string, offset: number, end?: number): FilePiece | null {
  return readPiece(file, offset, end, (bytes) => bytes.lastIndexOf(0x0a) + 1);
}

/** Bytes of a file, `to` not included. */
export interface FileSpan {
  readonly from: number;
  readonly to: number;
}

/** The bytes of each span of a file, in their order; null where the file is missing or has become too short. */
export function readSpans(file: string, spans: readonly FileSpan[]): Buffer[] | null {
  return withFile(file, (fd) => {
    const size = fstatSync(fd).size;
    if (spans.some(({ to }) => to > size)) return null;
    return spans.map(({ from, to }) => fill(fd, from, to));
  });
}

/** The bytes from `offset`, cut before an unfinished UTF-8 character; `offset` -n means the last n bytes, from a line start. */
export function readText(file: string, offset: number, end?: number): FilePiece | null {
  if (offset >= 0) return readPiece(file, offset, end, wholeCharacters);
  const size = Math.min(fileSize(file), end ?? Infinity);
  const start = Math.max(0, size + offset);
  const piece = readPiece(file, start, end, wholeCharacters);
  if (!piece || start === 0) return piece;
  const firstLine = piece.bytes.indexOf(0x0a) + 1;
  return { ...piece, from: piece.from + firstLine, bytes: piece.bytes.subarray(firstLine) };
}

function readPiece(
  file: string,
  offset: number,
  end: number | undefined,
  cut: (bytes: Buffer) => number,
): FilePiece | null {
  return withFile(file, (fd) => {
    const size = Math.min(fstatSync(fd).size, end ?? Infinity);
    const reset = size < offset;
    const from = reset ? 0 : offset;
    const bytes = fill(fd, from, size);
    const whole = bytes.subarray(0, cut(bytes));
    return { from, to: from + whole.length, bytes: whole, reset };
  });
}

/** The bytes from `from` up to `to`, or up to where the file ends by now. */
function fill(fd: number, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe(to - from);
  let filled = 0;
  while (filled < bytes.length) {
    const count = readSync(fd, bytes, filled, bytes.length - filled, from + filled);
    if (count === 0) break;
    filled += count;
  }
  return bytes.subarray(0, filled);
}

/** Length without a trailing unfinished UTF-8 sequence. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function withFile<T>(file: string, read: (fd: number) => T): T | null {
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch {
    return null;
  }
  try {
    return read(fd);
  } finally {
    closeSync(fd);
  }
}
