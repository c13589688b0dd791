/** Deletes a run's folder, and nothing else. */
import { readdirSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { slashedPath } from "@/server/disk/paths";
import type { Run } from "./run";
import { bytesOf } from "./run-files";

/** Every file below a folder, by path with forward slashes, with its size. */
export function allFiles(folder: string): { name: string; bytes: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({ name: slashedPath(folder, file), bytes: bytesOf(file) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * @param saves the folder below which runs may be deleted
 * @returns what was removed, by name and size
 * @throws AppError busy while the run is going, forbidden where the folder leads out of `saves`
 */
export async function removeRunFolder(run: Run, saves: string): Promise<{ name: string; bytes: number }[]> {
  if (run.isActive && run.status !== "queued") {
    throw new AppError("busy", "The run is still going. Stop it first.");
  }
  // A link inside saves/ that leads elsewhere must not take that elsewhere along.
  if (!realpathSync(run.folder).startsWith(realpathSync(saves) + path.sep)) {
    throw new AppError(
      "forbidden",
      `${run.relativeFolder} leads out of the saves folder; delete it by hand.`,
    );
  }
  const removed = allFiles(run.folder);
  await rm(run.folder, { recursive: true, force: true });
  return removed;
}
