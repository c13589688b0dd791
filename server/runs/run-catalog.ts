/**
 * All runs by id: found by scanning the saves folder, kept as long as their folders are there. The folders are the
 * truth; the index in the database only mirrors them.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { Run } from "./run";
import { findRunFolders } from "./run-files";

/** Where the catalog keeps its mirror; the store's run table fits. */
export interface RunIndex {
  /** Makes the index hold exactly these. */
  replace(entries: readonly IndexedRun[]): Promise<void>;
}

export interface IndexedRun {
  id: string;
  /** Relative to the home folder. */
  folder: string;
  name: string;
  engine: string;
  createdAt: string;
}

/** Many folders found at once are one change of the index. */
const MIRROR_AFTER_MS = 300;

export class RunCatalog {
  private readonly byFolder = new Map<string, Run>();
  private mirroring: NodeJS.Timeout | null = null;

  constructor(
    readonly home: string,
    private readonly index: RunIndex,
  ) {}

  get saves(): string {
    return path.join(this.home, "saves");
  }

  /** Looks for new and lost folders; the lost ones are the caller's to forget. */
  scan(): { removed: Run[] } {
    const removed = [...this.byFolder.values()].filter((run) => !existsSync(run.folder));
    for (const folder of findRunFolders(this.saves)) if (!this.byFolder.has(folder)) this.add(folder);
    return { removed };
  }

  /** Takes up a folder that now holds a run. */
  add(folder: string): Run {
    const run = new Run(folder, this.home);
    // A folder copied with its record must not shadow the original.
    if (run.record && this.all().some((other) => other.id === run.id)) run.record = null;
    this.byFolder.set(folder, run);
    this.mirror();
    return run;
  }

  /** Drops a run whose folder is gone. */
  forget(run: Run): void {
    this.byFolder.delete(run.folder);
    this.mirror();
  }

  /** Brings the index up to date, soon. */
  mirror(): void {
    this.mirroring ??= setTimeout(() => void this.flush(), MIRROR_AFTER_MS);
  }

  /** Brings the index up to date now, where that is due. */
  async flush(): Promise<void> {
    if (!this.mirroring) return;
    clearTimeout(this.mirroring);
    this.mirroring = null;
    const entries = this.all().map(({ id, relativeFolder, name, engine, createdAt }) => ({
      id,
      folder: relativeFolder,
      name,
      engine,
      createdAt,
    }));
    // The list works without its mirror; the next change writes it again.
    await this.index.replace(entries).catch((error: unknown) => {
      console.error("The run index in the database could not be updated:", error);
    });
  }

  all(): Run[] {
    return [...this.byFolder.values()];
  }

  /** @throws AppError not_found */
  get(id: string): Run {
    const run = this.all().find((candidate) => candidate.id === id);
    if (!run)
      throw new AppError(
        "not_found",
        `There is no run with the id ${id}. Its folder may have been deleted or moved.`,
      );
    return run;
  }
}
