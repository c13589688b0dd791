/**
 * A temporary file that weights are written to one after the other and that onnxruntime maps: so neither this process
 * nor the runtime holds the model twice while it is loaded. It knows bytes, not what they mean.
 */
import { mkdtemp, open, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { isDiskFull } from "../checkpoint/atomic-file";
import { removeLeftovers } from "../checkpoint/leftovers";
import type { WeightLocation } from "../executor/onnx/graph-builder";

const FILE_NAME = "weights.bin";

/** Folders are named after the process that writes them, so that what a killed one left can be told. */
const FOLDER_PREFIX = "tuneboard-weights-";
const LEFTOVER_NAME = new RegExp(`^${FOLDER_PREFIX}(\\d+)-`);

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
  await removeLeftovers(os.tmpdir(), LEFTOVER_NAME);
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

function diskFull(folder: string, cause: unknown): AppError {
  return new AppError(
    "disk_full",
    `The disk with ${path.dirname(folder)} is full: a model's weights are unpacked there while it is loaded. Free some space, or set TMPDIR to a folder with more.`,
    { cause },
  );
}
