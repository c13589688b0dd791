/** Where values lie in a plot: its area, its scales, lines through rows, the row under a pointer. Knows no elements. */

export interface PlotArea {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What an axis needs: the values at its ends and whether they stand by their logarithms. */
export interface PlotScale {
  range: readonly [number, number];
  log?: boolean;
}

export interface PlotFrame {
  area: PlotArea;
  /** Pixels from the left for a value of the x axis. */
  x: (value: number) => number;
  /** Pixels from the top for a value of the y axis; not finite where a logarithm has no place for it. */
  y: (value: number) => number;
  /** The value of the x axis at so many pixels from the left. */
  xAt: (pixels: number) => number;
}

/** The frame of a plot of some area. */
export function plotFrame(area: PlotArea, x: PlotScale, y: PlotScale): PlotFrame {
  const [from, to] = x.range;
  const perPixel = (to - from || 1) / (area.width || 1);
  const height = y.log ? Math.log : (value: number) => value;
  const [low, high] = [height(y.range[0]), height(y.range[1])];
  return {
    area,
    x: (value) => area.x + (value - from) / perPixel,
    y: (value) => area.y + area.height * (1 - (height(value) - low) / (high - low || 1)),
    xAt: (pixels) => from + (pixels - area.x) * perPixel,
  };
}

/** An SVG path through the rows that have a value; rows without one are passed over. */
export function linePath<T extends { x: number }>(
  rows: readonly T[],
  value: (row: T) => number | null | undefined,
  frame: PlotFrame,
): string {
  let path = "";
  for (const row of rows) {
    const height = value(row);
    if (height === null || height === undefined) continue;
    const y = frame.y(height);
    if (Number.isFinite(y)) path += `${path === "" ? "M" : "L"}${frame.x(row.x).toFixed(1)} ${y.toFixed(1)}`;
  }
  return path;
}

/** The place of the row nearest to `x` among rows in order of x; -1 where there is none. */
export function nearestRow(rows: readonly { x: number }[], x: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.x < x) low = middle + 1;
    else high = middle;
  }
  if (low === rows.length) return rows.length - 1;
  return low > 0 && x - rows[low - 1]!.x < rows[low]!.x - x ? low - 1 : low;
}
