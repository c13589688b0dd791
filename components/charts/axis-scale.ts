/** The y range and ticks of a chart from the values in sight, and the words of an x axis. Knows no drawing. */
import { countTicks, linearTicks, logTicks, ticksEvery, timeTicks } from "./axis-ticks";
import type { XAxisKind } from "./chart-model";

/** The range of a y axis that holds all `values` with a little air; `fromZero` for figures whose zero means something. */
export function yRange(
  values: Iterable<number>,
  { log = false, fromZero = false }: { log?: boolean; fromZero?: boolean } = {},
): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (log && value <= 0) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!Number.isFinite(low)) return [log ? 0.1 : 0, 1];
  if (log) return [low * 0.9, high * 1.1];
  if (fromZero) low = Math.min(0, low);
  const air = (high - low || Math.abs(high) || 1) * 0.06;
  return [fromZero && low === 0 ? 0 : low - air, high + air];
}

/** Round ticks of a y axis, about `count` of them. */
export function yTicks([low, high]: readonly [number, number], { log = false, count = 5 }): number[] {
  const ticks = log ? logTicks(low, high) : [];
  return ticks.length > 1 ? ticks : linearTicks(low, high, count);
}

const MANY_UNITS = 20;

/** Ticks of the x axis for the range in sight; steps are counted in `unit`s (checkpoints) where that fits. */
export function xTicks(
  axis: XAxisKind,
  [low, high]: readonly [number, number],
  { count, unit }: { count: number; unit: number | null },
): number[] {
  if (axis === "time") return timeTicks(low, high, count);
  if (axis === "tokens" || unit === null) return countTicks(low, high, count);
  const units = Math.ceil((high - low) / unit / count);
  // Among very many checkpoints round numbers read better than the places of some.
  return (high - low) / unit < 3 || units > MANY_UNITS
    ? countTicks(low, high, count)
    : ticksEvery(unit * units, low, high);
}

/** A tick of the x axis: steps and tokens short (12k, 1.2M), time as 5:00 or 1:05:00. */
export function formatX(axis: XAxisKind, value: number): string {
  if (axis === "time") {
    const seconds = Math.round(value);
    const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const two = (part: number) => String(part).padStart(2, "0");
    return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }
  if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (value >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Math.round(value));
}
