"use client";
/** Ranges, ticks and their words for a plot's axes. They keep their identity while nothing of them changes. */
import { useMemo } from "react";
import { formatX, xTicks, yTicks } from "./axis-scale";
import type { XAxisKind } from "./chart-model";
import type { PlotProps } from "./plot";

export interface AxesOptions {
  axis: XAxisKind;
  /** The x range in sight. */
  view: readonly [number, number];
  range: readonly [number, number];
  log?: boolean;
  /** Steps between checkpoints, on which ticks may lie. */
  unit: number | null;
  xCount: number;
  yCount: number;
  /** Writes a tick; the same function at every render. */
  yFormat: (value: number) => string;
}

/** The axes of a `<Plot>`. */
export function useAxes(options: AxesOptions): Pick<PlotProps, "x" | "y"> {
  const { axis, unit, xCount, yCount, yFormat, log = false } = options;
  const [from, to] = options.view;
  const [low, high] = options.range;
  const x = useMemo(
    () => ({
      range: [from, to] as const,
      ticks: xTicks(axis, [from, to], { count: xCount, unit }),
      format: (value: number) => formatX(axis, value),
    }),
    [axis, from, to, xCount, unit],
  );
  const y = useMemo(
    () => ({
      range: [low, high] as const,
      log,
      ticks: yTicks([low, high], { log, count: yCount }),
      format: yFormat,
    }),
    [low, high, log, yCount, yFormat],
  );
  return { x, y };
}
