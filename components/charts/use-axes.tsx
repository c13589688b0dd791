"use client";
/**
 * The props of a chart's axes. They keep their identity while nothing of them changes: recharts does all its layout
 * again for an axis whose props are new.
 */
import { useMemo } from "react";
import type { XAxisProps, YAxisProps } from "recharts";
import { formatX, xTicks, yTicks } from "./axis-scale";
import { type TickPlace, XTick, YTick } from "./axis-tick";
import type { XAxisKind } from "./chart-model";

const AXIS_LINE = { stroke: "var(--line-2)" };
/** Every tick: there are as many as there is room for. */
const ALL = 0;

export interface AxesOptions {
  axis: XAxisKind;
  dataKey: string;
  /** The x range in sight. */
  view: readonly [number, number];
  range: readonly [number, number];
  log?: boolean;
  /** Steps between checkpoints, on which ticks may lie. */
  unit: number | null;
  xCount: number;
  yCount: number;
  yFormat: (value: number) => string;
  yWidth: number;
  height: number;
  /** Whether lines are cut off at the sides. */
  zoomed: boolean;
}

/** Props for `<XAxis>` and `<YAxis>`. */
export function useAxes(options: AxesOptions): { x: XAxisProps; y: YAxisProps } {
  const { axis, dataKey, unit, xCount, yCount, yFormat, yWidth, height, zoomed, log = false } = options;
  const [from, to] = options.view;
  const [low, high] = options.range;
  const x = useMemo(
    (): XAxisProps => ({
      type: "number",
      dataKey,
      domain: [from, to],
      allowDataOverflow: zoomed,
      ticks: xTicks(axis, [from, to], { count: xCount, unit }),
      interval: ALL,
      tickLine: false,
      axisLine: AXIS_LINE,
      tick: ({ x, y, payload }: TickPlace) => <XTick x={x} y={y} text={formatX(axis, payload.value)} />,
      height,
    }),
    [axis, dataKey, from, to, zoomed, xCount, unit, height],
  );
  const y = useMemo(
    (): YAxisProps => ({
      type: "number",
      scale: log ? "log" : "linear",
      domain: [low, high],
      allowDataOverflow: zoomed,
      ticks: yTicks([low, high], { log, count: yCount }),
      interval: ALL,
      tickLine: false,
      axisLine: false,
      tick: ({ x, y, payload }: TickPlace) => <YTick x={x} y={y} text={yFormat(payload.value)} />,
      width: yWidth,
    }),
    [low, high, log, zoomed, yCount, yFormat, yWidth],
  );
  return { x, y };
}
