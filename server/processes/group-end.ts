/**
 * Brings a process group to its end and makes sure of it: the polite signal first, SIGKILL to whatever is left after a
 * while, and then a look whether all are gone. It signals only while it can prove that the group is the one that was
 * started: its first process was seen alive at the beginning, and since then the group was never empty.
 */
import { isGroupAlive, signalGroup } from "./process-group";
import { isAlive, type ProcessRef } from "./process-identity";

const LOOK_EVERY_MS = 100;

export interface GroupEndOptions {
  signal: NodeJS.Signals;
  /** How long the group may take before it is killed. */
  graceMs: number;
  /** Nothing of the group is left, or (`gone` false) it does not even die of SIGKILL. */
  onEnd: (gone: boolean) => void;
}

/** How long the system may take to end processes that were killed: one that waits for a disk ends late. */
const KILL_TAKES_MS = 10_000;

/** One group on its way out. */
export class GroupEnd {
  private readonly started = performance.now();
  private killedAt: number | null = null;
  private readonly timer: NodeJS.Timeout;
  private graceMs: number;

  /** @param ref the group's first process, alive now */
  constructor(
    private readonly ref: ProcessRef,
    private readonly options: GroupEndOptions,
  ) {
    this.graceMs = options.graceMs;
    signalGroup(ref.pid, options.signal);
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Waits no longer. */
  kill(): void {
    this.graceMs = 0;
    this.look();
  }

  /** Forgets the group: whatever it does, nobody here signals it any more. */
  release(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const now = performance.now();
    if (!isGroupAlive(this.ref)) return this.end(true);
    if (this.killedAt === null) {
      if (now - this.started < this.graceMs) return;
      this.killedAt = now;
      signalGroup(this.ref.pid, "SIGKILL");
    } else if (now - this.killedAt > KILL_TAKES_MS) this.end(false);
  }

  private end(gone: boolean): void {
    clearInterval(this.timer);
    this.options.onEnd(gone);
  }
}

/**
 * What a program left behind when it ended: members of its group that outlived it. To be asked at the moment in which
 * its end is told, while its number cannot have been given away.
 */
export function leftBehind(ref: ProcessRef): boolean {
  return !isAlive(ref) && isGroupAlive(ref);
}
