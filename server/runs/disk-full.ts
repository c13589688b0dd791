/** A full disk, told apart from other failures to write. */
import { AppError } from "@/server/contract/errors";

const CODES = ["ENOSPC", "EDQUOT"];

/** Whether an error of the file system says that there is no room left. */
export function isDiskFull(error: unknown): boolean {
  return CODES.includes((error as NodeJS.ErrnoException | null)?.code ?? "");
}

/** The same for people. */
export function diskFullError(folder: string, cause?: unknown): AppError {
  return new AppError(
    "disk_full",
    `The disk is full: nothing can be written into ${folder}. Free some space (old checkpoints are the largest files), then try again.`,
    { cause },
  );
}
