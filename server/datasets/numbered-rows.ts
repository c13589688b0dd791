/** Rows by their number, whatever file they come from: what a reader of a file gives. It reads nothing itself. */
import type { RowProblem } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";

/** A row, or why it cannot be read. */
export type ReadRow =
  { readonly value: unknown; readonly problem?: undefined } | { readonly problem: Omit<RowProblem, "row"> };

export interface RowSource {
  readonly path: string;
  /** Rows found so far. */
  readonly rows: number;
  /** Share of the file that has been looked through; `rows` is final at 1, be the file whole or broken. */
  readonly share: number;
  /** Settles when so many rows are known, or all there are. @throws AppError dataset_malformed with line and column */
  until(rows: number): Promise<void>;
  /**
   * Rows `offset` to `offset + limit`, fewer at the end and where the file breaks off; `until` tells which.
   * @throws AppError dataset_malformed
   */
  read(offset: number, limit: number): Promise<ReadRow[]>;
  close(): void;
}

/** The values of a page; null for a row that cannot be read. */
export function valuesOf(rows: readonly ReadRow[]): unknown[] {
  return rows.map((row) => (row.problem === undefined ? row.value : null));
}

/** What is wrong with a page that begins at row `offset`. */
export function problemsOf(rows: readonly ReadRow[], offset: number): RowProblem[] {
  return rows.flatMap((row, i) => (row.problem === undefined ? [] : [{ row: offset + i, ...row.problem }]));
}

/** The value of a row. @throws AppError dataset_malformed where it has none */
export function valueOf(row: ReadRow, where: string): unknown {
  if (row.problem === undefined) return row.value;
  const { message, place } = row.problem;
  const at = place ? `, line ${place.line}, column ${place.column}` : "";
  throw new AppError("dataset_malformed", `${where}${at}: ${message}.`);
}
