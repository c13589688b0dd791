/**
 * A quantised base on disk, so that the next run reads a quarter of the bytes and rounds nothing: one safetensors file a
 * model, named by the fingerprint of the model's files and the form. It is written beside its place while the model loads
 * and renamed when it is complete; a kill in between leaves only a file that the next writer removes.
 */
import { createHash, type Hash } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { markUsed, removeOldest } from "../checkpoint/cache-folder";
import { ELEMENT_BYTES } from "../checkpoint/element-types";
import { removeLeftovers } from "../checkpoint/leftovers";
import { elementCount, openSafetensors, safetensorsHeader } from "../checkpoint/safetensors";
import type { DType, HostTensor, TensorSpec } from "../executor/executor";

/** Raised whenever the same weights are rounded otherwise. */
const FORMAT_VERSION = 1;
/** Files that are kept; the one unused for longest goes first. */
const KEPT = 8;
const SUFFIX = ".safetensors";

const FILE_TYPES: Readonly<Record<DType, string>> = { float32: "F32", int32: "I32", int8: "I8", uint8: "U8" };

/** Name -> spec, in the order in which they are written. */
export type TensorSpecs = ReadonlyMap<string, TensorSpec>;

export interface QuantizedFile {
  readonly path: string;
  readonly bytes: number;
  read(name: string): Promise<HostTensor>;
  close(): Promise<void>;
}

/** @returns the path of the file for this model in this form, below `folder` */
export async function quantizedPath(folder: string, model: string, form: unknown): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([FORMAT_VERSION, form]));
  const names = (await readdir(model)).filter((name) => /\.safetensors$|^config\.json$/.test(name)).sort();
  for (const name of names) await hashFile(hash, path.join(model, name));
  const title = path.basename(path.resolve(model)).replace(/[^\w.-]+/g, "-");
  return path.join(folder, `${title}-${hash.digest("hex").slice(0, 24)}${SUFFIX}`);
}

/** Opens the file where it is there and holds exactly these tensors; null otherwise. */
export async function openQuantizedFile(file: string, specs: TensorSpecs): Promise<QuantizedFile | null> {
  try {
    const opened = await openSafetensors(file);
    const fits =
      opened.tensors.size === specs.size &&
      [...specs].every(([name, { shape, dtype }]) => {
        const entry = opened.tensors.get(name);
        return entry?.dtype === FILE_TYPES[dtype] && entry.shape.join() === shape.join();
      });
    if (!fits) {
      await opened.close();
      return null;
    }
    await markUsed(file);
    return {
      path: file,
      bytes: (await stat(file)).size,
      async read(name) {
        const { shape, dtype } = specs.get(name)!;
        const data = emptyData(dtype, elementCount(shape));
        await opened.readBytes(name, new Uint8Array(data.buffer));
        return { data, shape, dtype, constant: true };
      },
      close: () => opened.close(),
    };
  } catch {
    // Not there yet, or damaged: it is made anew either way.
    return null;
  }
}

function emptyData(dtype: DType, count: number): HostTensor["data"] {
  switch (dtype) {
    case "float32":
      return new Float32Array(count);
    case "int32":
      return new Int32Array(count);
    case "int8":
      return new Int8Array(count);
    case "uint8":
      return new Uint8Array(count);
  }
}

export interface QuantizedWriter {
  /** Tensors come in the order of the specs. */
  append(tensor: HostTensor): Promise<void>;
  /** Puts the file in its place. @returns its size in bytes */
  finish(): Promise<number>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/** @throws Error where the folder cannot be written to */
export async function createQuantizedFile(file: string, specs: TensorSpecs): Promise<QuantizedWriter> {
  const folder = path.dirname(file);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder, /\.safetensors\.(\d+)\.tmp$/);
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, "w");
  const header = safetensorsHeader(
    [...specs].map(([name, { shape, dtype }]) => ({ name, shape, dtype: FILE_TYPES[dtype] })),
  );
  await handle.writeFile(header);
  return {
    append: ({ data }) => handle.writeFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
    async finish() {
      await handle.sync();
      const { size } = await handle.stat();
      await handle.close();
      await rename(temporary, file);
      await removeOldest(folder, KEPT, SUFFIX);
      return size;
    },
    async abandon() {
      await handle.close();
      await rm(temporary, { force: true });
    },
  };
}

/** Bytes and number of the samples that stand for a weight file's content. */
const SAMPLE_BYTES = 16 << 10;
const SAMPLES = 64;

/** Name, size, time of change and samples from end to end: reading all of a large model would take as long as rounding it. */
async function hashFile(hash: Hash, file: string): Promise<void> {
  const handle: FileHandle = await open(file, "r");
  try {
    const { size, mtimeMs } = await handle.stat();
    hash.update(JSON.stringify([path.basename(file), size, mtimeMs]));
    const sample = new Uint8Array(SAMPLE_BYTES);
    for (let i = 0; i < SAMPLES; i++) {
      const position = Math.floor((Math.max(0, size - SAMPLE_BYTES) * i) / (SAMPLES - 1));
      const { bytesRead } = await handle.read(sample, 0, SAMPLE_BYTES, position);
      hash.update(sample.subarray(0, bytesRead));
      if (size <= SAMPLE_BYTES) break;
    }
  } finally {
    await handle.close();
  }
}

/** Bytes of all tensors of these shapes. */
export function bytesOf(specs: TensorSpecs): number {
  let bytes = 0;
  for (const { shape, dtype } of specs.values())
    bytes += elementCount(shape) * ELEMENT_BYTES[FILE_TYPES[dtype]]!;
  return bytes;
}
