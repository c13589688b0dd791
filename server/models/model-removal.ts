/** Deletes a model's folder below models/, and nothing else: links go without what they lead to. */
import { lstat, readdir, realpath, rm, rmdir, stat, unlink } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { ModelRemoval } from "@/server/contract/model-folders";
import { liesBelow, slashedPath } from "@/server/disk/paths";

/**
 * @param base absolute folder of models/
 * @param dry only says what would go
 * @throws AppError forbidden outside of models/, not_found
 */
export async function removeModelFolder(
  base: string,
  folder: string,
  { dry }: { dry: boolean },
): Promise<ModelRemoval> {
  const relative = path.relative(base, folder);
  if (!liesBelow(base, folder))
    throw new AppError("forbidden", "Only folders below models/ are deleted here; delete others by hand.");
  const entry = await lstat(folder).catch(() => null);
  if (!entry) throw new AppError("not_found", `models/${relative} is gone already.`);
  if (entry.isSymbolicLink()) {
    if (!dry) await unlink(folder);
    return { removed: [{ name: path.basename(folder), bytes: 0 }], link: true };
  }
  // A link on the way must not take a folder elsewhere along.
  if (!(await realpath(folder)).startsWith((await realpath(base)) + path.sep))
    throw new AppError("forbidden", `models/${relative} leads out of the models folder; delete it by hand.`);
  const removed = await filesIn(folder);
  if (!dry) {
    await rm(folder, { recursive: true, force: true });
    // The organisation's folder goes with its last model; a full one stays.
    const parent = path.dirname(folder);
    if (parent !== base) await rmdir(parent).catch(() => undefined);
  }
  return { removed, link: false };
}

/** Files with sizes, largest first; links count as nothing. */
async function filesIn(folder: string): Promise<ModelRemoval["removed"]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = await Promise.all(
    entries
      .filter((entry) => !entry.isDirectory())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        const { size } = entry.isSymbolicLink() ? { size: 0 } : await stat(file);
        return { name: slashedPath(folder, file), bytes: size };
      }),
  );
  return files.sort((a, b) => b.bytes - a.bytes || a.name.localeCompare(b.name));
}
