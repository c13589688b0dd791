/**
 * Follows the files of active and watched runs and tells listeners what they gained. A file watch makes it quick, a
 * slow poll makes it sure (network folders, lost events, processes that die silently).
 */
import { watch, type FSWatcher } from "node:fs";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { RunSummary } from "@/server/contract/run";
import type { Run } from "./run";

export interface RunListener {
  status(run: RunSummary): void;
  metrics(chunk: MetricsChunk): void;
  log(chunk: LogChunk): void;
  removed(id: string): void;
}

const POLL_MS = 500;

interface Followed {
  watcher: FSWatcher | null;
  timer: NodeJS.Timeout;
  reasons: Set<string>;
  lastStatus: string;
}

export class Follower {
  private readonly followed = new Map<Run, Followed>();

  constructor(
    private readonly listener: RunListener,
    /** A followed run's process came to its end. */
    private readonly onEnded: (run: Run) => void,
  ) {}

  /** Follows a run until every reason given for it is dropped. */
  follow(run: Run, reason: string): void {
    const known = this.followed.get(run);
    if (known) {
      known.reasons.add(reason);
      return;
    }
    const timer = setInterval(() => this.look(run), POLL_MS);
    timer.unref();
    this.followed.set(run, { watcher: this.watch(run), timer, reasons: new Set([reason]), lastStatus: "" });
    this.look(run);
  }

  /** Drops one reason for following a run. */
  unfollow(run: Run, reason: string): void {
    const entry = this.followed.get(run);
    if (!entry?.reasons.delete(reason) || entry.reasons.size > 0) return;
    entry.watcher?.close();
    clearInterval(entry.timer);
    this.followed.delete(run);
  }

  /** Takes what is new in a run's files now, and tells it. */
  look(run: Run): void {
    const entry = this.followed.get(run);
    const { metrics, log } = run.refresh(entry ? Date.now() : null);
    if (metrics) this.listener.metrics(metrics);
    if (log) this.listener.log(log);
    const summary = run.summary();
    const status = JSON.stringify({ ...summary, ended_at: null });
    if (entry?.lastStatus === status) return;
    if (entry) entry.lastStatus = status;
    this.listener.status(summary);
    if (entry?.reasons.has("active") && !run.isActive) {
      this.unfollow(run, "active");
      this.onEnded(run);
    }
  }

  close(): void {
    for (const run of [...this.followed.keys()]) {
      const entry = this.followed.get(run)!;
      entry.watcher?.close();
      clearInterval(entry.timer);
      this.followed.delete(run);
    }
  }

  private watch(run: Run): FSWatcher | null {
    try {
      const watcher = watch(run.folder, { persistent: false }, () => this.look(run));
      watcher.on("error", () => watcher.close());
      return watcher;
    } catch {
      return null;
    }
  }
}
