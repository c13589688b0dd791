/**
 * Joins chunks of a growing file, each named by the bytes it covers, into one state without gaps or repeats.
 * It does not know the socket or HTTP: both bring the same chunks.
 */
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { MetricPoint } from "@/server/contract/run";

/** What is held of trainer_log.jsonl: every point up to byte `to`. */
export interface HeldMetrics {
  to: number;
  points: readonly MetricPoint[];
  /** Lines of a long curve that were left out of `points`; a zoom asks for them. */
  thinned: number;
}

/** What is held of the log: whole lines, the line still being written, and how far the bytes reach. */
export interface HeldLog {
  /** Offset of the first byte ever held; above 0 there is more log before it. */
  from: number;
  /** Offset after the last byte held; -1 before anything came. */
  to: number;
  lines: readonly string[];
  /** The last line so far, without its line break. */
  tail: string;
}

export const NO_METRICS: HeldMetrics = { to: 0, points: [], thinned: 0 };
export const NO_LOG: HeldLog = { from: 0, to: -1, lines: [], tail: "" };

/** Lines kept in the browser; older ones stay in the file. */
export const MAX_LOG_LINES = 20_000;

/** The state after a chunk; `missing` says that bytes between what is held and the chunk never came: ask again. */
export interface Joined<T> {
  held: T;
  missing: boolean;
}

/** Appends a chunk of metric points; repeats are dropped, a reset replaces everything. */
export function joinMetrics(held: HeldMetrics, chunk: Omit<MetricsChunk, "id">): Joined<HeldMetrics> {
  if (chunk.reset)
    return { held: { to: chunk.to, points: chunk.points, thinned: chunk.thinned ?? 0 }, missing: false };
  if (chunk.to <= held.to) return { held, missing: false };
  // A chunk that begins inside what is held cannot be cut at a byte, so it counts as a gap and is asked for again.
  if (chunk.from !== held.to) return { held, missing: true };
  return { held: { ...held, to: chunk.to, points: [...held.points, ...chunk.points] }, missing: false };
}

/** Appends a chunk of log text; the first chunk may begin anywhere (a tail of a long log). */
export function joinLog(held: HeldLog, chunk: Omit<LogChunk, "id">): Joined<HeldLog> {
  if (chunk.reset || held.to < 0) {
    const start: HeldLog = { from: chunk.from, to: chunk.to, lines: [], tail: "" };
    return { held: appendText(start, chunk.text), missing: false };
  }
  if (chunk.to <= held.to) return { held, missing: false };
  if (chunk.from !== held.to) return { held, missing: true };
  return { held: { ...appendText(held, chunk.text), to: chunk.to }, missing: false };
}

function appendText(held: HeldLog, text: string): HeldLog {
  const parts = (held.tail + text).split("\n");
  const tail = parts.pop() ?? "";
  const lines = [...held.lines, ...parts.map(lastRedraw)];
  return { ...held, lines: lines.length > MAX_LOG_LINES ? lines.slice(-MAX_LOG_LINES) : lines, tail };
}

/** A progress bar redraws its line with carriage returns; only the last drawing counts. */
function lastRedraw(line: string): string {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  return text.slice(text.lastIndexOf("\r") + 1);
}
