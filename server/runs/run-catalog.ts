/**
 * All runs by id: found by scanning the saves folder, kept as long as their folders are there. The folders are the
 * truth; the index in the database only mirrors them.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { ImportedFolders } from "./imported-folders";
import { Run } from "./run";
import { findRunFolders, isRunFolder } from "./run-files";

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
  private readonly byId = new Map<string, Run>();
  private mirroring: NodeJS.Timeout | null = null;
  private readonly imported: ImportedFolders;

  constructor(
    readonly home: string,
    private readonly index: RunIndex,
  ) {
    this.imported = new ImportedFolders(this.saves);
  }

  get saves(): string {
    return path.join(this.home, "saves");
  }

  /** Looks for new and lost folders; the lost ones are the caller's to forget. */
  scan(): { removed: Run[] } {
    const found = new Set(findRunFolders(this.saves, (folder) => this.byFolder.has(folder)));
    const removed = this.all().filter((run) => !found.has(run.folder) && !existsSync(run.folder));
    for (const folder of found) if (!this.byFolder.has(folder)) this.add(folder);
    for (const folder of this.imported.list()) {
      if (!this.byFolder.has(folder) && isRunFolder(folder)) this.add(folder, true);
    }
    return { removed };
  }

  /** Takes up a folder that now holds a run; where a scan was quicker, the run that it found, so that nobody follows two. */
  add(folder: string, inPlace = false): Run {
    const known = this.byFolder.get(folder);
    if (known) {
      known.readChanged();
      this.byId.set(known.id, known);
      return known;
    }
    const run = new Run(folder, this.home, inPlace);
    // A folder copied with its record must not shadow the original.
    if (run.record && this.byId.has(run.id)) run.record = null;
    this.byFolder.set(folder, run);
    this.byId.set(run.id, run);
    this.mirror();
    return run;
  }

  /** Takes up a folder outside saves/, for good. */
  addInPlace(folder: string): Run {
    const run = this.byFolder.get(folder) ?? this.add(folder, true);
    this.imported.add(folder);
    return run;
  }

  /** Does not bring a folder outside saves/ back at the next start. */
  unlist(run: Run): void {
    if (run.inPlace) this.imported.remove(run.folder);
  }

  /** Drops a run whose folder is gone. One outside saves/ comes back with its disk. */
  forget(run: Run): void {
    this.byFolder.delete(run.folder);
    this.byId.delete(run.id);
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

  find(id: string): Run | undefined {
    const run = this.byId.get(id);
    if (run?.id === id) return run;
    // A record that came, went or was changed by hand has changed the id.
    return this.all().find((candidate) => candidate.id === id);
  }

  /** @throws AppError not_found */
  get(id: string): Run {
    const run = this.find(id);
    if (!run)
      throw new AppError(
        "not_found",
        `There is no run with the id ${id}. Its folder may have been deleted or moved.`,
      );
    return run;
  }
}
