/**
 * The growing files of a run folder (trainer_log.jsonl, and running_log.txt or the program's raw output): takes what is
 * new, keeps the digest and the phase, replays from any offset. It does not know records, processes or statuses.
 */
import path from "node:path";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import { phaseOfLogLine } from "@/server/contract/phase";
import type { MetricPoint, RunPhase } from "@/server/contract/run";
import { CurveIndex } from "./curve-index";
import { modifiedAt } from "./file-times";
import { type FilePiece, fileSize, readText } from "./growing-file";
import { MetricsDigest, parseMetricLine, parseMetricLines } from "./metrics-digest";
import { MetricsSource } from "./metrics-source";
import { LOG_FILE, METRICS_FILE, OUTPUT_FILE } from "./run-files";

/** What a viewer gets who asks for the log without an offset. */
const LOG_TAIL = 64 * 1024;
/** Enough for a traceback and what led to it. */
const LAST_WORDS = 8 * 1024;

const NEWLINE = 0x0a;

type Chunk<T extends { id: string }> = Omit<T, "id">;

export class RunLogs {
  digest = new MetricsDigest();
  phase: RunPhase | null = null;
  private index = new CurveIndex();
  private metricsOffset = 0;
  private logName = LOG_FILE;
  private logOffset = 0;

  private readonly source: MetricsSource;

  /** @param folder absolute path of the run */
  constructor(private readonly folder: string) {
    this.source = new MetricsSource(folder);
  }

  /**
   * New whole lines of trainer_log.jsonl.
   * @param seen the clock's milliseconds where somebody is watching the file grow
   */
  takeMetrics(seen: number | null): Chunk<MetricsChunk> | null {
    const piece = this.source.read(this.metricsOffset);
    if (!piece || (piece.bytes.length === 0 && !piece.reset)) return null;
    if (piece.reset) {
      this.digest = new MetricsDigest();
      this.index = new CurveIndex();
    }
    this.metricsOffset = piece.to;
    const points: MetricPoint[] = [];
    for (const line of linesOf(piece)) {
      const point = parseMetricLine(line.text);
      if (!point) continue;
      points.push(point);
      this.digest.add(point, seen);
      this.index.add(point, line.from, line.to);
    }
    return { from: piece.from, to: piece.to, reset: piece.reset, points };
  }

  /** New text of the log; the phase follows it. */
  takeLog(): Chunk<LogChunk> | null {
    const name = this.pickLog();
    const switched = name !== this.logName;
    if (switched) {
      this.logName = name;
      this.logOffset = 0;
    }
    // Most looks find the log as it was: to open it for that would be most of a look's time.
    const size = fileSize(this.file(name));
    if (size === this.logOffset && !switched) return null;
    const piece = readText(this.file(name), this.logOffset);
    if (!piece || (piece.bytes.length === 0 && !piece.reset && !switched)) return null;
    this.logOffset = piece.to;
    const text = piece.bytes.toString("utf8");
    for (const line of text.split("\n")) this.phase = phaseOfLogLine(line) ?? this.phase;
    return { from: piece.from, to: piece.to, reset: piece.reset || switched, text };
  }

  /** All points from a byte offset on, up to what has been taken so far. */
  metricsFrom(offset: number): Chunk<MetricsChunk> {
    const piece = this.source.read(offset, this.metricsOffset);
    if (!piece) return { from: 0, to: 0, reset: offset > 0, points: [] };
    const points = this.source.enrich(parseMetricLines(piece.bytes.toString("utf8")));
    return { from: piece.from, to: piece.to, reset: piece.reset, points };
  }

  /**
   * About `count` points that draw the shape of the whole curve so far, or of the part between two steps.
   * `thinned` says how many lines were left out.
   */
  metricsThinned(count: number, range?: { from: number; to: number }): Chunk<MetricsChunk> {
    const chosen = this.index.choose(count, range);
    const lines = this.source.readSpans(chosen);
    if (!lines) return { from: 0, to: 0, reset: true, points: [] };
    const points = lines.flatMap((line) => parseMetricLine(line.toString("utf8")) ?? []);
    const thinned = this.index.count(range) - chosen.length;
    return { from: 0, to: this.metricsOffset, reset: true, points: this.source.enrich(points), thinned };
  }

  /** Lines of metrics taken so far. */
  get metricLines(): number {
    return this.index.length;
  }

  /** The log from a byte offset on (-1: its tail), up to what has been taken so far. */
  logFrom(offset: number): Chunk<LogChunk> {
    const piece = readText(this.file(this.logName), offset < 0 ? -LOG_TAIL : offset, this.logOffset);
    if (!piece) return { from: 0, to: 0, reset: offset > 0, text: "" };
    const reset = piece.reset || offset < 0;
    return { from: piece.from, to: piece.to, reset, text: piece.bytes.toString("utf8") };
  }

  /** The training program starts (again): its pace and phase begin anew. */
  beginSession(): void {
    this.digest.newSession();
    this.phase = "start";
  }

  /**
   * Whether the training came to an end that it wrote down itself.
   * @param sessionOffset length of trainer_log.jsonl when the present session began
   */
  endsWithSummary(sessionOffset: number): boolean {
    return this.digest.endsWithSummary && this.metricsOffset > sessionOffset;
  }

  /** Last words: the raw output has what a program says when it dies, the log what it said before. */
  lastWords(): string {
    for (const name of [OUTPUT_FILE, LOG_FILE]) {
      const tail = readText(this.file(name), -LAST_WORDS)?.bytes.toString("utf8") ?? "";
      if (tail.trim() !== "") return tail;
    }
    return "";
  }

  /** Milliseconds at which each of the files changed last; 0 for those that are not there. */
  get modified(): number[] {
    return [METRICS_FILE, LOG_FILE, OUTPUT_FILE].map((name) => modifiedAt(this.file(name)) ?? 0);
  }

  /** Milliseconds at which any of the files changed last; 0 where there is none. */
  get lastWrite(): number {
    return Math.max(...this.modified);
  }

  /** running_log.txt once it says something; until then, and where it stays away, the program's raw output. */
  private pickLog(): string {
    if (fileSize(this.file(LOG_FILE)) > 0) return LOG_FILE;
    return fileSize(this.file(OUTPUT_FILE)) > 0 ? OUTPUT_FILE : LOG_FILE;
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }
}

/** The lines of a piece of a file, with the bytes of the whole file that each covers. */
function* linesOf({ bytes, from }: FilePiece): Generator<{ text: string; from: number; to: number }> {
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end < 0) return;
    yield { text: bytes.toString("utf8", start, end), from: from + start, to: from + end };
    start = end + 1;
  }
}
