/**
 * Follows the files of active and watched runs and tells listeners what they gained. A file watch makes it quick, a
 * slow poll makes it sure (network folders, lost events, processes that die silently).
 */
import { watch, type FSWatcher } from "node:fs";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { QueueStatus } from "@/server/contract/queue";
import type { RunStatus, RunSummary } from "@/server/contract/run";
import type { Run } from "./run";
import { summarize } from "./run-summary";

export interface RunListener {
  status(run: RunSummary): void;
  metrics(chunk: MetricsChunk): void;
  log(chunk: LogChunk): void;
  removed(id: string): void;
  queue(status: QueueStatus): void;
}

const POLL_MS = 500;
/** A run whose files do not change is looked at this often: its process may be gone. */
const SURE_MS = 2_000;
/** How often the list hears how far runs are that nobody looks at; that one begins or ends, it hears at once. */
const LIST_MS = 1_000;

interface Followed {
  watcher: FSWatcher | null;
  /** Whether the file watch has ever told anything: on some file systems it never does. */
  heard: boolean;
  timer: NodeJS.Timeout;
  reasons: Set<string>;
  /** When it was looked at last, by a clock that never jumps. */
  looked: number;
}

export class Follower {
  private readonly followed = new Map<Run, Followed>();
  /** What was told last of each run: looking at one that has not changed must not make news. */
  private readonly told = new WeakMap<Run, string>();
  /** The status in which each run was told last. */
  private readonly toldStatus = new WeakMap<Run, RunStatus>();
  /** Runs of which the list has yet to hear how far they are. */
  private readonly waiting = new Set<Run>();
  private telling: NodeJS.Timeout | null = null;

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
    const timer = setInterval(() => this.poll(run), POLL_MS);
    timer.unref();
    const watcher = this.watch(run);
    this.followed.set(run, { watcher, heard: false, timer, reasons: new Set([reason]), looked: 0 });
    this.look(run);
  }

  /** Drops one reason for following a run. */
  unfollow(run: Run, reason: string): void {
    const entry = this.followed.get(run);
    if (entry?.reasons.delete(reason) && entry.reasons.size === 0) this.drop(run);
  }

  /** Stops following a run, whoever wanted it. */
  drop(run: Run): void {
    const entry = this.followed.get(run);
    entry?.watcher?.close();
    clearInterval(entry?.timer);
    this.followed.delete(run);
  }

  /** A look where something has changed, and from time to time where a process may have died without a word. */
  private poll(run: Run): void {
    const entry = this.followed.get(run);
    if (!entry) return;
    const isFresh = performance.now() - entry.looked < SURE_MS;
    if (isFresh && (entry.heard || run.readSignature === run.signature)) return;
    this.look(run);
  }

  /** Takes what is new in a run's files now, and tells it. */
  look(run: Run): void {
    const entry = this.followed.get(run);
    if (entry) entry.looked = performance.now();
    const { metrics, log } = run.refresh(entry ? performance.now() : null);
    if (metrics) this.listener.metrics(metrics);
    if (log) this.listener.log(log);
    if (!entry || entry.reasons.has("viewer") || run.status !== this.toldStatus.get(run))
      this.tellStatus(run);
    else if (metrics || log) this.tellLater(run);
    if (entry?.reasons.has("active") && !run.isActive) {
      this.unfollow(run, "active");
      this.onEnded(run);
    }
  }

  /** Tells the list of a run's progress together with that of all others. */
  private tellLater(run: Run): void {
    this.waiting.add(run);
    this.telling ??= setTimeout(() => {
      this.telling = null;
      const runs = [...this.waiting];
      this.waiting.clear();
      for (const each of runs) if (this.followed.has(each)) this.tellStatus(each);
    }, LIST_MS).unref();
  }

  /** Tells a run's summary where it differs from what was told last. */
  tellStatus(run: Run): void {
    this.waiting.delete(run);
    const summary = summarize(run);
    this.toldStatus.set(run, summary.status);
    const text = JSON.stringify(summary);
    if (this.told.get(run) === text) return;
    this.told.set(run, text);
    this.listener.status(summary);
  }

  close(): void {
    if (this.telling) clearTimeout(this.telling);
    this.telling = null;
    for (const run of [...this.followed.keys()]) this.drop(run);
  }

  private changed(run: Run): void {
    const entry = this.followed.get(run);
    if (entry) entry.heard = true;
    this.look(run);
  }

  private watch(run: Run): FSWatcher | null {
    try {
      const watcher = watch(run.folder, { persistent: false }, () => this.changed(run));
      watcher.on("error", () => watcher.close());
      return watcher;
    } catch {
      return null;
    }
  }
}
