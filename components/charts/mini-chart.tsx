"use client";
/** A small chart of one series under the loss chart, with the same x range and cursor. */
import { Line, Tooltip, XAxis, YAxis } from "recharts";
import type { ReactNode } from "react";
import { yRange } from "./axis-scale";
import { Backdrop, GridLines } from "./chart-backdrop";
import type { ChartModel, ChartRow, XAxisKind } from "./chart-model";
import type { StageSeries } from "./run-curve";
import { CURSOR, LINE, SMALL_ACTIVE_DOT } from "./series-style";
import { SizedChart } from "./sized-chart";
import { useAxes } from "./use-axes";

export type MiniSeries = "lr" | "gradNorm" | "tokensPerSecond" | StageSeries;

export interface MiniChartProps {
  model: ChartModel;
  series: MiniSeries;
  title: string;
  /** The value now, and what to compare it with. */
  figures: ReactNode;
  /** Writes a tick; the same function at every render. */
  format: (value: number) => string;
  axis: XAxisKind;
  view: readonly [number, number];
  narrow: boolean;
  syncId: string;
  /** Rewards and margins may lie below zero. */
  fromZero?: boolean;
}

const MARGIN = { top: 10, right: 4, bottom: 0, left: 0 };
const nothing = () => null;

export function MiniChart({
  model,
  series,
  title,
  figures,
  format,
  axis,
  view,
  narrow,
  syncId,
  fromZero = true,
}: MiniChartProps) {
  const { x, y } = useAxes({
    axis,
    dataKey: "x",
    view,
    range: yRange(visible(model.rows, series, view), { fromZero }),
    unit: model.saveEvery,
    xCount: 3,
    yCount: 3,
    yFormat: format,
    yWidth: 36,
    height: 22,
    zoomed: view[0] > 0 || view[1] < model.domain[1],
  });
  return (
    <figure>
      <figcaption className="row between small">
        <span className="strong">{title}</span>
        <span className="muted">{figures}</span>
      </figcaption>
      <SizedChart
        height={narrow ? 98 : 112}
        data={model.rows}
        margin={MARGIN}
        syncId={syncId}
        aria-label={title}
      >
        <Backdrop model={model} view={view} />
        <GridLines ticks={y.ticks} />
        <XAxis {...x} />
        <YAxis {...y} />
        <Tooltip isAnimationActive={false} cursor={CURSOR} content={nothing} />
        <Line {...LINE} dataKey={series} stroke="var(--s1)" strokeWidth={1.5} activeDot={SMALL_ACTIVE_DOT} />
      </SizedChart>
    </figure>
  );
}

function* visible(rows: readonly ChartRow[], series: MiniSeries, [low, high]: readonly [number, number]) {
  for (const row of rows) {
    const value = row[series];
    if (value !== null && row.x >= low && row.x <= high) yield value;
  }
}
