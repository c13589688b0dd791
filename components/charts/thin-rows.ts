/**
 * Thins a long curve for drawing: the x range is cut into slots, and of each slot the rows with the smallest and the
 * largest value of a series stay, so no spike is lost (min-max decimation). Knows no charts.
 */

interface ThinSeries<T> {
  value: (row: T) => number | null;
  /** As many slots as the series' chart has room for: about one for four pixels. */
  slots: number;
}

export interface ThinOptions<T> {
  x: (row: T) => number;
  series: readonly ThinSeries<T>[];
  /** Rows that stay in any case. */
  keep?: (row: T) => boolean;
}

/**
 * Keeps at most two rows per slot of each series, the first and last row, and what `keep` names. Rows must be in order
 * of `x`; where there are hardly more than would stay, all of them come back.
 */
export function thinRows<T>(rows: readonly T[], { x, series, keep }: ThinOptions<T>): readonly T[] {
  if (rows.length <= 2 * Math.max(...series.map(({ slots }) => slots))) return rows;
  const chosen = new Uint8Array(rows.length);
  chosen[0] = 1;
  chosen[rows.length - 1] = 1;
  for (const one of series) chooseExtremes(rows, x, one, chosen);
  return rows.filter((row, index) => chosen[index] === 1 || keep?.(row));
}

function chooseExtremes<T>(
  rows: readonly T[],
  x: (row: T) => number,
  { value: valueOf, slots }: ThinSeries<T>,
  chosen: Uint8Array,
) {
  const first = x(rows[0]!);
  const width = (x(rows.at(-1)!) - first) / slots || 1;
  let slot = -1;
  let low = -1;
  let high = -1;
  let lowValue = 0;
  let highValue = 0;

  function settle() {
    if (low < 0) return;
    chosen[low] = 1;
    chosen[high] = 1;
  }

  rows.forEach((row, index) => {
    const value = valueOf(row);
    if (value === null) return;
    const at = Math.min(slots - 1, Math.floor((x(row) - first) / width));
    if (at !== slot) {
      settle();
      slot = at;
      low = index;
      high = index;
      lowValue = value;
      highValue = value;
    } else if (value < lowValue) {
      low = index;
      lowValue = value;
    } else if (value > highValue) {
      high = index;
      highValue = value;
    }
  });
  settle();
}
