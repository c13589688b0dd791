"use client";
/** A small chart of one series under the loss chart, with the same x range and cursor. */
import { type ReactNode, useMemo } from "react";
import { yRange } from "./axis-scale";
import { RestOfRun } from "./chart-backdrop";
import type { ChartModel, ChartRow, XAxisKind } from "./chart-model";
import { Plot } from "./plot";
import { GridLines } from "./plot-axes";
import type { PlotCursor } from "./plot-cursor";
import { PlotCursorMark, PlotLine } from "./plot-lines";
import type { StageSeries } from "./run-curve";
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
  cursor: PlotCursor;
  /** Rewards and margins may lie below zero. */
  fromZero?: boolean;
}

const MARGIN = { top: 10, right: 4, bottom: 22, left: 36 };

export function MiniChart({
  model,
  series,
  title,
  figures,
  format,
  axis,
  view,
  narrow,
  cursor,
  fromZero = true,
}: MiniChartProps) {
  const { x, y } = useAxes({
    axis,
    view,
    range: yRange(visible(model.rows, series, view), { fromZero }),
    unit: model.saveEvery,
    xCount: 3,
    yCount: 3,
    yFormat: format,
  });
  const { value, dots } = useMemo(() => {
    const value = (row: ChartRow) => row[series];
    return { value, dots: [{ value, colour: "var(--s1)", radius: 3 }] };
  }, [series]);
  return (
    <figure>
      <figcaption className="row between small">
        <span className="strong">{title}</span>
        <span className="muted">{figures}</span>
      </figcaption>
      <Plot
        height={narrow ? 98 : 112}
        margin={MARGIN}
        x={x}
        y={y}
        rows={model.rows}
        cursor={cursor}
        label={title}
      >
        <RestOfRun model={model} view={view} />
        <GridLines ticks={y.ticks} />
        <PlotLine rows={model.rows} value={value} stroke="var(--s1)" strokeWidth={1.5} />
        <PlotCursorMark cursor={cursor} rows={model.rows} dots={dots} />
      </Plot>
    </figure>
  );
}

function* visible(rows: readonly ChartRow[], series: MiniSeries, [low, high]: readonly [number, number]) {
  for (const row of rows) {
    const value = row[series];
    if (value !== null && row.x >= low && row.x <= high) yield value;
  }
}
