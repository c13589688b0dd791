/**
 * Thins a long curve for drawing: the x range is cut into slots, and of each slot the rows with the smallest and the
 * largest value of every series stay, so no spike is lost (min-max decimation). Knows no charts.
 */

/** Slots per chart: about one for three pixels. */
export const SLOTS = 240;

/**
 * Keeps at most 2 rows per series and slot, the first and last row, and every row that `keep` names.
 * Rows must be in order of `x`; fewer rows than slots come back as they are.
 */
export function thinRows<T>(
  rows: readonly T[],
  options: {
    x: (row: T) => number;
    series: readonly ((row: T) => number | null)[];
    keep?: (row: T) => boolean;
    slots?: number;
  },
): readonly T[] {
  const { x, series, keep, slots = SLOTS } = options;
  if (rows.length <= slots * 2) return rows;
  const first = x(rows[0]!);
  const width = (x(rows.at(-1)!) - first) / slots || 1;
  const chosen = new Set<number>([0, rows.length - 1]);
  const extremes = series.map(() => ({ slot: -1, low: -1, lowValue: 0, high: -1, highValue: 0 }));

  function settle(extreme: (typeof extremes)[number]) {
    if (extreme.low >= 0) chosen.add(extreme.low).add(extreme.high);
  }

  rows.forEach((row, index) => {
    if (keep?.(row)) chosen.add(index);
    const slot = Math.min(slots - 1, Math.floor((x(row) - first) / width));
    series.forEach((valueOf, at) => {
      const value = valueOf(row);
      if (value === null) return;
      const extreme = extremes[at]!;
      if (extreme.slot !== slot) {
        settle(extreme);
        Object.assign(extreme, { slot, low: index, lowValue: value, high: index, highValue: value });
      } else if (value < extreme.lowValue) {
        extreme.low = index;
        extreme.lowValue = value;
      } else if (value > extreme.highValue) {
        extreme.high = index;
        extreme.highValue = value;
      }
    });
  });
  extremes.forEach(settle);
  return [...chosen].sort((a, b) => a - b).map((index) => rows[index]!);
}
