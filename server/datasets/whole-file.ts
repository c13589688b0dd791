/** Writes files so that a reader, or a power cut, sees the old one or the new one and nothing between. */
import { randomUUID } from "node:crypto";
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
