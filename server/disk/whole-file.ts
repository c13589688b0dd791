/** Writes files so that a reader, or a power cut, sees the old one or the new one and nothing between. */
import { randomUUID } from "node:crypto";
import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";

/** Writes a text in the place of a file, keeping its permissions. */
export async function writeWhole(file: string, content: string | Buffer): Promise<void> {
  const draft = `${file}.${randomUUID().slice(0, 8)}.tmp`;
  const mode = (await stat(file).catch(() => null))?.mode;
  try {
    const handle = await open(draft, "wx", mode);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/**
 * The same for small files that must be written before anything else happens. A console that dies here leaves the old one.
 * @param mode permissions; those of a new file where missing
 */
export function writeWholeNow(file: string, content: string, mode?: number): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, content, { mode });
    // The mode of writeFile only counts for a file that it makes.
    if (mode !== undefined) chmodSync(draft, mode);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
