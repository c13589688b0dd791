/**
 * Changes that can be taken back for a while. Files that are removed or changed lie in a folder beside the data until
 * then. It does not know what the changes are.
 */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";

/** How long a change can be undone. */
const KEPT_MS = 15 * 60_000;

interface KeptChange {
  restore: () => Promise<void>;
  /** Where files of this change were put. */
  folder: string;
  timer: NodeJS.Timeout;
}

export class UndoLog {
  private readonly changes = new Map<string, KeptChange>();

  /** @param trash absolute path of the folder for removed files; made when needed */
  constructor(private readonly trash: string) {}

  /** A folder for the files of a change that is about to be made, under its id. */
  async prepare(): Promise<{ id: string; folder: string }> {
    const id = randomUUID();
    const folder = path.join(this.trash, id);
    await mkdir(folder, { recursive: true });
    return { id, folder };
  }

  /** Keeps the way back of a change. @returns the id under which it is undone */
  keep(restore: () => Promise<void>, id: string = randomUUID()): string {
    const timer = setTimeout(() => void this.forget(id), KEPT_MS);
    timer.unref();
    this.changes.set(id, { restore, folder: path.join(this.trash, id), timer });
    return id;
  }

  /** Takes a change back. @throws AppError not_found where it is too late */
  async undo(id: string): Promise<void> {
    const change = this.changes.get(id);
    if (!change) {
      throw new AppError(
        "not_found",
        "This change can no longer be undone: it was undone already, or was made too long ago.",
      );
    }
    this.changes.delete(id);
    clearTimeout(change.timer);
    await change.restore();
    await rm(change.folder, { recursive: true, force: true });
    await this.tidy();
  }

  /** Deletes what earlier consoles left behind for undoing. */
  async empty(): Promise<void> {
    const left = await readdir(this.trash).catch(() => []);
    for (const id of left)
      if (!this.changes.has(id)) await rm(path.join(this.trash, id), { recursive: true, force: true });
    await this.tidy();
  }

  private async forget(id: string): Promise<void> {
    const change = this.changes.get(id);
    this.changes.delete(id);
    if (change) await rm(change.folder, { recursive: true, force: true });
    await this.tidy();
  }

  /** The folder itself goes when nothing is in it. */
  private async tidy(): Promise<void> {
    await rmdir(this.trash).catch(() => undefined);
  }
}

/** Moves a file or folder; both places are on one disk. */
export async function moveInto(folder: string, file: string): Promise<string> {
  const target = path.join(folder, path.basename(file));
  await rename(file, target);
  return target;
}
