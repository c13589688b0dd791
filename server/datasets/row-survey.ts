/**
 * Reads every row of a dataset once and notes what is wrong: rows that are not JSON, rows without their columns, empty
 * answers, rows that stand there twice. Works in pieces, so that the console goes on answering. It loads no tokenizer.
 */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { datasetColumns, type DatasetEntry } from "@/server/contract/dataset-info";
import { turnsOf } from "@/server/contract/dataset-row";
import type { RowProblem, Survey } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import { isBlank, isObject } from "@/server/contract/raw-row";
import { missingColumns } from "./listed-dataset";
import type { RowFiles } from "./row-files";

/** Bytes of rows that are read at a time: some milliseconds of work. */
const PIECE_BYTES = 1 << 20;
const SHOWN = 20;
/** Rows that can be dropped in one go. */
const LISTED = 10_000;
/** Fingerprints beyond this many rows would take too much memory. */
const MOST_FINGERPRINTS = 4_000_000;

export interface SurveyTask {
  /** What was found so far. */
  readonly found: Survey;
  readonly done: Promise<void>;
  cancel(): void;
}

/** Starts a survey of all rows. */
export function surveyRows(files: RowFiles, entry: DatasetEntry): SurveyTask {
  const survey: Survey = {
    state: "running",
    rows_read: 0,
    share: 0,
    bad: { count: 0, first: [] },
    empty: { count: 0, first: [] },
    copies: { count: 0, first: [] },
    copies_among: null,
  };
  let cancelled = false;
  const run = async () => {
    const seen = new Set<number>();
    let pageRows = 64;
    for (let offset = 0; !cancelled;) {
      const started = process.hrtime.bigint();
      const page = await files.read(offset, pageRows);
      for (const [i, row] of page.entries()) {
        const number = offset + i;
        if (row.problem === undefined) note(survey, seen, { number, value: row.value, entry });
        else noteBad(survey, { row: number, ...row.problem });
      }
      offset += page.length;
      survey.rows_read = offset;
      survey.share = files.rows > 0 ? Math.min(1, (offset / files.rows) * files.share) : 1;
      if (page.length < pageRows) break;
      // Small rows come in larger pages, up to what takes a few milliseconds.
      const averageBytes = Math.max(1, files.bytes / Math.max(1, files.rows / Math.max(files.share, 1e-6)));
      const took = Number(process.hrtime.bigint() - started) / 1e6;
      pageRows =
        Math.max(16, Math.min(4096, Math.ceil(PIECE_BYTES / averageBytes), took > 20 ? pageRows / 2 : 4096)) |
        0;
      await setImmediate();
    }
    if (!cancelled) await noteBreak(files, survey);
    survey.share = 1;
    survey.state = "done";
  };
  return { found: survey, done: run(), cancel: () => (cancelled = true) };
}

/** A file that breaks off is one more bad row at its end. */
async function noteBreak(files: RowFiles, survey: Survey): Promise<void> {
  try {
    await files.counted();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    noteBad(survey, { row: files.rows, ...whatAndWhere(error.message) });
  }
}

/** "data/a.json, line 3, column 7: words" in its parts. */
function whatAndWhere(message: string): Omit<RowProblem, "row"> {
  const parts = /line (\d+), column (\d+): (.*)$/s.exec(message);
  if (!parts) return { message, place: null };
  return { message: parts[3]!, place: { line: Number(parts[1]), column: Number(parts[2]) } };
}

interface RowToNote {
  number: number;
  value: unknown;
  entry: DatasetEntry;
}

function note(survey: Survey, seen: Set<number>, { number, value, entry }: RowToNote): void {
  if (!isObject(value))
    return noteBad(survey, { row: number, message: "it is not an object of columns", place: null });
  const missing = missingColumns(entry, value);
  if (missing.length > 0) {
    const present = Object.keys(value).join(", ");
    return noteBad(survey, {
      row: number,
      message: `it has no column ${missing.join(", ")}; it has ${present || "none"}`,
      place: null,
    });
  }
  if (hasEmptyAnswer(entry, value)) {
    survey.empty.count++;
    if (survey.empty.first.length < LISTED) survey.empty.first.push(number);
  }
  if (seen.size >= MOST_FINGERPRINTS) {
    survey.copies_among ??= number;
    return;
  }
  const mark = fingerprint(value);
  if (seen.has(mark)) {
    survey.copies.count++;
    if (survey.copies.first.length < LISTED) survey.copies.first.push(number);
  } else seen.add(mark);
}

function noteBad(survey: Survey, problem: RowProblem): void {
  survey.bad.count++;
  if (survey.bad.first.length < SHOWN) survey.bad.first.push(problem);
}

/** An answer that is there and holds nothing, or a conversation in which nobody answers. */
function hasEmptyAnswer(entry: DatasetEntry, row: Record<string, unknown>): boolean {
  const columns = datasetColumns(entry);
  if (entry.ranking)
    return [columns.chosen, columns.rejected].some((column) => column !== null && isBlankAnswer(row[column]));
  if (entry.formatting === "alpaca") return columns.response !== null && isBlank(row[columns.response]);
  const turns = turnsOf(row, entry);
  return !turns?.some(
    ({ speaker, text }) => ["model", "chosen", "rejected"].includes(speaker) && text.trim() !== "",
  );
}

function isBlankAnswer(value: unknown): boolean {
  if (!isObject(value)) return isBlank(value);
  const text = value["value"] ?? value["content"];
  return typeof text !== "string" || text.trim() === "";
}

/** 52 bits of a row's content: among a million rows the chance of a false copy is one in ten thousand. */
function fingerprint(row: Record<string, unknown>): number {
  const digest = createHash("md5").update(JSON.stringify(row)).digest();
  return digest.readUIntBE(0, 6) * 16 + (digest[6]! & 15);
}
