"use client";
/**
 * The points of a long run's charts: what is held of the whole curve, and where a person zooms into a thinned one, every
 * line in sight in its place. Zooms in time or tokens are turned into steps by the points that are held.
 */
import { useDeferredValue, useMemo } from "react";
import { useMetricsRange } from "@/components/live/use-live";
import type { MetricPoint } from "@/server/contract/run";
import { type XAxisKind, xOf } from "./chart-model";
import { runCurve } from "./run-curve";
import type { ChartSettings } from "./use-chart-settings";

export interface ZoomedPointsOptions {
  id: string;
  held: readonly MetricPoint[];
  thinned: number;
  zoom: ChartSettings["zoom"];
  axis: XAxisKind;
}

export function useZoomedPoints({
  id,
  held,
  thinned,
  zoom,
  axis,
}: ZoomedPointsOptions): readonly MetricPoint[] {
  const range = useMemo(
    () => (thinned === 0 || zoom === null ? null : stepsInSight(held, zoom, axis)),
    [held, thinned, zoom, axis],
  );
  // A handle that is being dragged must not ask at every pixel.
  const fine = useMetricsRange(id, useDeferredValue(range));
  return useMemo(() => (fine && range ? refined(held, fine) : held), [held, fine, range]);
}

/** The steps that a zoom shows, with a tenth more on both sides so that lines run on to the edges. */
export function stepsInSight(
  points: readonly MetricPoint[],
  zoom: NonNullable<ChartSettings["zoom"]>,
  axis: XAxisKind,
): { from: number; to: number } | null {
  const { rows } = runCurve(points);
  const last = rows.at(-1);
  if (!last) return null;
  const to = zoom.to ?? xOf(last, axis);
  const inside = rows.filter((row) => xOf(row, axis) >= zoom.from && xOf(row, axis) <= to);
  const first = inside[0]?.step ?? last.step;
  const end = inside.at(-1)?.step ?? last.step;
  const margin = Math.ceil((end - first) / 10);
  return { from: Math.max(0, first - margin), to: end + margin };
}

/** `held` with its points between the first and the last of `fine` replaced by those. */
export function refined(held: readonly MetricPoint[], fine: readonly MetricPoint[]): readonly MetricPoint[] {
  const first = fine[0]?.current_steps;
  const last = fine.at(-1)?.current_steps;
  if (first === undefined || last === undefined || fine.length === 0) return held;
  const before = held.findIndex((point) => point.current_steps >= first);
  if (before < 0) return held;
  const after = held.findLastIndex((point) => point.current_steps <= last);
  return [...held.slice(0, before), ...fine, ...held.slice(after + 1)];
}
