"use client";
/** A plot's lines, and what stands at its cursor: a dotted line, a dot on each curve, words beside. */
import { type ReactNode, type SVGProps, useMemo } from "react";
import { usePlotFrame } from "./use-plot-frame";
import { type PlotCursor, useCursorX } from "./plot-cursor";
import { linePath, nearestRow } from "./plot-frame";

type Value<T> = (row: T) => number | null | undefined;

export interface PlotLineProps<T> extends Pick<
  SVGProps<SVGPathElement>,
  "stroke" | "strokeWidth" | "strokeOpacity" | "strokeDasharray"
> {
  rows: readonly T[];
  /** The same function at every render. */
  value: Value<T>;
}

/** One curve; rows without a value are passed over. */
export function PlotLine<T extends { x: number }>({ rows, value, ...style }: PlotLineProps<T>) {
  const frame = usePlotFrame();
  const path = useMemo(() => linePath(rows, value, frame), [rows, value, frame]);
  return <path className="plot-line" fill="none" clipPath={frame.clip} d={path} {...style} />;
}

export interface PlotCursorMarkProps<T> {
  cursor: PlotCursor;
  rows: readonly T[];
  /** Curves that get a dot where they have a value. */
  dots: readonly { value: Value<T>; colour: string | undefined; radius: number }[];
}

export function PlotCursorMark<T extends { x: number }>({ cursor, rows, dots }: PlotCursorMarkProps<T>) {
  const { area, x, y } = usePlotFrame();
  const row = useRowAt(cursor, rows);
  if (!row) return null;
  const left = x(row.x);
  return (
    <g pointerEvents="none">
      <path d={`M${left} ${area.y}v${area.height}`} stroke="var(--fg-2)" strokeDasharray="3 3" />
      {dots.map(({ value, colour, radius }, index) => {
        const top = y(value(row) ?? NaN);
        return (
          top >= area.y &&
          top <= area.y + area.height && (
            <circle key={index} cx={left} cy={top} r={radius} fill={colour} stroke="var(--bg)" />
          )
        );
      })}
    </g>
  );
}

export interface PlotTipProps<T> {
  cursor: PlotCursor;
  rows: readonly T[];
  children: (row: T) => ReactNode;
}

/** Words at the cursor, on the side where there is more room. */
export function PlotTip<T extends { x: number }>({ cursor, rows, children }: PlotTipProps<T>) {
  const { area, x } = usePlotFrame();
  const row = useRowAt(cursor, rows);
  if (!row) return null;
  const left = x(row.x);
  const isLeft = left > area.x + area.width / 2;
  return (
    <div
      role="status"
      className={`pointer-events-none absolute z-3 ${isLeft ? "-translate-x-full" : ""}`}
      style={{ left: left + (isLeft ? -TIP_GAP : TIP_GAP), top: area.y + TIP_GAP }}
    >
      {children(row)}
    </div>
  );
}

const TIP_GAP = 12;

function useRowAt<T extends { x: number }>(cursor: PlotCursor, rows: readonly T[]): T | undefined {
  const x = useCursorX(cursor);
  return x === null ? undefined : rows[nearestRow(rows, x)];
}
