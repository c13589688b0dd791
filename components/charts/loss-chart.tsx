"use client";
/** The loss chart: training raw and smoothed, validation, checkpoints, the part to come, one cursor with the others. */
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { yRange } from "./axis-scale";
import { BackdropNotes, EpochLines, RestOfRun } from "./chart-backdrop";
import { CheckpointTicks, ValidationRings } from "./chart-marks";
import type { ChartModel, ChartRow, XAxisKind } from "./chart-model";
import { EndLabels } from "./end-labels";
import { LossTooltip } from "./loss-tooltip";
import { Plot } from "./plot";
import { GridLines } from "./plot-axes";
import type { PlotCursor } from "./plot-cursor";
import { PlotCursorMark, PlotLine, PlotTip } from "./plot-lines";
import { useAxes } from "./use-axes";
import { useLossLabels } from "./use-loss-labels";

export interface LossChartProps {
  model: ChartModel;
  axis: XAxisKind;
  log: boolean;
  /** The x range in sight. */
  view: readonly [number, number];
  narrow: boolean;
  cursor: PlotCursor;
  /** Said to screen readers. */
  description: string;
}

export function LossChart({ model, axis, log, view, narrow, cursor, description }: LossChartProps) {
  const t = useTranslations("run.chart");
  const labels = useLossLabels(model, narrow);
  const end = Math.min(Math.max(model.now, view[0]), view[1]);
  // The labels stand in the part to come; where that is too small, the plot makes room for them.
  const roomShare = (view[1] - end) / (view[1] - view[0]);
  const longest = Math.max(0, ...labels.map((label) => Array.from(label.text).length));
  const room = narrow ? 84 : Math.max(168, Math.round(longest * LETTER_PX) + 16);
  const labelRoom = labels.length === 0 || roomShare > (narrow ? 0.3 : 0.22) ? 12 : room;
  const margin = useMemo(() => ({ top: 22, right: labelRoom, bottom: 26, left: 32 }), [labelRoom]);
  const { x, y } = useAxes({
    axis,
    view,
    range: yRange(visibleLosses(model.rows, view), { log }),
    log,
    unit: model.saveEvery,
    xCount: narrow ? 4 : 10,
    yCount: 7,
    yFormat: tickText,
  });

  return (
    <Plot
      height={narrow ? 232 : 408}
      margin={margin}
      x={x}
      y={y}
      rows={model.rows}
      cursor={cursor}
      keys
      label={t("loss")}
      description={description}
      over={
        <PlotTip cursor={cursor} rows={model.rows}>
          {(row) => <LossTooltip row={row} rows={model.rows} axis={axis} />}
        </PlotTip>
      }
    >
      <RestOfRun model={model} view={view} />
      <EpochLines model={model} view={view} />
      <GridLines ticks={y.ticks} />
      <BackdropNotes model={model} view={view} />
      <PlotLine rows={model.rows} value={rawLoss} stroke="var(--s1)" strokeOpacity={0.4} />
      <PlotLine rows={model.rows} value={smoothedLoss} stroke="var(--s1)" strokeWidth={2} />
      <ValidationRings model={model} view={view} narrow={narrow} />
      <CheckpointTicks model={model} label={t("checkpoints")} />
      <EndLabels labels={labels} x={end} />
      <PlotCursorMark cursor={cursor} rows={model.rows} dots={DOTS} />
    </Plot>
  );
}

/** A letter of a label, about. */
const LETTER_PX = 6.4;

const rawLoss = (row: ChartRow) => row.raw;
const smoothedLoss = (row: ChartRow) => row.loss;
const DOTS = [{ value: smoothedLoss, colour: "var(--s1)", radius: 4 }];

/** Ticks keep one decimal where all are of that size, else as many as they need. */
function tickText(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.1) return value.toPrecision(1);
  return Number.isInteger(value * 10) ? value.toFixed(1) : String(value);
}

function* visibleLosses(rows: readonly ChartRow[], [low, high]: readonly [number, number]) {
  for (const row of rows) {
    if (row.x < low || row.x > high) continue;
    if (row.raw !== null) yield row.raw;
    if (row.evalLoss !== null) yield row.evalLoss;
  }
}
