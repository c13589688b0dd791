/**
 * Looks at the folders from time to time: which runs came, went or go on again without anybody having told. It reads
 * what it finds and tells it; what to do about it is not its business.
 */
import type { Follower } from "./follower";
import type { Run } from "./run";
import type { RunCatalog } from "./run-catalog";
import { isSettled, wasSettled } from "./run-summary";

/** With more runs than this, each scan looks at one in so many of those that have ended. */
const MANY_RUNS = 200;
const TURNS = 5;

export class RunScan {
  private last = -Infinity;
  private turn = 0;

  constructor(
    private readonly catalog: RunCatalog,
    private readonly follower: Follower,
    /** The folder of a run is gone. */
    private readonly onLost: (run: Run) => void,
  ) {}

  /** Looks for new, lost and changed folders, at most once in `maxAgeMs`. */
  look(maxAgeMs = 0): void {
    if (performance.now() - this.last < maxAgeMs) return;
    this.last = performance.now();
    for (const run of this.catalog.scan().removed) this.onLost(run);
    const runs = this.catalog.all();
    this.turn += 1;
    for (const [index, run] of runs.entries()) {
      // Of many ended runs a part is looked at in turn: one that goes on again elsewhere is found a little later.
      if (runs.length > MANY_RUNS && index % TURNS !== this.turn % TURNS && wasSettled(run)) continue;
      if (isSettled(run)) continue;
      this.follower.look(run);
      if (run.isActive && run.status !== "queued") this.follower.follow(run, "active");
    }
  }
}
