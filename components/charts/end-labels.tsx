"use client";
/** Labels at the right ends of lines, in place of a legend. */
import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from "recharts";

export interface EndLabel {
  key: string;
  /** The value whose line the label names. */
  y: number;
  colour: string;
  text: string;
  note?: string;
}

const LINE_HEIGHT = 16;

/** Labels beside x, each at the height of its value, pushed apart where they would touch. */
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
