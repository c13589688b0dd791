/**
 * Notices at once when a folder appears or goes below saves/: one file watch for each folder of the two upper levels
 * (model, method), which are few. What it misses (network folders), the slow scan finds. It does not know runs.
 */
import { existsSync, readdirSync, watch, type FSWatcher } from "node:fs";
import path from "node:path";

/** saves/<model>/<method>/: deeper folders are runs, which have watches of their own. */
const DEPTH = 2;
/** A folder that is being filled makes many events. */
const SETTLE_MS = 120;
/** Files follow their folder: a training program makes it first and writes its log seconds later. */
const LOOK_AGAIN_MS = [1_000, 3_000];

export class SavesWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private timers: NodeJS.Timeout[] = [];

  /** @param onChange something appeared or went; called a moment later, once for many */
  constructor(
    private readonly saves: string,
    private readonly onChange: () => void,
  ) {}

  open(): void {
    this.add(this.saves, 0);
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private add(folder: string, depth: number): void {
    if (!this.watchers.has(folder)) {
      try {
        const watcher = watch(folder, { persistent: false }, () => this.changed());
        watcher.on("error", () => this.drop(folder));
        this.watchers.set(folder, watcher);
      } catch {
        return;
      }
    }
    if (depth === DEPTH) return;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) this.add(path.join(folder, entry.name), depth + 1);
    }
  }

  private drop(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }

  private changed(): void {
    if (this.timers.length > 0) return;
    this.timers = [SETTLE_MS, ...LOOK_AGAIN_MS].map((after, index, all) => {
      const timer = setTimeout(() => {
        if (index === all.length - 1) this.timers = [];
        this.look();
      }, after);
      timer.unref();
      return timer;
    });
  }

  private look(): void {
    for (const folder of this.watchers.keys()) if (!existsSync(folder)) this.drop(folder);
    if (existsSync(this.saves)) this.add(this.saves, 0);
    this.onChange();
  }
}
