/**
 * A text file that grows by whole lines, each in one write that is with the system when the call returns: a reader never
 * sees half a line, and a killed writer leaves none.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { AppError } from "../../contract/errors";
import { writeError } from "../checkpoint/atomic-file";

export interface LineFile {
  /** Appends `line` and a newline. @throws AppError disk_full; the file then ends with the line before */
  append(line: string): void;
  close(): void;
}

export interface LineFileOptions {
  /** Whether to go on in a file that is there; otherwise it is emptied. */
  readonly keep: boolean;
  /** Writes to the file descriptor; given by tests that play a full disk. */
  readonly write?: (fd: number, bytes: Uint8Array) => number;
}

/** Opens `file` for appending lines. */
export function openLineFile(file: string, { keep, write = writeSync }: LineFileOptions): LineFile {
  const fd = openSync(file, keep ? "a+" : "w+");
  if (keep) dropHalfLine(fd);
  return {
    append(line) {
      const bytes = Buffer.from(`${line}\n`);
      const { size } = fstatSync(fd);
      try {
        if (write(fd, bytes) === bytes.length) return;
        throw new AppError(
          "disk_full",
          `${file}: the disk is full. Free some space (old checkpoints are the largest files), then resume from the last checkpoint.`,
        );
      } catch (error) {
        ftruncateSync(fd, size);
        throw writeError(error, file);
      }
    },
    close: () => closeSync(fd),
  };
}

/** Cuts off what a crash of the machine may have left after the last newline. */
function dropHalfLine(fd: number): void {
  let end = fstatSync(fd).size;
  const chunk = Buffer.alloc(4096);
  while (end > 0) {
    const start = Math.max(0, end - chunk.length);
    const length = readSync(fd, chunk, 0, end - start, start);
    const newline = chunk.subarray(0, length).lastIndexOf(0x0a);
    if (newline >= 0) return ftruncateSync(fd, start + newline + 1);
    end = start;
  }
  ftruncateSync(fd, 0);
}
