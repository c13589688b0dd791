"use client";
/**
 * What lies under a chart's lines: the grid, the part still to come, shaded, and where epochs begin. Drawn by hand, since
 * recharts' reference elements make it lay out the whole chart again whenever they move, and these move at every point.
 */
import type { ReactNode } from "react";
import {
  DefaultZIndexes,
  usePlotArea,
  useXAxisScale,
  useYAxisScale,
  type YAxisProps,
  ZIndexLayer,
} from "recharts";
import { useTranslations } from "use-intl";
import { SMALL_LETTERS, textWidth } from "@/components/ui/text-width";
import type { ChartModel } from "./chart-model";

export interface BackdropProps {
  model: ChartModel;
  /** The x range in sight. */
  view: readonly [number, number];
  /** Whether epochs are named and the steps to go are told. */
  notes?: boolean;
}

/** Under the grid. */
const Z_INDEX = -200;
/** The least room in which a note can be read. */
const NOTE_PX = 110;

/** Between a note and the next one. */
const GAP_PX = 12;

/** Every so many of the epochs, so that a note as wide as `widest` has room at each. */
function everyFitting<T extends { x: number }>(
  epochs: readonly T[],
  at: (x: number) => number,
  widest: string,
) {
  const [first, second] = epochs;
  if (!first || !second) return epochs;
  const room = textWidth(widest, SMALL_LETTERS) + GAP_PX;
  const step = Math.max(1, Math.ceil(room / Math.max(1, at(second.x) - at(first.x))));
  return epochs.filter((_, index) => index % step === 0);
}

export function Backdrop({ model, view, notes = false }: BackdropProps) {
  const t = useTranslations("run.chart");
  const xScale = useXAxisScale();
  const plot = usePlotArea();
  if (!xScale || !plot) return null;
  const at = (x: number) => Math.min(plot.x + plot.width, Math.max(plot.x, Number(xScale(x))));
  const end = at(model.now);
  const right = plot.x + plot.width;
  const hasRest = model.now < view[1] && model.now < model.domain[1];
  const bottom = plot.y + plot.height;
  const epochs = notes ? model.epochs.filter(({ x }) => x > view[0] && x < view[1]) : [];
  const named = everyFitting(epochs, at, t("epoch", { epoch: model.epochs.length + 1 }));
  return (
    <>
      <ZIndexLayer zIndex={Z_INDEX}>
        <g className="chart">
          {hasRest && <rect className="rest" x={end} y={plot.y} width={right - end} height={plot.height} />}
          {epochs.map(({ x, epoch }) => (
            <path key={epoch} className="gl" d={`M${at(x)} ${plot.y}V${bottom}`} />
          ))}
          {notes && hasRest && <path className="ax" d={`M${end} ${plot.y}V${bottom}`} />}
        </g>
      </ZIndexLayer>
      <ZIndexLayer zIndex={DefaultZIndexes.line - 1}>
        <g className="chart">
          {named.map(({ x, epoch }) => (
            <Note
              key={epoch}
              x={at(x) + 5}
              y={plot.y + 14}
              over={hasRest && at(x) >= end ? "var(--sunken)" : "var(--bg)"}
            >
              {t("epoch", { epoch })}
            </Note>
          ))}
          {notes && hasRest && model.last && right - end > NOTE_PX && (
            <Note x={end + 9} y={plot.y + 31} over="var(--sunken)">
              {t("stepsToGo", { count: model.totalSteps - model.last.step })}
            </Note>
          )}
        </g>
      </ZIndexLayer>
    </>
  );
}

/** Words over the grid; a rim of the ground's colour keeps its lines off them. */
function Note({ x, y, over, children }: { x: number; y: number; over: string; children: ReactNode }) {
  return (
    <text x={x} y={y} style={{ stroke: over, strokeWidth: 4, paintOrder: "stroke" }}>
      {children}
    </text>
  );
}

/** A line at each tick of the y axis. Recharts' own grid measures every tick as a word first. */
export function GridLines({ ticks }: { ticks: YAxisProps["ticks"] }) {
  const yScale = useYAxisScale();
  const plot = usePlotArea();
  if (!yScale || !plot) return null;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.grid}>
      <g stroke="var(--grid)">
        {ticks?.map((tick) => (
          <path key={tick} d={`M${plot.x} ${Number(yScale(tick))}h${plot.width}`} />
        ))}
      </g>
    </ZIndexLayer>
  );
}
