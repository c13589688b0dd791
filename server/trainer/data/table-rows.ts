/**
 * Rows of files that are not JSON: .csv, .parquet, and .txt with one text a line. Read as a stream (parquet: row group by
 * row group), no further than is asked for. It does not know what the columns mean.
 */
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { CsvError, parse } from "csv-parse";
import { TEXT_COLUMN } from "@/server/contract/dataset-info";
import { AppError } from "@/server/contract/errors";

type Row = Record<string, unknown>;

/**
 * A header line, then one row a record; an empty cell is null, every other one text.
 * @throws AppError dataset_malformed naming the file and the line
 */
export async function* csvRows(file: string): AsyncGenerator<Row> {
  const parser = parse({ columns: true, bom: true, skip_empty_lines: true, relax_column_count_less: true });
  const input = createReadStream(file);
  input.on("error", (error) => parser.destroy(error));
  input.pipe(parser);
  try {
    for await (const record of parser) {
      const cells = Object.entries(record as Record<string, string>);
      yield Object.fromEntries(cells.map(([column, cell]) => [column, cell === "" ? null : cell]));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new AppError("dataset_malformed", `${file} is not valid CSV: ${error.message}.`, { cause: error });
  } finally {
    input.destroy();
  }
}

/** @throws AppError dataset_malformed where the file is not parquet or is cut short */
export async function* parquetRows(file: string): AsyncGenerator<Row> {
  const [{ asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects }, { compressors }] =
    await Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    let rowStart = 0;
    for (const group of metadata.row_groups) {
      const rowEnd = rowStart + Number(group.num_rows);
      const rows = await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd, compressors });
      for (const row of rows) yield plainValue(row) as Row;
      rowStart = rowEnd;
    }
  } catch (error) {
    if (error instanceof AppError || !(error instanceof Error)) throw error;
    throw new AppError("dataset_malformed", `${file} cannot be read as parquet: ${error.message}.`, {
      cause: error,
    });
  }
}

/** 64-bit integers as numbers, dates as text: what JSON would hold. */
function plainValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}

/** Every line is a row, empty ones too. */
export async function* textRows(file: string): AsyncGenerator<Row> {
  const input = createReadStream(file, "utf8");
  let first = true;
  try {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      yield { [TEXT_COLUMN]: first ? line.replace(/^\ufeff/, "") : line };
      first = false;
    }
  } finally {
    input.destroy();
  }
}
