/** Several runs' curves as rows over a common step axis, smoothed and thinned. Knows no drawing. */
import type { RunCurve } from "./run-curve";
import { boardWeight, smooth } from "./smoothing";
import { thinRows } from "./thin-rows";

export interface OverlayRow {
  step: number;
  /** Smoothed training loss by run id; a run without a point at this step has no entry. */
  loss: Readonly<Record<string, number>>;
  evalLoss: Readonly<Record<string, number>>;
}

export interface OverlayModel {
  rows: readonly OverlayRow[];
  /** Every value drawn, for the y axis. */
  values: readonly number[];
  lastStep: number;
  /** Where each run's line ends. */
  ends: ReadonlyMap<string, { step: number; loss: number }>;
}

/** Slots per curve; there are several, so each gets fewer than a run's own chart. */
const SLOTS = 160;

/** Merges curves by step; every run is smoothed with LLaMA Board's weight for its own number of points. */
export function mergeCurves(runs: readonly { id: string; curve: RunCurve }[]): OverlayModel {
  const byStep = new Map<number, { loss: Record<string, number>; evalLoss: Record<string, number> }>();
  const ends = new Map<string, { step: number; loss: number }>();
  const values: number[] = [];

  function rowAt(step: number) {
    const row = byStep.get(step) ?? { loss: {}, evalLoss: {} };
    byStep.set(step, row);
    return row;
  }

  for (const { id, curve } of runs) {
    const rows = curve.rows.filter((row) => row.loss !== null);
    const smoothed = smooth(
      rows.map((row) => row.loss!),
      boardWeight(rows.length),
    );
    const points = rows.map((row, index) => ({ step: row.step, loss: smoothed[index]! }));
    const drawn = thinRows(points, {
      x: (point) => point.step,
      series: [{ value: (point) => point.loss, slots: SLOTS }],
    });
    for (const point of drawn) {
      rowAt(point.step).loss[id] = point.loss;
      values.push(point.loss);
    }
    for (const row of curve.rows) {
      if (row.evalLoss === null) continue;
      rowAt(row.step).evalLoss[id] = row.evalLoss;
      values.push(row.evalLoss);
    }
    const end = points.at(-1);
    if (end) ends.set(id, end);
  }
  const rows = [...byStep].sort(([a], [b]) => a - b).map(([step, row]) => ({ step, ...row }));
  return { rows, values, ends, lastStep: rows.at(-1)?.step ?? 1 };
}
