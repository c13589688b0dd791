/**
 * A data file as numbered rows: how many there are, and any page of them, for every kind of file that the trainer reads.
 * It does not know what the rows mean.
 */
import path from "node:path";
import { TEXT_COLUMN } from "@/server/contract/dataset-info";
import { AppError } from "@/server/contract/errors";
import { indexRows, readRows, readRowTexts, type RowIndex } from "./row-index";

export interface RowSource {
  readonly rows: number;
  /** Rows `offset` to `offset + limit`, fewer at the end. @throws AppError dataset_malformed naming file and row */
  read(offset: number, limit: number): Promise<unknown[]>;
}

/** Kinds of files that have rows. */
export const READABLE = [".json", ".jsonl", ".csv", ".parquet", ".txt"] as const;

/** Opens a file of one of these kinds. @throws AppError dataset_malformed where it cannot be read as what its name says */
export async function openRowSource(file: string): Promise<RowSource> {
  if (path.extname(file) === ".parquet") return openParquet(file);
  const index = await indexRows(file);
  switch (path.extname(file)) {
    case ".csv":
      return openCsv(file, index);
    case ".txt":
      return {
        rows: index.rows,
        async read(offset, limit) {
          const lines = await readRowTexts(file, index, offset, limit);
          return lines.map((line) => ({ [TEXT_COLUMN]: line.replace(/\r$/, "") }));
        },
      };
    default:
      return { rows: index.rows, read: (offset, limit) => readRows(file, index, offset, limit) };
  }
}

/** The first record names the columns; a page is its records behind that line. */
async function openCsv(file: string, index: RowIndex): Promise<RowSource> {
  const { parse } = await import("csv-parse/sync");
  const [header = ""] = await readRowTexts(file, index, 0, 1);
  return {
    rows: Math.max(0, index.rows - 1),
    async read(offset, limit) {
      const records = await readRowTexts(file, index, offset + 1, limit);
      try {
        return parse([header, ...records].map((record) => record.replace(/\r$/, "")).join("\n"), {
          columns: true,
          bom: true,
          skip_empty_lines: true,
          relax_column_count_less: true,
        });
      } catch (error) {
        throw new AppError(
          "dataset_malformed",
          `${file} is not valid CSV, rows ${offset + 1} to ${offset + records.length}: ${(error as Error).message}.`,
          { cause: error },
        );
      }
    },
  };
}

async function openParquet(file: string): Promise<RowSource> {
  const [{ asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, toJson }, { compressors }] =
    await Promise.all([import("hyparquet"), import("hyparquet-compressors")]);
  try {
    const buffer = await asyncBufferFromFile(file);
    const metadata = await parquetMetadataAsync(buffer);
    const rows = Number(metadata.num_rows);
    return {
      rows,
      async read(offset, limit) {
        const [rowStart, rowEnd] = [Math.min(offset, rows), Math.min(offset + limit, rows)];
        if (rowStart === rowEnd) return [];
        const page = await parquetReadObjects({ file: buffer, metadata, rowStart, rowEnd, compressors });
        return page.map((row) => toJson(row));
      },
    };
  } catch (error) {
    throw new AppError(
      "dataset_malformed",
      `${file} cannot be read as parquet: ${(error as Error).message}.`,
      {
        cause: error,
      },
    );
  }
}
