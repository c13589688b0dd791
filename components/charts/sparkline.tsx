/** A run's loss as a line the size of a word; it is as long as the run has come. */

export interface SparklineProps {
  values: readonly number[];
  /** Share of the run that is done, 0 to 1. */
  progress: number;
  colour: string;
}

const WIDTH = 96;
const HEIGHT = 24;

export function Sparkline({ values, progress, colour }: SparklineProps) {
  if (values.length === 0) return <span className="faint">–</span>;
  const points = sparkPoints(values, progress);
  const last = points.at(-1)!;
  return (
    <svg className="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path
        style={{ stroke: colour }}
        d={points.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("")}
      />
      <circle cx={last[0]} cy={last[1]} r={2.5} style={{ fill: colour }} />
    </svg>
  );
}

/** Pixel positions, rounded to tenths; broken values are left out. */
export function sparkPoints(values: readonly number[], progress: number): [number, number][] {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low || 1;
  const width = (WIDTH - 4) * Math.min(1, Math.max(0.04, progress));
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return finite.map((value, index) => [
    tenth(2 + (finite.length > 1 ? (index / (finite.length - 1)) * width : 0)),
    tenth(HEIGHT - 3 - ((value - low) / span) * (HEIGHT - 6)),
  ]);
}
