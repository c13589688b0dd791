"use client";
/**
 * The ground of a chart: measures its room, sets up the scales, draws both axes and the cursor, and takes pointer and
 * keys. What lies between is drawn by its children in their order, by `usePlotFrame`. Knows no runs.
 *
 * Drawn by hand: the charting library that stood here took 200 ms for a chart and half of the page's bytes, since it lays
 * out by itself what is known here already (ranges, ticks, widths of words).
 */
import {
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { type AxisTicks, XAxis, YAxis } from "./plot-axes";
import type { PlotCursor } from "./plot-cursor";
import { nearestRow, type PlotArea, plotFrame, type PlotScale } from "./plot-frame";
import { FrameContext } from "./use-plot-frame";

export interface PlotProps {
  height: number;
  /** Pixels around the plot, the axes' words included. */
  margin: Readonly<Record<"top" | "right" | "bottom" | "left", number>>;
  x: PlotScale & AxisTicks;
  y: PlotScale & AxisTicks;
  /** In order of x: where the cursor may stand. */
  rows: readonly { x: number }[];
  cursor: PlotCursor;
  /** Whether arrow keys move the cursor. Of charts that share one, one is enough. */
  keys?: boolean;
  label: string;
  /** Said to screen readers. */
  description?: string;
  /** Beside the drawing, over it: words at the cursor. */
  over?: ReactNode;
  children: ReactNode;
}

export function Plot(props: PlotProps) {
  const { height, margin, x, y, rows, cursor, keys = false, label, description, over, children } = props;
  const [room, width] = useWidth();
  const id = useId();
  const frame = useMemo(() => {
    const area: PlotArea = {
      x: margin.left,
      y: margin.top,
      width: Math.max(0, width - margin.left - margin.right),
      height: height - margin.top - margin.bottom,
    };
    return { ...plotFrame(area, x, y), clip: `url(#${id})` };
  }, [width, height, margin, x, y, id]);
  const inSight = ({ x: at }: { x: number }) => at >= x.range[0] && at <= x.range[1];

  function onPointer(event: PointerEvent<SVGSVGElement>) {
    const row = rows[nearestRow(rows, frame.xAt(event.nativeEvent.offsetX))];
    cursor.set(row && inSight(row) ? row.x : null);
  }

  function onKeyDown(event: KeyboardEvent) {
    const seen = rows.filter(inSight);
    const next = nextPlace(event.key, seen, cursor.get());
    if (next === undefined) return;
    event.preventDefault();
    cursor.set(next === null ? null : (seen[next]?.x ?? null));
  }

  return (
    <div className="relative" ref={room} style={{ height }}>
      {width > 0 && (
        <FrameContext value={frame}>
          <svg
            className="plot"
            width={width}
            height={height}
            role={keys ? "application" : "img"}
            aria-label={label}
            aria-description={description}
            tabIndex={keys ? 0 : undefined}
            onPointerMove={onPointer}
            onPointerDown={onPointer}
            onPointerLeave={() => cursor.set(null)}
            onKeyDown={keys ? onKeyDown : undefined}
            onBlur={() => cursor.set(null)}
          >
            <clipPath id={id}>
              <rect {...frame.area} />
            </clipPath>
            <g className="chart">
              {children}
              <XAxis {...x} />
              <YAxis {...y} />
            </g>
          </svg>
          {over}
        </FrameContext>
      )}
    </div>
  );
}

/** Where a key takes the cursor among the rows in sight: a place, null for nowhere, undefined where it is no such key. */
function nextPlace(key: string, rows: readonly { x: number }[], x: number | null): number | null | undefined {
  const last = rows.length - 1;
  const here = x === null ? null : nearestRow(rows, x);
  switch (key) {
    case "ArrowLeft":
      return here === null ? last : Math.max(0, here - 1);
    case "ArrowRight":
      return here === null ? 0 : Math.min(last, here + 1);
    case "Home":
      return 0;
    case "End":
      return last;
    case "Escape":
      return x === null ? undefined : null;
    default:
      return undefined;
  }
}

/** The width of an element, known before anything is painted. */
function useWidth() {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const measured = element.current;
    setWidth(measured.clientWidth);
    const observer = new ResizeObserver(() => setWidth(measured.clientWidth));
    observer.observe(measured);
    return () => observer.disconnect();
  }, []);
  return [element, width] as const;
}
