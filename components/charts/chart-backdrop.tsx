"use client";
/** What lies under a chart's lines: the part still to come, shaded, where epochs begin, and the words about both. */
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { ChartModel } from "./chart-model";
import { usePlotFrame } from "./use-plot-frame";

export interface BackdropProps {
  model: ChartModel;
  /** The x range in sight. */
  view: readonly [number, number];
}

/** The least room in which a note can be read. */
const NOTE_PX = 110;

/** Where things of the backdrop stand, in pixels; `end` is where the curve is now. */
function useBackdrop({ model, view }: BackdropProps) {
  const { area, x } = usePlotFrame();
  const right = area.x + area.width;
  const at = (value: number) => Math.min(right, Math.max(area.x, x(value)));
  return {
    at,
    right,
    top: area.y,
    bottom: area.y + area.height,
    end: at(model.now),
    hasRest: model.now < view[1] && model.now < model.domain[1],
    epochs: model.epochs.filter(({ x }) => x > view[0] && x < view[1]),
  };
}

/** The ground of the part that is still to come. */
export function RestOfRun(props: BackdropProps) {
  const { end, right, top, bottom, hasRest } = useBackdrop(props);
  return hasRest && <rect className="rest" x={end} y={top} width={right - end} height={bottom - top} />;
}

/** A line where each epoch begins, and one where the curve is now. */
export function EpochLines(props: BackdropProps) {
  const { at, end, top, bottom, hasRest, epochs } = useBackdrop(props);
  return (
    <>
      {epochs.map(({ x, epoch }) => (
        <path key={epoch} className="gl" d={`M${at(x)} ${top}V${bottom}`} />
      ))}
      {hasRest && <path className="ax" d={`M${end} ${top}V${bottom}`} />}
    </>
  );
}

/** Names the epochs and tells the steps to go; over the grid, under the lines. */
export function BackdropNotes(props: BackdropProps) {
  const { model } = props;
  const t = useTranslations("run.chart");
  const { at, end, right, top, hasRest, epochs } = useBackdrop(props);
  return (
    <>
      {epochs.map(({ x, epoch }) => (
        <Note
          key={epoch}
          x={at(x) + 5}
          y={top + 14}
          over={hasRest && at(x) >= end ? "var(--sunken)" : "var(--bg)"}
        >
          {t("epoch", { epoch })}
        </Note>
      ))}
      {hasRest && model.last && right - end > NOTE_PX && (
        <Note x={end + 9} y={top + 31} over="var(--sunken)">
          {t("stepsToGo", { count: model.totalSteps - model.last.step })}
        </Note>
      )}
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
