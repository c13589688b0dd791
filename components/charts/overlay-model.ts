/** Several runs' curves as rows over a common axis (step, time or tokens), smoothed and thinned. Knows no drawing. */
import { type XAxisKind, xOf } from "./chart-model";
import type { RunCurve } from "./run-curve";
import { boardWeight, smooth } from "./smoothing";
import { thinRows } from "./thin-rows";

export interface OverlayRow {
  x: number;
  /** Smoothed training loss by run id; a run without a point here has no entry. */
  loss: Readonly<Record<string, number>>;
  evalLoss: Readonly<Record<string, number>>;
}

export interface OverlayModel {
  rows: readonly OverlayRow[];
  /** Every value drawn, for the y axis. */
  values: readonly number[];
  lastX: number;
  /** Where each run's line ends. */
  ends: ReadonlyMap<string, { x: number; loss: number }>;
  /** The best validation of each run that has one. */
  best: ReadonlyMap<string, { x: number; loss: number }>;
  hasTokens: boolean;
}

/** Slots per curve; there are several, so each gets fewer than a run's own chart. */
const SLOTS = 160;

/** Merges curves by x; every run is smoothed with LLaMA Board's weight for its own number of points. */
export function mergeCurves(
  runs: readonly { id: string; curve: RunCurve }[],
  axis: XAxisKind = "step",
): OverlayModel {
  const byX = new Map<number, { loss: Record<string, number>; evalLoss: Record<string, number> }>();
  const ends = new Map<string, { x: number; loss: number }>();
  const best = new Map<string, { x: number; loss: number }>();
  const values: number[] = [];

  function rowAt(x: number) {
    const row = byX.get(x) ?? { loss: {}, evalLoss: {} };
    byX.set(x, row);
    return row;
  }

  for (const { id, curve } of runs) {
    const rows = curve.rows.filter((row) => row.loss !== null);
    const smoothed = smooth(
      rows.map((row) => row.loss!),
      boardWeight(rows.length),
    );
    const points = rows.map((row, index) => ({ x: xOf(row, axis), loss: smoothed[index]! }));
    const drawn = thinRows(points, {
      x: (point) => point.x,
      series: [{ value: (point) => point.loss, slots: SLOTS }],
    });
    for (const point of drawn) {
      rowAt(point.x).loss[id] = point.loss;
      values.push(point.loss);
    }
    for (const row of curve.rows) {
      if (row.evalLoss === null) continue;
      const x = xOf(row, axis);
      rowAt(x).evalLoss[id] = row.evalLoss;
      values.push(row.evalLoss);
      const known = best.get(id);
      if (!known || row.evalLoss <= known.loss) best.set(id, { x, loss: row.evalLoss });
    }
    const end = points.at(-1);
    if (end) ends.set(id, end);
  }
  const rows = [...byX].sort(([a], [b]) => a - b).map(([x, row]) => ({ x, ...row }));
  const hasTokens = runs.some(({ curve }) => curve.rows.some((row) => row.tokens !== null));
  return { rows, values, ends, best, hasTokens, lastX: rows.at(-1)?.x || 1 };
}
