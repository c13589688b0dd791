/**
 * The socket.io vocabulary. Clients ask (`run:subscribe`), the server tells (`run:metrics`); a subscription names the
 * byte offsets it already has, so a late or returning viewer gets what is missing and nothing twice.
 */
import type { WireError } from "./errors";
import type { QueueStatus } from "./queue";
import type { MetricPoint, RunSummary } from "./run";

export type Reply<T> = { data: T } | { error: WireError };

export interface RunSubscription {
  id: string;
  /** Bytes of trainer_log.jsonl already held; 0 for all of it. */
  metrics_offset: number;
  /** Bytes of the log already held; -1 for its last 64 kB. */
  log_offset: number;
  /** About how many points of a long curve are wanted; the rest is thinned out, keeping its shape. All where missing. */
  points?: number;
}

/** Whole lines of trainer_log.jsonl, in file order. `from` equals the offset the receiver holds, or 0 with `reset`. */
export interface MetricsChunk {
  id: string;
  from: number;
  /** Offset after the last line here: what to ask from next time. */
  to: number;
  /** The file was replaced or cut: forget what you hold. */
  reset: boolean;
  points: MetricPoint[];
  /** Lines that were left out of `points` for a long curve's sake; the curve keeps its shape without them. */
  thinned?: number;
}

export interface LogChunk {
  id: string;
  from: number;
  to: number;
  reset: boolean;
  text: string;
}

export interface MachineStatus {
  cpu_threads: number;
  /** 0..1 over the last seconds. */
  cpu_load: number;
  memory_used_bytes: number;
  memory_total_bytes: number;
  disk_free_bytes: number;
  gpus: { name: string; memory_used_bytes: number | null; memory_total_bytes: number | null }[];
}

export interface ClientEvents {
  "run:subscribe": (request: RunSubscription, reply: (result: Reply<{ run: RunSummary }>) => void) => void;
  "run:unsubscribe": (request: { id: string }) => void;
  "runs:subscribe": (reply: (result: Reply<{ items: RunSummary[] }>) => void) => void;
}

export interface ServerEvents {
  /** A run of the list changed or appeared (room "runs" and room run:<id>). */
  "run:status": (run: RunSummary) => void;
  "run:removed": (message: { id: string }) => void;
  "run:metrics": (chunk: MetricsChunk) => void;
  "run:log": (chunk: LogChunk) => void;
  "queue:status": (status: QueueStatus) => void;
  "machine:status": (status: MachineStatus) => void;
}
