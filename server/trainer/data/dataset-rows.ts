/**
 * Rows of a data set's files: .json (a list of objects, or one object per line), .jsonl (read line by line, and no further
 * than needed), and tables. It does not know what the columns mean.
 */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { AppError } from "@/server/contract/errors";
import { describeRow, type RowPlace } from "./aligned-example";
import type { Dataset } from "./dataset-registry";
import { csvRows, parquetRows, textRows } from "./table-rows";

export interface DatasetRow {
  readonly place: RowPlace;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The first `limit` rows, in the files' order. @throws AppError dataset_malformed naming file and row */
export async function readRows(dataset: Dataset, limit = Number.POSITIVE_INFINITY): Promise<DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for (const file of dataset.files) {
    for await (const row of fileRows(dataset, file)) {
      rows.push(row);
      if (rows.length >= limit) return rows;
    }
  }
  if (rows.length === 0) {
    throw new AppError(
      "dataset_malformed",
      `The data set "${dataset.name}" (${dataset.files.join(", ")}) has no rows.`,
    );
  }
  return rows;
}

function fileRows(dataset: Dataset, file: string): AsyncGenerator<DatasetRow> {
  switch (path.extname(file)) {
    case ".jsonl":
      return lineRows(dataset.name, file);
    case ".csv":
      return tableRows(dataset, file, csvRows(file));
    case ".parquet":
      return tableRows(dataset, file, parquetRows(file));
    case ".txt":
      return tableRows(dataset, file, textRows(file));
    default:
      return listRows(dataset.name, file);
  }
}

/** CSV knows text only: the column that says whether an answer was liked is read as true or false. */
async function* tableRows(
  { name, columns }: Dataset,
  file: string,
  rows: AsyncIterable<Record<string, unknown>>,
): AsyncGenerator<DatasetRow> {
  const liked = columns.kto_tag;
  let number = 0;
  for await (const row of rows) {
    number++;
    const tag = liked === null ? undefined : row[liked];
    const isFlag = typeof tag === "string" && /^(true|false)$/i.test(tag);
    const value = isFlag ? { ...row, [liked!]: tag.toLowerCase() === "true" } : row;
    yield { place: { dataset: name, file, number }, value };
  }
}

async function* lineRows(dataset: string, file: string): AsyncGenerator<DatasetRow> {
  const input = createReadStream(file, "utf8");
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() === "") continue;
      yield parseRow(line.replace(/^\ufeff/, ""), { dataset, file, number });
    }
  } finally {
    input.destroy();
  }
}

async function* listRows(dataset: string, file: string): AsyncGenerator<DatasetRow> {
  const text = (await readFile(file, "utf8")).replace(/^\ufeff/, "");
  const values = parseList(text, file);
  if (values === null) {
    yield* lineRows(dataset, file);
    return;
  }
  for (const [i, value] of values.entries()) yield checkRow(value, { dataset, file, number: i + 1 });
}

/** The list in a .json file; null where the file holds one object per line instead. */
function parseList(text: string, file: string): unknown[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (text.trimStart().startsWith("{")) return null;
    throw new AppError("dataset_malformed", `${file} is not valid JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  if (Array.isArray(value)) return value as unknown[];
  if (typeof value === "object" && value !== null) return [value];
  throw new AppError("dataset_malformed", `${file} must hold a list of objects, one per row.`);
}

function parseRow(line: string, place: RowPlace): DatasetRow {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new AppError(
      "dataset_malformed",
      `${describeRow(place)} is not valid JSON: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
  return checkRow(value, place);
}

function checkRow(value: unknown, place: RowPlace): DatasetRow {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return { place, value: value as Record<string, unknown> };
  }
  throw new AppError("dataset_malformed", `${describeRow(place)} is not an object of columns.`);
}
