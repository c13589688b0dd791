/**
 * Rows of a data set's files: .json (a list of objects, or one object per line), .jsonl (read line by line, and no further
 * than needed), and tables. It does not know what the columns mean.
 */
import { createReadStream } from "node:fs";
import path from "node:path";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { AppError } from "@/server/contract/errors";
import { isRecord } from "../checkpoint/json-file";
import { describeRow, type RowPlace } from "./aligned-example";
import type { Dataset } from "./dataset-registry";
import { firstCharacter, jsonListElements, JsonListError } from "./json-list";
import { csvRows, parquetRows, textRows } from "./table-rows";

export interface DatasetRow {
  readonly place: RowPlace;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The first `limit` rows, in the files' order. @throws AppError dataset_malformed naming file and row */
export async function readRows(dataset: Dataset, limit = Number.POSITIVE_INFINITY): Promise<DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for await (const row of streamRows(dataset)) {
    rows.push(row);
    if (rows.length >= limit) return rows;
  }
  return rows;
}

/** All rows one after the other, no more of them in memory than are looked at. @throws AppError like readRows */
export async function* streamRows(dataset: Dataset): AsyncGenerator<DatasetRow> {
  let isEmpty = true;
  for (const file of dataset.files) {
    for await (const row of fileRows(dataset, file)) {
      isEmpty = false;
      yield row;
    }
  }
  if (!isEmpty) return;
  throw new AppError(
    "dataset_malformed",
    `The data set "${dataset.name}" (${dataset.files.join(", ")}) has no rows.`,
  );
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

/** A list of objects, or one object per line, whatever the file's name says. */
async function* listRows(dataset: string, file: string): AsyncGenerator<DatasetRow> {
  const opening = await firstCharacter(file);
  if (opening === "{") {
    if (await opensWithWholeLine(file)) yield* lineRows(dataset, file);
    else yield checkRow(parseWhole(await readFile(file, "utf8"), file), { dataset, file, number: 1 });
    return;
  }
  if (opening !== "[") {
    throw new AppError("dataset_malformed", `${file} must hold a list of objects, one per row.`);
  }
  let number = 0;
  try {
    for await (const value of jsonListElements(file))
      yield checkRow(value, { dataset, file, number: ++number });
  } catch (error) {
    if (!(error instanceof JsonListError)) throw error;
    throw new AppError(
      "dataset_malformed",
      `${file} is not valid JSON at row ${error.element}: ${error.reason}`,
      { cause: error },
    );
  }
}

/** Whether the first line is JSON on its own; otherwise the file is one object over several lines. */
async function opensWithWholeLine(file: string): Promise<boolean> {
  const input = createReadStream(file, "utf8");
  try {
    for await (const line of createInterface({ input })) {
      if (line.trim() !== "") return isJson(line.replace(/^\ufeff/, ""));
    }
    return true;
  } finally {
    input.destroy();
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseWhole(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new AppError("dataset_malformed", `${file} is not valid JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
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

/** A parsed value as a row. @throws AppError dataset_malformed where it is no object */
export function checkRow(value: unknown, place: RowPlace): DatasetRow {
  if (isRecord(value)) return { place, value };
  throw new AppError("dataset_malformed", `${describeRow(place)} is not an object of columns.`);
}
