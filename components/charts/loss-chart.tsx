"use client";
/** The loss chart: training raw and smoothed, validation, checkpoints, the part to come, one cursor with the others. */
import { useMemo } from "react";
import { Line, Tooltip, XAxis, YAxis } from "recharts";
import { useTranslations } from "use-intl";
import { yRange } from "./axis-scale";
import { Backdrop, GridLines } from "./chart-backdrop";
import { CheckpointTicks, ValidationRings } from "./chart-marks";
import type { ChartModel, ChartRow, XAxisKind } from "./chart-model";
import { EndLabels } from "./end-labels";
import { LossTooltip } from "./loss-tooltip";
import { ACTIVE_DOT, CURSOR, LINE } from "./series-style";
import { SizedChart } from "./sized-chart";
import { useAxes } from "./use-axes";
import { useLossLabels } from "./use-loss-labels";

export interface LossChartProps {
  model: ChartModel;
  axis: XAxisKind;
  log: boolean;
  /** The x range in sight. */
  view: readonly [number, number];
  narrow: boolean;
  syncId: string;
  /** Said to screen readers. */
  description: string;
}

export function LossChart({ model, axis, log, view, narrow, syncId, description }: LossChartProps) {
  const t = useTranslations("run.chart");
  const labels = useLossLabels(model, narrow);
  const end = Math.min(Math.max(model.now, view[0]), view[1]);
  // The labels stand in the part to come; where that is too small, the plot makes room for them.
  const roomShare = (view[1] - end) / (view[1] - view[0]);
  const longest = Math.max(0, ...labels.map((label) => Array.from(label.text).length));
  const room = narrow ? 84 : Math.max(168, Math.round(longest * LETTER_PX) + 16);
  const labelRoom = labels.length === 0 || roomShare > (narrow ? 0.3 : 0.22) ? 12 : room;
  const margin = useMemo(() => ({ top: 22, right: labelRoom, bottom: 0, left: 0 }), [labelRoom]);
  const { x, y } = useAxes({
    axis,
    dataKey: "x",
    view,
    range: yRange(visibleLosses(model.rows, view), { log }),
    log,
    unit: model.saveEvery,
    xCount: narrow ? 4 : 10,
    yCount: 7,
    yFormat: tickText,
    yWidth: 32,
    height: 26,
    // Only a zoomed chart cuts lines off at its sides.
    zoomed: view[0] > 0 || view[1] < model.domain[1],
  });

  return (
    <SizedChart
      height={narrow ? 232 : 408}
      data={model.rows}
      margin={margin}
      syncId={syncId}
      aria-label={t("loss")}
      desc={description}
    >
      <Backdrop model={model} view={view} notes />
      <GridLines ticks={y.ticks} />
      <XAxis {...x} />
      <YAxis {...y} />
      <Tooltip
        isAnimationActive={false}
        cursor={CURSOR}
        content={<LossTooltip rows={model.rows} axis={axis} />}
        wrapperStyle={ABOVE}
      />
      <Line
        {...LINE}
        dataKey="raw"
        stroke="var(--s1)"
        strokeWidth={1}
        strokeOpacity={0.4}
        activeDot={false}
      />
      <Line {...LINE} dataKey="loss" stroke="var(--s1)" strokeWidth={2} activeDot={ACTIVE_DOT} />
      <ValidationRings model={model} view={view} narrow={narrow} />
      <CheckpointTicks model={model} label={t("checkpoints")} />
      <EndLabels labels={labels} x={end} />
    </SizedChart>
  );
}

/** A letter of a label, about. */
const LETTER_PX = 6.4;

const ABOVE = { zIndex: 3 };

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
