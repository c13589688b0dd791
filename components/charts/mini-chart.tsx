"use client";
/** A small chart of one series under the loss chart, with the same x range and cursor. */
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ReactNode } from "react";
import { formatX, xTicks, yScale } from "./axis-scale";
import type { ChartModel, ChartRow, XAxisKind } from "./chart-model";
import { ACTIVE_DOT, CURSOR, LINE, TICK } from "./loss-chart";

export type MiniSeries = "lr" | "gradNorm" | "tokensPerSecond";

export interface MiniChartProps {
  model: ChartModel;
  series: MiniSeries;
  title: string;
  /** The value now, and what to compare it with. */
  figures: ReactNode;
  format: (value: number) => string;
  axis: XAxisKind;
  view: readonly [number, number];
  narrow: boolean;
  syncId: string;
}

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
}: MiniChartProps) {
  const y = yScale(visible(model.rows, series, view), { fromZero: true, count: 3 });
  const end = Math.min(Math.max(model.now, view[0]), view[1]);
  return (
    <figure>
      <figcaption className="row between small">
        <span className="strong">{title}</span>
        <span className="muted">{figures}</span>
      </figcaption>
      <ResponsiveContainer width="100%" height={narrow ? 98 : 112}>
        <ComposedChart
          data={model.rows}
          margin={{ top: 10, right: 4, bottom: 0, left: 0 }}
          syncId={syncId}
          title={title}
        >
          {end < view[1] && model.now < model.domain[1] && (
            <ReferenceArea
              x1={end}
              x2={view[1]}
              fill="var(--sunken)"
              fillOpacity={1}
              stroke="none"
              ifOverflow="hidden"
            />
          )}
          <CartesianGrid vertical={false} stroke="var(--grid)" />
          <XAxis
            type="number"
            dataKey="x"
            domain={[view[0], view[1]]}
            allowDataOverflow
            ticks={xTicks(axis, view, { count: 3, unit: model.saveEvery })}
            tickFormatter={(value: number) => formatX(axis, value)}
            tickLine={false}
            axisLine={{ stroke: "var(--line-2)" }}
            tick={TICK}
            height={22}
          />
          <YAxis
            type="number"
            domain={y.domain}
            ticks={y.ticks}
            allowDataOverflow
            tickFormatter={format}
            tickLine={false}
            axisLine={false}
            tick={TICK}
            width={36}
          />
          <Tooltip isAnimationActive={false} cursor={CURSOR} content={() => null} />
          <Line
            {...LINE}
            dataKey={series}
            stroke="var(--s1)"
            strokeWidth={1.5}
            activeDot={{ ...ACTIVE_DOT, r: 3 }}
          />
        </ComposedChart>
      </ResponsiveContainer>
    </figure>
  );
}

function* visible(rows: readonly ChartRow[], series: MiniSeries, [low, high]: readonly [number, number]) {
  for (const row of rows) {
    const value = row[series];
    if (value !== null && row.x >= low && row.x <= high) yield value;
  }
}
