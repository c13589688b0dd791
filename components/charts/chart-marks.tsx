"use client";
/** What is drawn over a chart's lines: checkpoint ticks, validation rings, direct labels. Placed by recharts' scales. */
import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from "recharts";
import type { ChartModel } from "./chart-model";

/** A triangle above the plot at each checkpoint; outlined where it is still to come. */
export function CheckpointTicks({ model, label }: { model: ChartModel; label: string }) {
  const xScale = useXAxisScale();
  const plot = usePlotArea();
  if (!xScale || !plot || model.checkpoints.length === 0) return null;
  const marks = model.checkpoints.flatMap((mark) => {
    const x = xScale(mark.x);
    const inside = typeof x === "number" && x >= plot.x - 1 && x <= plot.x + plot.width + 1;
    return inside ? [{ ...mark, x }] : [];
  });
  const first = marks[0];
  return (
    <g className="chart">
      {first && first.x - plot.x > 76 && (
        <text x={plot.x} y={plot.y - 9}>
          {label}
        </text>
      )}
      {thinned(marks).map((mark) => (
        <path
          key={mark.step}
          className={mark.toCome ? "ck-next" : "ck"}
          d={`M${mark.x - 4} ${plot.y - 17}h8l-4 7z`}
        >
          <title>{`checkpoint-${mark.step}`}</title>
        </path>
      ))}
    </g>
  );
}

/** Triangles nearer than their own width become one in so many. */
function thinned<T extends { x: number }>(marks: readonly T[]): readonly T[] {
  let last = -Infinity;
  return marks.filter((mark) => {
    if (mark.x - last < 10) return false;
    last = mark.x;
    return true;
  });
}

interface EvalDotProps {
  cx?: number;
  cy?: number;
  payload?: { step: number };
  value?: number | null;
  bestStep: number | undefined;
  radius: number;
}

/** A validation: a ring, filled for the best one. */
export function EvalDot({ cx, cy, payload, value, bestStep, radius }: EvalDotProps) {
  if (cx === undefined || cy === undefined || value === null || value === undefined) return null;
  const best = payload?.step === bestStep;
  return (
    <circle
      cx={cx}
      cy={cy}
      r={best ? radius + 1.5 : radius}
      fill={best ? "var(--s2)" : "var(--bg)"}
      stroke="var(--s2)"
      strokeWidth={2}
    />
  );
}

export interface EndLabel {
  key: string;
  /** The value whose line the label names. */
  y: number;
  colour: string;
  text: string;
  note?: string;
}

const LINE_HEIGHT = 16;

/** Labels at the right end of the lines in place of a legend, pushed apart where they would touch. */
export function EndLabels({ labels, x }: { labels: readonly EndLabel[]; x: number }) {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  const plot = usePlotArea();
  if (!xScale || !yScale || !plot) return null;
  const end = xScale(x);
  if (typeof end !== "number") return null;
  const placed = placeLabels(
    labels.map((label) => ({ ...label, top: Number(yScale(label.y)) })),
    plot,
  );
  const left = Math.min(end, plot.x + plot.width) + 12;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.label}>
      <g className="chart">
        {placed.map((label) => (
          <text key={label.key} x={left} y={label.top}>
            <tspan style={{ fill: label.colour, fontWeight: 600 }}>{label.text}</tspan>
            {label.note && (
              <tspan x={left} dy={LINE_HEIGHT}>
                {label.note}
              </tspan>
            )}
          </text>
        ))}
      </g>
    </ZIndexLayer>
  );
}

/** Names of several lines, each beside the plot at the height of its own end. */
export function EndNames({ labels }: { labels: readonly (EndLabel & { x: number })[] }) {
  const last = Math.max(...labels.map((label) => label.x));
  return <EndLabels labels={labels} x={last} />;
}

/** What is still to come, said in its shaded part. */
export function RestNote({ x, text }: { x: number; text: string }) {
  const xScale = useXAxisScale();
  const plot = usePlotArea();
  const left = xScale?.(x);
  if (!plot || typeof left !== "number" || plot.x + plot.width - left < 110) return null;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.label}>
      <g className="chart">
        <text x={left + 9} y={plot.y + 31}>
          {text}
        </text>
      </g>
    </ZIndexLayer>
  );
}

/** Moves labels apart from top to bottom, and back up where the last would leave the plot. */
export function placeLabels<T extends { top: number; note?: string }>(
  labels: readonly T[],
  plot: { y: number; height: number },
): T[] {
  const heightOf = (label: T) => (label.note ? 2 : 1) * LINE_HEIGHT;
  const sorted = [...labels].sort((a, b) => a.top - b.top).map((label) => ({ ...label, top: label.top + 4 }));
  let free = plot.y + LINE_HEIGHT;
  for (const label of sorted) {
    label.top = Math.max(label.top, free);
    free = label.top + heightOf(label) + 2;
  }
  let limit = plot.y + plot.height;
  for (const label of sorted.reverse()) {
    label.top = Math.min(label.top, limit - (heightOf(label) - LINE_HEIGHT) - 4);
    limit = label.top - LINE_HEIGHT + 2;
  }
  return sorted.reverse();
}
