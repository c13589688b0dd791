/** Lays the runs of a sweep out as a grid and finds the best of them. Pure; it knows no drawing. */
import type { RunSummary } from "@/server/contract/run";

export interface SweepTable {
  rowArgument: string;
  /** null for a sweep over one argument. */
  columnArgument: string | null;
  columns: readonly number[];
  rows: readonly { value: number; cells: readonly (RunSummary | null)[] }[];
  /** What the runs are judged by: validation where every run with a result has one, else the last training loss. */
  by: "validation" | "training";
  best: RunSummary | null;
}

/** The grid of a sweep's runs, values rising. */
export function sweepTable(runs: readonly RunSummary[]): SweepTable {
  const [rowArgument = "", columnArgument = null] = Object.keys(runs[0]?.sweep?.values ?? {});
  const valueOf = (run: RunSummary, argument: string | null) =>
    argument === null ? 0 : Number(run.sweep?.values[argument] ?? NaN);
  const valuesOf = (argument: string | null) =>
    [...new Set(runs.map((run) => valueOf(run, argument)))].sort((a, b) => a - b);
  const columns = valuesOf(columnArgument);
  const withResult = runs.filter((run) => run.loss !== null || run.best_eval_loss !== null);
  const by =
    withResult.length > 0 && withResult.every((run) => run.best_eval_loss !== null)
      ? "validation"
      : "training";
  const lossOf = (run: RunSummary) => (by === "validation" ? run.best_eval_loss : run.loss) ?? Infinity;
  const judged = withResult.filter((run) => run.status === "finished" && Number.isFinite(lossOf(run)));
  return {
    rowArgument,
    columnArgument,
    columns,
    rows: valuesOf(rowArgument).map((value) => ({
      value,
      cells: columns.map(
        (column) =>
          runs.find(
            (run) => valueOf(run, rowArgument) === value && valueOf(run, columnArgument) === column,
          ) ?? null,
      ),
    })),
    by,
    best: judged.reduce<RunSummary | null>(
      (best, run) => (best === null || lossOf(run) < lossOf(best) ? run : best),
      null,
    ),
  };
}
