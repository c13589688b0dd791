"use client";
/** What is drawn over a chart's lines: checkpoint ticks above it, validations as rings. Placed by recharts' scales. */
import { DefaultZIndexes, usePlotArea, useXAxisScale, useYAxisScale, ZIndexLayer } from "recharts";
import type { ChartModel } from "./chart-model";

/** A triangle above the plot at each checkpoint; outlined where it is still to come. */
export function CheckpointTicks({ model, label }: { model: ChartModel; label: string }) {
  const xScale = useXAxisScale();
  const plot = usePlotArea();
  if (!xScale || !plot || model.checkpoints.length === 0) return null;
  const marks = model.checkpoints.flatMap((mark) => {
    const x = Number(xScale(mark.x));
    return x >= plot.x - 1 && x <= plot.x + plot.width + 1 ? [{ ...mark, x }] : [];
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

const MOST_RINGS = 120;

export interface ValidationRingsProps {
  model: ChartModel;
  /** The x range in sight. */
  view: readonly [number, number];
  narrow: boolean;
}

/** Validations as rings on a dotted line, the best one filled. */
export function ValidationRings({ model, view, narrow }: ValidationRingsProps) {
  const xScale = useXAxisScale();
  const yScale = useYAxisScale();
  if (!xScale || !yScale) return null;
  const points = model.rows
    .filter((row) => row.evalLoss !== null && row.x >= view[0] && row.x <= view[1])
    .map((row) => ({ step: row.step, x: Number(xScale(row.x)), y: Number(yScale(row.evalLoss!)) }))
    .filter((point) => Number.isFinite(point.y));
  if (points.length === 0) return null;
  // So many rings would be one thick line; then the line says it, and the best one alone is marked.
  const rings = points.length > MOST_RINGS ? points.filter(({ step }) => step === model.best?.step) : points;
  const radius = points.length > (narrow ? 10 : 24) ? 2.5 : 3.5;
  return (
    <ZIndexLayer zIndex={DefaultZIndexes.scatter}>
      <g className="chart">
        <path
          className="vl"
          d={points.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("")}
        />
        {rings.map(({ step, x, y }) => (
          <circle
            key={step}
            className={step === model.best?.step ? "valbest" : "val"}
            cx={x}
            cy={y}
            r={step === model.best?.step ? radius + 1.5 : radius}
          />
        ))}
      </g>
    </ZIndexLayer>
  );
}
