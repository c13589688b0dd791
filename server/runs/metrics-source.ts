/**
 * Where a run's metric lines come from: trainer_log.jsonl, or, in a folder that has none, the lines that its
 * trainer_state.json would have made. It does not know what the lines mean to a run.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import type { MetricPoint } from "@/server/contract/run";
import { modifiedAt } from "./file-times";
import { type FilePiece, type FileSpan, readLines, readSpans } from "./growing-file";
import { checkpointFolders, METRICS_FILE, STATE_FILE } from "./run-files";
import { readStatePoints } from "./state-points";

/** Not from the state: the log has these itself, in the very numbers that were logged. */
const LOGGED = ["current_steps", "total_steps", "loss", "lr", "epoch", "total_tokens", "elapsed_time"];

export class MetricsSource {
  private made: { time: number | null; bytes: Buffer } = { time: null, bytes: Buffer.alloc(0) };
  private extras: { file: string; time: number | null; bySteps: Map<number, Partial<MetricPoint>> } | null =
    null;

  /** @param folder absolute path of the run */
  constructor(private readonly folder: string) {}

  /** Whole lines from a byte offset on, up to `end`; null where there is no source. */
  read(offset: number, end?: number): FilePiece | null {
    const piece = readLines(path.join(this.folder, METRICS_FILE), offset, end);
    return piece ?? this.readMade(offset, end);
  }

  /** The bytes of some spans, without reading what lies between them; null where the source does not reach that far. */
  readSpans(spans: readonly FileSpan[]): Buffer[] | null {
    const log = path.join(this.folder, METRICS_FILE);
    if (existsSync(log)) return readSpans(log, spans);
    const made = this.readMade(0);
    if (!made || spans.some(({ to }) => to > made.to)) return null;
    return spans.map(({ from, to }) => made.bytes.subarray(from, to));
  }

  /** Points with what only the state tells of their steps: gradient norm and rewards of LLaMA-Factory's runs. */
  enrich(points: readonly MetricPoint[]): MetricPoint[] {
    const first = points.find((point) => typeof point.loss === "number");
    if (!first || first.grad_norm !== undefined) return [...points];
    const extras = this.stateExtras();
    if (extras.size === 0) return [...points];
    return points.map((point) =>
      typeof point.loss === "number" ? { ...extras.get(point.current_steps), ...point } : point,
    );
  }

  private readMade(offset: number, end?: number): FilePiece | null {
    const file = path.join(this.folder, STATE_FILE);
    const time = modifiedAt(file);
    if (time === null) return null;
    if (time !== this.made.time) {
      const lines = readStatePoints(file).map((point) => `${JSON.stringify(point)}\n`);
      this.made = { time, bytes: Buffer.from(lines.join("")) };
    }
    const { bytes } = this.made;
    const size = Math.min(bytes.length, end ?? Infinity);
    const reset = size < offset;
    const from = reset ? 0 : offset;
    return { from, to: size, bytes: bytes.subarray(from, size), reset };
  }

  /** By step, from the run's own state or, while it trains, its last checkpoint's. */
  private stateExtras(): Map<number, Partial<MetricPoint>> {
    const last = checkpointFolders(this.folder).at(-1);
    const own = path.join(this.folder, STATE_FILE);
    const file = existsSync(own) || !last ? own : path.join(this.folder, last.name, STATE_FILE);
    const time = modifiedAt(file);
    if (this.extras?.file !== file || this.extras.time !== time) {
      const bySteps = new Map<number, Partial<MetricPoint>>();
      for (const point of readStatePoints(file)) {
        if (typeof point.loss !== "number") continue;
        const own = Object.entries(point).filter(([name]) => !LOGGED.includes(name));
        bySteps.set(point.current_steps, Object.fromEntries(own));
      }
      this.extras = { file, time, bySteps };
    }
    return this.extras.bySteps;
  }
}
