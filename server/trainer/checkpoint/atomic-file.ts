/**
 * Files that are either the old one or the new one, never half of one: written beside their place, flushed, renamed.
 * A kill in between leaves the old file. A full disk becomes an error that says so.
 */
import { open, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { AppError } from "../../contract/errors";

/** Whether a write failed because there is no room. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

/** The user-facing form of a failed write: a full disk named as such, anything else as it came. */
export function writeError(error: unknown, file: string): unknown {
  if (isDiskFull(error)) {
    return new AppError(
      "disk_full",
      `${file}: the disk is full. Free some space (old checkpoints are the largest files), then resume from the last checkpoint.`,
      { cause: error },
    );
  }
  return error;
}

/**
 * Replaces `file` with what `write` puts into the handle.
 * @throws AppError disk_full; whatever `write` throws (the old file then stays)
 */
export async function replaceFile(file: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, "w");
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw writeError(error, file);
  }
}

/** Replaces `file` with `text` (UTF-8). @throws AppError disk_full */
export async function replaceTextFile(file: string, text: string): Promise<void> {
  await replaceFile(file, (handle) => writeFile(handle, text));
}
