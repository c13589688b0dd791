/**
 * safetensors files: opened once, read tensor by tensor by offset (never the whole file), written as a stream.
 * It knows tensors by name, shape and type; what they mean is the caller's business.
 */
import { open, type FileHandle } from "node:fs/promises";
import { AppError } from "../../contract/errors";
import { replaceFile } from "./atomic-file";
import { ELEMENT_BYTES, isReadable, narrow, widen, type FloatType } from "./element-types";
import { isMissing } from "./json-file";
import {
  headerLength,
  LENGTH_BYTES,
  malformed,
  MAX_HEADER_BYTES,
  parseHeader,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensors-header";

/** Bytes read and widened at a time; a multiple of every element size. Bounds the memory beside the result. */
const CHUNK_BYTES = 8 << 20;

export interface SafetensorsFile extends SafetensorsHeader {
  readonly path: string;
  /** The tensor widened to float32, row-major. @throws AppError checkpoint_malformed */
  read(name: string): Promise<Float32Array>;
  /** Reads into `out`, which must have the tensor's number of elements. */
  readInto(name: string, out: Float32Array): Promise<void>;
  /** The bytes as they are in the file into `out`, which has the tensor's size. */
  readBytes(name: string, out: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a safetensors file and checks its header.
 * @throws AppError checkpoint_malformed naming the file and, where one is at fault, the tensor
 */
export async function openSafetensors(file: string): Promise<SafetensorsFile> {
  let handle: FileHandle;
  try {
    handle = await open(file, "r");
  } catch (error) {
    if (isMissing(error)) throw new AppError("checkpoint_malformed", `${file} is missing.`, { cause: error });
    throw error;
  }
  try {
    const header = await readHeader(file, handle);
    const entryOf = (name: string): TensorEntry => {
      const entry = header.tensors.get(name);
      if (!entry) throw new AppError("checkpoint_malformed", `${file} holds no tensor "${name}".`);
      return entry;
    };
    const readInto = async (name: string, out: Float32Array): Promise<void> => {
      await readTensor(file, handle, { entry: entryOf(name), out });
    };
    return {
      path: file,
      ...header,
      readInto,
      async readBytes(name, out) {
        const { bytes, position } = entryOf(name);
        if (bytes !== out.length) throw new Error(`${name}: ${out.length} places for ${bytes} bytes`);
        await readFully(file, handle, { bytes: out, position });
      },
      async read(name) {
        const out = new Float32Array(elementCount(header.tensors.get(name)?.shape ?? []));
        await readInto(name, out);
        return out;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** The number of elements of a shape; 1 for a scalar's []. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

async function readHeader(file: string, handle: FileHandle): Promise<SafetensorsHeader> {
  const { size } = await handle.stat();
  const prefix = new Uint8Array(LENGTH_BYTES);
  await handle.read(prefix, 0, LENGTH_BYTES, 0);
  const length = headerLength(file, prefix, size);
  const bytes = new Uint8Array(length);
  await readFully(file, handle, { bytes, position: LENGTH_BYTES });
  const text = new TextDecoder().decode(bytes);
  return parseHeader(file, text, { dataStart: LENGTH_BYTES + length, fileBytes: size });
}

async function readTensor(
  file: string,
  handle: FileHandle,
  { entry, out }: { entry: TensorEntry; out: Float32Array },
): Promise<void> {
  if (elementCount(entry.shape) !== out.length) {
    throw new Error(`${entry.name}: ${out.length} places for the elements of [${entry.shape.join(", ")}]`);
  }
  if (!isReadable(entry.dtype)) {
    throw new AppError(
      "checkpoint_malformed",
      `${file}: tensor "${entry.name}" is stored as ${entry.dtype}, which cannot be read here. Use a copy of the model in bfloat16, float16 or float32.`,
    );
  }
  if (entry.dtype === "F32") {
    const bytes = new Uint8Array(out.buffer, out.byteOffset, out.byteLength);
    return readFully(file, handle, { bytes, position: entry.position });
  }
  const elementBytes = ELEMENT_BYTES[entry.dtype]!;
  const scratch = new Uint8Array(Math.min(CHUNK_BYTES, entry.bytes));
  for (let done = 0; done < entry.bytes; done += scratch.length) {
    const bytes = scratch.subarray(0, Math.min(scratch.length, entry.bytes - done));
    await readFully(file, handle, { bytes, position: entry.position + done });
    const first = done / elementBytes;
    widen(entry.dtype, bytes, out.subarray(first, first + bytes.length / elementBytes));
  }
}

async function readFully(
  file: string,
  handle: FileHandle,
  { bytes, position }: { bytes: Uint8Array; position: number },
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    // One read call takes at most 2 GiB.
    const wanted = Math.min(bytes.length - done, 1 << 30);
    const { bytesRead } = await handle.read(bytes, done, wanted, position + done);
    if (bytesRead === 0)
      throw malformed(file, `it ends at byte ${position + done}, in the middle of a tensor.`);
    done += bytesRead;
  }
}

export interface TensorToWrite {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: FloatType;
  /** The values, or how to get them when their turn comes, so that a model need not be in memory whole. */
  readonly data: Float32Array | (() => Float32Array | Promise<Float32Array>);
}

/**
 * Writes a safetensors file, tensor after tensor in the given order; the file appears when it is complete.
 * @throws AppError disk_full
 */
export async function writeSafetensors(
  file: string,
  tensors: readonly TensorToWrite[],
  metadata: Readonly<Record<string, string>> = { format: "pt" },
): Promise<void> {
  await replaceFile(file, async (handle) => {
    await writeFully(handle, safetensorsHeader(tensors, metadata));
    for (const tensor of tensors) await writeTensor(handle, tensor);
  });
}

/** The bytes in front of the tensors' own, which follow in this order without gaps. */
export function safetensorsHeader(
  tensors: readonly { readonly name: string; readonly shape: readonly number[]; readonly dtype: string }[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, dtype } of tensors) {
    const begin = end;
    end += elementCount(shape) * ELEMENT_BYTES[dtype]!;
    if (Object.hasOwn(header, name)) throw new Error(`tensor "${name}" twice`);
    header[name] = { dtype, shape, data_offsets: [begin, end] };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Spaces up to a multiple of 8 keep the data aligned for readers that map the file.
  const length = Math.ceil(text.length / 8) * 8;
  if (length > MAX_HEADER_BYTES) throw new Error(`a safetensors header of ${length} bytes`);
  const bytes = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, LENGTH_BYTES);
  return bytes;
}

async function writeTensor(handle: FileHandle, tensor: TensorToWrite): Promise<void> {
  const values = typeof tensor.data === "function" ? await tensor.data() : tensor.data;
  if (values.length !== elementCount(tensor.shape)) {
    throw new Error(`${tensor.name}: ${values.length} values for the shape [${tensor.shape.join(", ")}]`);
  }
  const chunk = CHUNK_BYTES / 4;
  for (let first = 0; first < values.length; first += chunk) {
    await writeFully(handle, narrow(tensor.dtype, values.subarray(first, first + chunk)));
  }
}

async function writeFully(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}
