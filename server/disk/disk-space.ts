/** Room on a disk: how much there is, and a full one told apart from other failures to write. It knows no files. */
import { statfs } from "node:fs/promises";
import { AppError } from "@/server/contract/errors";

/** What the system calls a full disk, and a person's share of it. */
export const DISK_FULL_CODES: readonly string[] = ["ENOSPC", "EDQUOT"];

/** Bytes that anybody may still write on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const disk = await statfs(folder);
  return disk.bavail * disk.bsize;
}

/** Whether an error of the file system says that there is no room left. */
export function isDiskFull(error: unknown): boolean {
  return DISK_FULL_CODES.includes((error as NodeJS.ErrnoException | null)?.code ?? "");
}

/** The same for people. */
export function diskFullError(folder: string, cause?: unknown): AppError {
  return new AppError(
    "disk_full",
    `The disk is full: nothing can be written into ${folder}. Free some space (old checkpoints are the largest files), then try again.`,
    { cause },
  );
}
