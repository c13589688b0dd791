/** What processes that were killed have left behind, told by the process id in its name. */
import { readdir, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Deletes what lies in `folder` under the id of a process that is gone; what cannot be deleted stays.
 * @param pattern fits such names, its group being the id
 */
export async function removeLeftovers(folder: string, pattern: RegExp): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = pattern.exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(folder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: somebody else's, but alive.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
