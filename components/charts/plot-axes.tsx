"use client";
/**
 * A plot's axes: lines at ticks and their words, placed by what letters measure about. To measure each word in the page
 * would make the browser lay it out anew for each.
 */
import { usePlotFrame } from "./use-plot-frame";

export interface AxisTicks {
  ticks: readonly number[];
  format: (value: number) => string;
}

/** A letter of a tick, about. */
const LETTER_PX = 6.8;
const GAP_PX = 8;
const WORDS = { fontSize: 12, fill: "var(--fg-3)" };

/** Words below their places; the last one is moved to the left until it ends with the plot. */
export function XAxis({ ticks, format }: AxisTicks) {
  const { area, x } = usePlotFrame();
  const bottom = area.y + area.height;
  const right = area.x + area.width;
  return (
    <g>
      <path d={`M${area.x} ${bottom}h${area.width}`} stroke="var(--line-2)" />
      {ticks.map((tick) => {
        const text = format(tick);
        return (
          <text
            key={tick}
            x={Math.min(x(tick), right - (text.length * LETTER_PX) / 2)}
            y={bottom + GAP_PX}
            dy="0.71em"
            textAnchor="middle"
            style={WORDS}
          >
            {text}
          </text>
        );
      })}
    </g>
  );
}

/** Words left of their places. */
export function YAxis({ ticks, format }: AxisTicks) {
  const { area, y } = usePlotFrame();
  return (
    <g>
      {ticks.map((tick) => (
        <text key={tick} x={area.x - GAP_PX} y={y(tick)} dy="0.355em" textAnchor="end" style={WORDS}>
          {format(tick)}
        </text>
      ))}
    </g>
  );
}

/** A line across the plot at each tick of the y axis. */
export function GridLines({ ticks }: Pick<AxisTicks, "ticks">) {
  const { area, y } = usePlotFrame();
  return (
    <g stroke="var(--grid)">
      {ticks.map((tick) => (
        <path key={tick} d={`M${area.x} ${y(tick)}h${area.width}`} />
      ))}
    </g>
  );
}
