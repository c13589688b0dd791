/**
 * Changes rows of a .json or .jsonl file where they stand, and adds some at its end: bytes of all other rows stay as they
 * are. It does not know what rows mean.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RowEdits } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import { RowIndex } from "./row-index";

/** Larger files are rewritten too slowly to be edited by hand. */
export const LARGEST_EDITED_BYTES = 64e6;

export const isEditable = (file: string, bytes: number) =>
  [".json", ".jsonl"].includes(path.extname(file)) && bytes <= LARGEST_EDITED_BYTES;

/**
 * The file with rows replaced or deleted.
 * @throws AppError busy where the file has another number of rows than when the edits were made
 */
export async function editedFile(file: string, { edits, of }: RowEdits): Promise<Buffer> {
  const { bytes, index } = await openEditable(file);
  if (index.rows !== of) {
    throw new AppError(
      "busy",
      `${path.basename(file)} has changed: it has ${index.rows} rows now, not ${of}. Look at it again.`,
    );
  }
  const byRow = new Map(edits.map(({ row, value }) => [row, value]));
  const lines = path.extname(file) === ".jsonl";
  const pieces: Buffer[] = [];
  let at = 0;
  let kept = 0;
  for (let row = 0; row < index.rows; row++) {
    const { start, end } = index.range(row);
    const value = byRow.get(row);
    if (value === undefined) kept++;
    else if (value !== null) {
      kept++;
      pieces.push(
        bytes.subarray(at, start),
        Buffer.from(rowText(value, { lines, before: bytes.subarray(at, start) })),
      );
      at = end;
    } else if (lines) {
      pieces.push(bytes.subarray(at, start));
      at = bytes[end] === 0x0a ? end + 1 : end;
    } else {
      // With its comma: the one before it, or the one behind a first row.
      const from = kept > 0 ? lastComma(bytes, start) : start;
      const next = index.range(Math.min(row + 1, index.rows - 1)).start;
      pieces.push(bytes.subarray(at, Math.max(at, from)));
      at = kept > 0 || row + 1 === index.rows ? end : next;
    }
  }
  pieces.push(bytes.subarray(at));
  return Buffer.concat(pieces);
}

/** The file with rows behind its last one. @throws AppError unsupported, dataset_malformed for a file that is broken */
export async function extendedFile(file: string, rows: readonly Record<string, unknown>[]): Promise<Buffer> {
  const { bytes, index } = await openEditable(file);
  const last = index.rows > 0 ? index.range(index.rows - 1) : null;
  if (path.extname(file) === ".jsonl") {
    const end = last?.end ?? 0;
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    return Buffer.concat([bytes.subarray(0, end), Buffer.from(end > 0 ? `\n${text}` : text)]);
  }
  if (!last) return Buffer.from(`${JSON.stringify(rows, null, 2)}\n`);
  const before = bytes.subarray(0, last.start);
  // As far from each other as the rows that are there.
  const indent = /\n[ \t]*$/.exec(before.toString("utf8", Math.max(0, before.length - 64)))?.[0] ?? " ";
  const added = rows.map((row) => `,${indent}${rowText(row, { lines: false, before })}`).join("");
  return Buffer.concat([bytes.subarray(0, last.end), Buffer.from(added), bytes.subarray(last.end)]);
}

async function openEditable(file: string): Promise<{ bytes: Buffer; index: RowIndex }> {
  const bytes = await readFile(file);
  if (!isEditable(file, bytes.length)) {
    throw new AppError(
      "unsupported",
      `${path.basename(file)}: rows are changed in .json and .jsonl files up to ${LARGEST_EDITED_BYTES / 1e6} MB.`,
    );
  }
  const index = new RowIndex(file, bytes.length);
  await index.until(Infinity);
  return { bytes, index };
}

function lastComma(bytes: Buffer, start: number): number {
  const comma = bytes.lastIndexOf(0x2c, start);
  return comma < 0 ? start : comma;
}

/** One line in .jsonl; in .json laid out like its neighbours, by the spaces in front of it. */
function rowText(
  value: Record<string, unknown>,
  { lines, before }: { lines: boolean; before: Buffer },
): string {
  if (lines) return JSON.stringify(value);
  const indent = /\n([ \t]+)$/.exec(before.toString("utf8", Math.max(0, before.length - 64)))?.[1];
  if (indent === undefined) return JSON.stringify(value);
  return JSON.stringify(value, null, indent).replaceAll("\n", `\n${indent}`);
}
