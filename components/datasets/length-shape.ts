/** What lengths in tokens say about a cutoff, and where the bars of their histogram stand. Pure. */
import type { Lengths } from "@/server/contract/datasets";

/** Share of rows longer than `cutoff`, from the quantiles. */
export function shareCut({ quantiles }: Pick<Lengths, "quantiles">, cutoff: number): number {
  if (quantiles.length === 0) return 0;
  return quantiles.filter((length) => length > cutoff).length / quantiles.length;
}

export interface Bar {
  x: number;
  width: number;
  height: number;
  /** Whether its rows are longer than the cutoff. */
  isCut: boolean;
  from: number;
  to: number;
  rows: number;
}

export interface Plot {
  /** Of the drawing without its margins. */
  width: number;
  height: number;
}

/** Tokens at the right edge: the longest row, or the cutoff where that is a little further on. */
export function rightEdge({ longest, bin }: Pick<Lengths, "longest" | "bin">, cutoff: number): number {
  const end = Math.max(bin, longest + 1);
  return cutoff > end && cutoff <= 2.5 * end ? Math.ceil(cutoff * 1.06) : end;
}

/** The bars of the histogram; a bar with any row is at least a pixel high. */
export function barsOf(
  lengths: Pick<Lengths, "counts" | "bin" | "longest">,
  cutoff: number,
  plot: Plot,
): Bar[] {
  const { counts, bin } = lengths;
  const edge = rightEdge(lengths, cutoff);
  const most = Math.max(1, ...counts);
  const scale = plot.width / edge;
  return counts.map((rows, i) => ({
    x: i * bin * scale,
    width: Math.max(1, bin * scale - 1),
    height: rows === 0 ? 0 : Math.max(1, (rows / most) * plot.height),
    isCut: i * bin >= cutoff,
    from: i * bin,
    to: (i + 1) * bin - 1,
    rows,
  }));
}
