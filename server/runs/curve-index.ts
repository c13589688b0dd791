/**
 * Where each line of a run's trainer_log.jsonl lies and what it weighs in a curve, kept while the lines are read: enough
 * to choose a few thousand of a hundred thousand lines that draw the same picture, without reading the others again.
 */
import { createLTTB } from "downsample";
import type { MetricPoint } from "@/server/contract/run";

/** Drawn series whose shape must survive: what a spike or a fall in either looks like. */
const SERIES = ["loss", "grad_norm"] as const;
type Series = (typeof SERIES)[number];

interface Vertex {
  /** Number of the line. */
  line: number;
  x: number;
  y: number;
}

/**
 * Largest Triangle Three Buckets (Steinarsson 2013): keeps of each bucket the point that changes the line most. It is
 * given the extremes of four times as many stretches as points are wanted, which draws the same picture in a fraction of
 * the time (MinMaxLTTB, Van Der Donckt et al. 2023).
 */
const PRESELECTED = 4;
/** Up to so many times the lines that were asked for, all of them are cheap enough to be drawn as they are. */
const FEW = 2.5;
const largestTriangles = createLTTB<Vertex>({ x: "x", y: "y" });

export class CurveIndex {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];
  private readonly steps: number[] = [];
  private readonly values: Record<Series, number[]> = { loss: [], grad_norm: [] };
  /** Lines that stay in any case: validations, losses that are not numbers, the seams of resumed runs, the summary. */
  private readonly kept: number[] = [];

  private last: { key: string; chosen: { from: number; to: number }[] } | null = null;

  get length(): number {
    return this.steps.length;
  }

  /** Takes a line that reaches from byte `from` up to byte `to`. */
  add(point: MetricPoint, from: number, to: number): void {
    const line = this.steps.length;
    const before = this.steps.at(-1);
    this.starts.push(from);
    this.ends.push(to);
    this.steps.push(point.current_steps);
    for (const name of SERIES) {
      const value = point[name];
      this.values[name].push(typeof value === "number" ? value : NaN);
    }
    if (typeof point.loss !== "number") this.kept.push(line);
    // The last line before a resume and the first after it: without both the seam would be drawn as part of the curve.
    if (before !== undefined && point.current_steps < before) this.kept.push(line - 1, line);
  }

  /**
   * About `count` lines that draw the shape of all between two steps, as byte ranges in file order; every line where
   * there are hardly more.
   * @param range steps from and to, both included; all where missing
   */
  choose(count: number, range?: { from: number; to: number }): { from: number; to: number }[] {
    const key = `${this.length} ${count} ${range?.from} ${range?.to}`;
    // Many viewers open the same run; only the first one pays.
    if (this.last?.key === key) return this.last.chosen;
    const lines = this.linesIn(range);
    const thinned = lines.length <= count * FEW ? lines : this.thinned(lines, count, range);
    const chosen = thinned.map((line) => ({ from: this.starts[line]!, to: this.ends[line]! }));
    this.last = { key, chosen };
    return chosen;
  }

  /** How many lines lie between two steps, or in all. */
  count(range?: { from: number; to: number }): number {
    return range ? this.linesIn(range).length : this.length;
  }

  private linesIn(range: { from: number; to: number } | undefined): number[] {
    const lines: number[] = [];
    this.steps.forEach((step, line) => {
      if (isInside(step, range)) lines.push(line);
    });
    return lines;
  }

  private thinned(
    lines: readonly number[],
    count: number,
    range: { from: number; to: number } | undefined,
  ): number[] {
    const kept = this.kept.filter((line) => isInside(this.steps[line]!, range));
    const chosen = new Set([lines[0]!, lines.at(-1)!, ...kept]);
    for (const name of SERIES) {
      const wanted = Math.max(3, Math.round(name === "loss" ? count * 0.7 : count * 0.3));
      const vertices = extremes(this.values[name], lines, wanted * PRESELECTED);
      const drawn = vertices.length <= wanted ? vertices : largestTriangles(vertices, wanted);
      for (let i = 0; i < drawn.length; i++) chosen.add(drawn[i]!.line);
    }
    return [...chosen].sort((a, b) => a - b);
  }
}

function isInside(step: number, range: { from: number; to: number } | undefined): boolean {
  return !range || (step >= range.from && step <= range.to);
}

/**
 * The smallest and the largest value of each of `count` / 2 stretches of lines, and both ends, in the order of the lines;
 * lines without a value count for nothing.
 */
function extremes(values: readonly number[], lines: readonly number[], count: number): Vertex[] {
  const valued = lines.filter((line) => !Number.isNaN(values[line]));
  if (valued.length <= count) return valued.map((line) => vertex(values, line));
  const found = new Set([valued[0]!]);
  const stretch = Math.ceil((2 * valued.length) / count);
  for (let start = 0; start < valued.length; start += stretch) {
    let low = valued[start]!;
    let high = low;
    for (let at = start + 1; at < Math.min(start + stretch, valued.length); at++) {
      const line = valued[at]!;
      if (values[line]! < values[low]!) low = line;
      if (values[line]! > values[high]!) high = line;
    }
    found.add(Math.min(low, high)).add(Math.max(low, high));
  }
  found.add(valued.at(-1)!);
  return [...found].map((line) => vertex(values, line));
}

/** The line's number as x: a resumed run goes back in steps, and buckets need an order. */
function vertex(values: readonly number[], line: number): Vertex {
  return { line, x: line, y: values[line]! };
}
