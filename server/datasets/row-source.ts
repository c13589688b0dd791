/**
 * A data file as numbered rows: any page of them, and how many there are as far as that is known, for every kind of file
 * that the trainer reads. It does not know what the rows mean.
 */
import { open } from "node:fs/promises";
import path from "node:path";
import { TEXT_COLUMN } from "@/server/contract/dataset-info";
import type { ReadRow, RowSource } from "./numbered-rows";
import { openParquet } from "./parquet-rows";
import { readRowTexts, RowIndex } from "./row-index";
import { jsonFault, placeBeyond, placeInFile, placeInText } from "./text-place";

/**
 * Opens a file of one of these kinds.
 * @param delimiter of a .csv file; the trainer and LLaMA-Factory know commas only
 * @throws AppError dataset_malformed where it cannot be read as what its name says
 */
export async function openRowSource(file: string, size: number, delimiter = ","): Promise<RowSource> {
  switch (path.extname(file)) {
    case ".parquet":
      return openParquet(file);
    case ".csv":
      return openCsv(file, size, delimiter);
    case ".txt":
      return indexed(new RowIndex(file, size), (lines) =>
        lines.map((line) => ({ value: { [TEXT_COLUMN]: line.replace(/\r$/, "") } })),
      );
    default: {
      const index = new RowIndex(file, size);
      return indexed(index, (texts, offset) =>
        Promise.all(texts.map((text, i) => parseRow(index, text, offset + i))),
      );
    }
  }
}

type PageParser = (texts: string[], offset: number) => ReadRow[] | Promise<ReadRow[]>;

/** @param header records before the first row */
function indexed(index: RowIndex, parse: PageParser, header = 0): RowSource {
  return {
    path: index.file,
    get rows() {
      return Math.max(0, index.rows - header);
    },
    get share() {
      return index.share;
    },
    until: (rows) => index.until(rows + header),
    async read(offset, limit) {
      try {
        await index.until(offset + limit + header);
      } catch (error) {
        // Rows in front of the place where a file breaks off are still rows.
        if (index.rows <= offset + header) throw error;
      }
      return parse(await readRowTexts(index, offset + header, limit), offset);
    },
    close: () => index.close(),
  };
}

async function parseRow(index: RowIndex, text: string, row: number): Promise<ReadRow> {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    const fault = jsonFault(text);
    if (!fault) throw new Error("A text that does not parse has a fault.");
    const start = await placeInFile(index.file, index.range(row).start);
    return {
      problem: {
        message: `not valid JSON: ${fault.words}`,
        place: placeBeyond(start, placeInText(text, fault.offset)),
      },
    };
  }
}

const LONGEST_HEADER = 1 << 16;

/** The first record names the columns; a page is its records behind that line. An empty cell is null, as in the trainer. */
async function openCsv(file: string, size: number, delimiter: string): Promise<RowSource> {
  const { parse } = await import("csv-parse/sync");
  const index = new RowIndex(file, size, delimiter);
  await index.until(1);
  const [header = ""] = await readRowTexts(index, 0, 1);
  const parseRecords = (records: readonly string[]) => {
    const text = [header, ...records].map((record) => record.replace(/\r$/, "")).join("\n");
    const rows: Record<string, string>[] = parse(text, {
      columns: true,
      bom: true,
      delimiter,
      skip_empty_lines: true,
      relax_column_count_less: true,
    });
    return rows.map((row) => ({
      value: Object.fromEntries(
        Object.entries(row).map(([column, cell]) => [column, cell === "" ? null : cell]),
      ),
    }));
  };
  return indexed(
    index,
    async (records, offset) => {
      try {
        return parseRecords(records);
      } catch {
        // One by one, to find which.
        return Promise.all(
          records.map(async (record, i): Promise<ReadRow> => {
            try {
              return parseRecords([record])[0] ?? { value: {} };
            } catch (error) {
              const place = await placeInFile(file, index.range(offset + i + 1).start);
              return { problem: { message: `not valid CSV: ${(error as Error).message}`, place } };
            }
          }),
        );
      }
    },
    1,
  );
}

/** What stands most often between the cells of the first line: a comma, a semicolon or a tab. */
export async function csvDelimiter(file: string): Promise<"," | ";" | "\t"> {
  const handle = await open(file, "r");
  try {
    const buffer = Buffer.alloc(LONGEST_HEADER);
    const { bytesRead } = await handle.read(buffer, 0, LONGEST_HEADER, 0);
    const line = buffer
      .toString("utf8", 0, bytesRead)
      .split("\n")[0]!
      .replace(/"[^"]*"/g, "");
    const count = (delimiter: string) => line.split(delimiter).length;
    const delimiters = [",", ";", "\t"] as const;
    return delimiters.reduce((best, each) => (count(each) > count(best) ? each : best));
  } finally {
    await handle.close();
  }
}
