/**
 * From a run's curve to what the charts draw: x positions by step, time or tokens, the smoothed loss, thinned rows
 * shared by all charts (so that their cursors agree), checkpoint marks and the part still to come. Knows no recharts.
 */
import { type CurveRow, type RunCurve, type StageSeries, stageValues } from "./run-curve";
import { boardWeight, smooth } from "./smoothing";
import { thinRows } from "./thin-rows";

export const X_AXES = ["step", "time", "tokens"] as const;
export type XAxisKind = (typeof X_AXES)[number];

const MAX_EPOCH_LINES = 12;
/** The loss chart is some 750 px wide, the small ones 220. */
const LOSS_SLOTS = 200;
const MINI_SLOTS = 60;

export interface ChartRow extends Readonly<Record<StageSeries, number | null>> {
  x: number;
  step: number;
  epoch: number | null;
  /** The loss as logged. */
  raw: number | null;
  /** The loss smoothed. */
  loss: number | null;
  lr: number | null;
  gradNorm: number | null;
  tokensPerSecond: number | null;
  evalLoss: number | null;
}

interface CheckpointMark {
  x: number;
  step: number;
  /** Not saved yet: where the next ones will be. */
  toCome: boolean;
}

export interface ChartModel {
  rows: readonly ChartRow[];
  /** The whole x range, the part to come included. */
  domain: readonly [number, number];
  /** x of the last row. */
  now: number;
  /** x where each epoch after the first begins, by epoch number. */
  epochs: readonly { x: number; epoch: number }[];
  checkpoints: readonly CheckpointMark[];
  best: { x: number; step: number; loss: number } | null;
  last: ChartRow | null;
  totalSteps: number;
  /** Steps between checkpoints; null where the run does not save by steps. */
  saveEvery: number | null;
  /** The smoothing weight that was used. */
  weight: number;
  hasTokens: boolean;
  /** Tokens per second over all rows; null where the run does not count its tokens. */
  meanSpeed: number | null;
}

export interface ChartOptions {
  axis: XAxisKind;
  /** 0 to 0.99; null for LLaMA Board's. */
  weight: number | null;
  checkpointSteps: readonly number[];
  /** Steps between checkpoints, where the run saves by steps. */
  saveEvery: number | null;
  ended: boolean;
}

/** Everything that the run's charts draw; cheap enough to make anew for each frame with 10,000 points. */
export function chartModel(curve: RunCurve, options: ChartOptions): ChartModel {
  const { rows } = curve;
  const hasTokens = rows.some((row) => row.tokens !== null);
  const axis = options.axis === "tokens" && !hasTokens ? "step" : options.axis;
  const { weight, smoothed } = smoothedLosses(rows, options.weight);
  const toChartRow = (row: CurveRow) => chartRow(row, axis, smoothed.get(row) ?? null);
  const lastRow = rows.at(-1);
  const last = lastRow ? toChartRow(lastRow) : null;
  const now = last?.x ?? 0;
  const end = options.ended || !last ? now : Math.max(now, endOf(axis, last, curve.totalSteps));
  const xOfStep = stepToX(rows, { axis, end, totalSteps: curve.totalSteps });
  return {
    rows: thinRows(rows, {
      x: (row) => xOf(row, axis),
      series: [
        { value: (row) => row.loss, slots: LOSS_SLOTS },
        { value: (row) => row.gradNorm, slots: MINI_SLOTS },
        { value: (row) => row.tokensPerSecond, slots: MINI_SLOTS },
      ],
      keep: (row) => row.evalLoss !== null,
    }).map(toChartRow),
    domain: [0, Math.max(end, 1)],
    now,
    epochs: epochStarts(last, options.ended ? (last?.step ?? 0) : curve.totalSteps, xOfStep),
    checkpoints: checkpointMarks(options, last?.step ?? 0, curve.totalSteps, xOfStep),
    best: bestOf(rows, axis),
    last,
    totalSteps: curve.totalSteps,
    saveEvery: options.saveEvery,
    weight,
    hasTokens,
    meanSpeed: mean(rows.flatMap((row) => row.tokensPerSecond ?? [])),
  };
}

/** The smoothed loss of every row that has one. @param wish the weight; null for LLaMA Board's */
function smoothedLosses(
  rows: readonly CurveRow[],
  wish: number | null,
): { smoothed: ReadonlyMap<CurveRow, number>; weight: number } {
  const valued = rows.filter((row) => row.loss !== null);
  const weight = wish ?? boardWeight(valued.length);
  const losses = smooth(
    valued.map((row) => row.loss!),
    weight,
  );
  return { smoothed: new Map(valued.map((row, index) => [row, losses[index]!])), weight };
}

function chartRow(row: CurveRow, axis: XAxisKind, smoothed: number | null): ChartRow {
  return {
    x: xOf(row, axis),
    step: row.step,
    epoch: row.epoch,
    raw: row.loss,
    loss: smoothed,
    lr: row.lr,
    gradNorm: row.gradNorm,
    tokensPerSecond: row.tokensPerSecond,
    evalLoss: row.evalLoss,
    ...stageValues((name) => row[name]),
  };
}

/** Where a row stands on an axis. */
export function xOf(row: CurveRow, axis: XAxisKind): number {
  return axis === "step" ? row.step : axis === "time" ? row.seconds : (row.tokens ?? 0);
}

/** Where the run will end on this axis, by the rate so far. */
function endOf(axis: XAxisKind, last: ChartRow, totalSteps: number): number {
  if (axis === "step") return totalSteps;
  return last.step > 0 ? (last.x * totalSteps) / last.step : last.x;
}

/** Finds x for a step: between logged rows by interpolation, beyond the last towards the end. */
function stepToX(
  rows: readonly CurveRow[],
  { axis, end, totalSteps }: { axis: XAxisKind; end: number; totalSteps: number },
): (step: number) => number {
  return (step) => {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle]!.step < step) low = middle + 1;
      else high = middle;
    }
    const [earlier, later] = [rows[low - 1], rows[low]];
    const before = earlier ? { step: earlier.step, x: xOf(earlier, axis) } : { step: 0, x: 0 };
    const after = later
      ? { step: later.step, x: xOf(later, axis) }
      : { step: Math.max(totalSteps, before.step + 1), x: end };
    if (after.step === before.step) return after.x;
    return before.x + ((step - before.step) / (after.step - before.step)) * (after.x - before.x);
  };
}

/** Epochs are of equal length, so the last row tells where each begins; too many lines would hide the curve. */
function epochStarts(
  last: ChartRow | null,
  lastStep: number,
  xOfStep: (step: number) => number,
): { x: number; epoch: number }[] {
  if (!last?.epoch || last.step === 0) return [];
  const stepsPerEpoch = last.step / last.epoch;
  const starts: { x: number; epoch: number }[] = [];
  for (let epoch = 1; epoch * stepsPerEpoch < lastStep - 0.5; epoch += 1) {
    starts.push({ x: xOfStep(epoch * stepsPerEpoch), epoch: epoch + 1 });
    if (starts.length > MAX_EPOCH_LINES) return [];
  }
  return starts;
}

function checkpointMarks(
  options: ChartOptions,
  lastStep: number,
  totalSteps: number,
  xOfStep: (step: number) => number,
): CheckpointMark[] {
  const marks = options.checkpointSteps.map((step) => ({ x: xOfStep(step), step, toCome: false }));
  if (options.ended || !options.saveEvery) return marks;
  for (let step = options.saveEvery; step <= totalSteps; step += options.saveEvery) {
    if (step > lastStep) marks.push({ x: xOfStep(step), step, toCome: true });
  }
  return marks;
}

function bestOf(rows: readonly CurveRow[], axis: XAxisKind): ChartModel["best"] {
  let best: CurveRow | null = null;
  for (const row of rows) {
    if (row.evalLoss !== null && (!best || row.evalLoss <= best.evalLoss!)) best = row;
  }
  return best && { x: xOf(best, axis), step: best.step, loss: best.evalLoss! };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
