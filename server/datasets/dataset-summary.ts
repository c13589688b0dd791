/** What an entry and its file say at a glance: kind of rows, kind of problem, size. It does not open files. */
import { setTimeout as wait } from "node:timers/promises";
import { datasetColumns, type DatasetEntry } from "@/server/contract/dataset-info";
import type { DatasetFault, DatasetListItem } from "@/server/contract/datasets";
import type { AppError } from "@/server/contract/errors";
import type { RowFiles } from "./row-files";

export interface DatasetSize {
  rows: number;
  bytes: number;
  /** Whether its rows judge answers: better and worse ones, or marks for single ones. */
  feedback: "pairs" | "marks" | null;
}

/** What the rows of an entry are. */
export function shapeOf(entry: DatasetEntry | null): DatasetListItem["shape"] {
  if (entry === null) return "alpaca";
  if (entry.ranking) return "pairs";
  const columns = datasetColumns(entry);
  if (columns.kto_tag !== null) return "marks";
  return entry.formatting === "alpaca" && columns.response === null ? "text" : entry.formatting;
}

/** What kind of problem an error about a file is. */
export function faultOf({ code }: AppError): DatasetFault {
  return code === "not_found" ? "missing" : code === "unsupported" ? "kind" : "broken";
}

/** Whether rows of an entry judge answers. */
export function feedbackOf(entry: DatasetEntry | null): DatasetSize["feedback"] {
  const shape = shapeOf(entry);
  return shape === "pairs" || shape === "marks" ? shape : null;
}

/** Waits for the count of rows, and no longer than `patienceMs`. @throws AppError where the file breaks off meanwhile */
export async function counted(files: RowFiles, patienceMs: number): Promise<void> {
  const counting = files.counted();
  if (patienceMs === Infinity) return counting;
  // What goes wrong after the wait is told by the next list.
  counting.catch(() => undefined);
  await Promise.race([counting, wait(patienceMs, undefined, { ref: false })]);
}
