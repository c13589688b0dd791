/**
 * A temporary file that weights are written to one after the other and that onnxruntime maps: so neither this process
 * nor the runtime holds the model twice while it is loaded. It knows bytes, not what they mean.
 */
import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { AppError } from "../../contract/errors";
import type { WeightLocation } from "../executor/onnx/graph-builder";

const FILE_NAME = "weights.bin";

/** Folders are named after the process that writes them, so that what a killed one left can be told. */
const FOLDER_PREFIX = "tuneboard-weights-";

/** Weights begin at multiples of a page, as mapping a file needs it. */
const PAGE_BYTES = 4096;

export interface WeightFile {
  /** The folder that locations are relative to. */
  readonly folder: string;
  /** @throws AppError disk_full */
  append(data: ArrayBufferView): Promise<WeightLocation>;
  /** No more weights come. */
  close(): Promise<void>;
  /** Deletes the file. Where the system keeps mapped files (Windows), the rest goes with the temporary folder. */
  remove(): Promise<void>;
}

export async function createWeightFile(): Promise<WeightFile> {
  await removeLeftovers();
  const folder = await mkdtemp(path.join(os.tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  const handle = await open(path.join(folder, FILE_NAME), "wx", 0o600);
  let end = 0;
  return {
    folder,
    async append(data) {
      const offset = end;
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      try {
        for (let done = 0; done < bytes.length;) {
          done += (await handle.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
        }
      } catch (error) {
        throw isDiskFull(error) ? diskFull(folder, error) : error;
      }
      end = Math.ceil((offset + bytes.length) / PAGE_BYTES) * PAGE_BYTES;
      return { file: FILE_NAME, offset, bytes: bytes.length };
    },
    close: () => handle.close(),
    remove: () => rm(folder, { recursive: true, force: true }).catch(() => undefined),
  };
}

/** Deletes the folders of processes that are gone: killed while they loaded, they could not do it themselves. */
async function removeLeftovers(): Promise<void> {
  const temporary = os.tmpdir();
  for (const name of await readdir(temporary)) {
    const pid = new RegExp(`^${FOLDER_PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || isRunning(Number(pid))) continue;
    await rm(path.join(temporary, name), { recursive: true, force: true }).catch(() => undefined);
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

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}

function diskFull(folder: string, cause: unknown): AppError {
  return new AppError(
    "disk_full",
    `The disk with ${path.dirname(folder)} is full: a model's weights are unpacked there while it is loaded. Free some space, or set TMPDIR to a folder with more.`,
    { cause },
  );
}
