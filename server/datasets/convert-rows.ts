/**
 * A file's rows rewritten: read page by page, converted, and written one JSON object a line. Rows that cannot be used are
 * left out and told. It does not know where files belong.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { setImmediate } from "node:timers/promises";
import type { RowProblem } from "@/server/contract/datasets";
import type { Plan } from "@/server/contract/plan-parts";
import { isObject } from "@/server/contract/raw-row";
import type { RowSource } from "./numbered-rows";

const PAGE = 256;

export interface Conversion {
  source: RowSource;
  convert: NonNullable<Plan["convert"]>;
  /** The file that is written. */
  target: string;
  /** Told of each row that is left out. */
  onSkipped: (problem: RowProblem) => void;
  /** Told after each page: rows read of this file, and 0 to 1 of it. */
  onProgress: (rows: number, share: number) => void;
}

/** @throws AppError dataset_malformed where the file breaks off */
export async function convertRows({
  source,
  convert,
  target,
  onSkipped,
  onProgress,
}: Conversion): Promise<void> {
  const output = createWriteStream(target, { flags: "w" });
  const failed = once(output, "error").then(([error]) => {
    throw error as Error;
  });
  failed.catch(() => undefined);
  for (let offset = 0; ; offset += PAGE) {
    const page = await source.read(offset, PAGE);
    let text = "";
    for (const [i, row] of page.entries()) {
      const converted = row.problem === undefined && isObject(row.value) ? convert(row.value) : null;
      if (converted && "row" in converted) text += `${JSON.stringify(converted.row)}\n`;
      else {
        const message = row.problem?.message ?? converted?.skip ?? "it is not an object of columns";
        onSkipped({ row: offset + i, message, place: row.problem?.place ?? null });
      }
    }
    if (text !== "" && !output.write(text)) await Promise.race([once(output, "drain"), failed]);
    const rows = offset + page.length;
    onProgress(rows, source.rows > 0 ? Math.min(1, (rows / source.rows) * source.share) : 1);
    if (page.length < PAGE) break;
    await setImmediate();
  }
  // A file that breaks off is not taken for a whole one.
  await source.until(Infinity);
  output.end();
  await Promise.race([once(output, "close"), failed]);
}
