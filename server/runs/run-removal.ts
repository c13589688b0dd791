/** Deletes a run's folder, and nothing else. */
import { realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { Run } from "./run";
import { contents } from "./run-summary";

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
  const removed = contents(run.folder);
  await rm(run.folder, { recursive: true, force: true });
  return removed;
}
