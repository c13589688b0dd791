"use client";
/**
 * The words of an axis's ticks, placed by what letters measure about. Recharts' own are measured word by word in the
 * page, and each measurement makes the browser lay it out anew: that took longer than drawing the curves.
 */
import { usePlotArea } from "recharts";
import { SMALL_LETTERS, textWidth } from "@/components/ui/text-width";

const STYLE = { fontSize: 12, fill: "var(--fg-3)" };

/** What recharts hands to the function that draws a tick, as far as it is used here. */
export interface TickPlace {
  x: number | string;
  y: number | string;
  payload: { value: number };
}

export interface AxisTickProps extends Pick<TickPlace, "x" | "y"> {
  text: string;
}

/** Below its place; the last one is moved to the left until it ends with the plot. */
export function XTick({ x, y, text }: AxisTickProps) {
  const plot = usePlotArea();
  const right = plot ? plot.x + plot.width : Infinity;
  const middle = Math.min(Number(x), right - textWidth(text, SMALL_LETTERS) / 2);
  return (
    <text x={middle} y={y} dy="0.71em" textAnchor="middle" style={STYLE}>
      {text}
    </text>
  );
}

/** Left of its place. */
export function YTick({ x, y, text }: AxisTickProps) {
  return (
    <text x={x} y={y} dy="0.355em" textAnchor="end" style={STYLE}>
      {text}
    </text>
  );
}
