/**
 * Writes GGUF files, version 3: metadata, the tensors' descriptions, then tensor after tensor as their turn comes. It
 * knows the format, not models. https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 */
import type { FileHandle } from "node:fs/promises";
import { replaceFile } from "../../checkpoint/atomic-file";
import { elementCount } from "../../checkpoint/safetensors";
import { encodeValues, tensorBytes, TENSOR_TYPE_IDS, type TensorType } from "./gguf-types";

export type MetadataValue =
  | { readonly type: "uint32"; readonly value: number }
  | { readonly type: "float32"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "int32s"; readonly value: Int32Array }
  | { readonly type: "float32s"; readonly value: Float32Array };

/** In the order in which it is written. */
export type Metadata = ReadonlyMap<string, MetadataValue>;

export interface GgufTensor {
  readonly name: string;
  /** As in Hugging Face's files, the longest stride first; GGUF has it the other way round. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** Asked for when its turn comes. */
  readonly read: () => Promise<Float32Array>;
}

/** gguf_metadata_value_type */
const VALUE_TYPES = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const VERSION = 3;
const ALIGNMENT = 32;
/** Elements that are encoded at a time; a multiple of every block's size. */
const CHUNK = 1 << 20;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

/** Writes the file; it appears when it is complete. @throws AppError disk_full */
export async function writeGguf(
  file: string,
  metadata: Metadata,
  tensors: readonly GgufTensor[],
): Promise<void> {
  await replaceFile(file, async (handle) => {
    await writePadded(handle, [headerBytes(metadata, tensors)]);
    for (const tensor of tensors) await writeTensor(handle, tensor);
  });
}

async function writeTensor(handle: FileHandle, { name, shape, type, read }: GgufTensor): Promise<void> {
  const values = await read();
  if (values.length !== elementCount(shape))
    throw new Error(`${name}: ${values.length} values for the shape [${shape.join(", ")}]`);
  function* chunks() {
    for (let at = 0; at < values.length; at += CHUNK)
      yield encodeValues(type, values.subarray(at, at + CHUNK));
  }
  await writePadded(handle, chunks());
}

async function writePadded(handle: FileHandle, chunks: Iterable<Uint8Array>): Promise<void> {
  let written = 0;
  const write = async (bytes: Uint8Array) => {
    for (let done = 0; done < bytes.length;)
      done += (await handle.write(bytes, done, bytes.length - done)).bytesWritten;
    written += bytes.length;
  };
  for (const bytes of chunks) await write(bytes);
  await write(new Uint8Array(aligned(written) - written));
}

function headerBytes(metadata: Metadata, tensors: readonly GgufTensor[]): Uint8Array {
  const out = new ByteList();
  out.raw(new TextEncoder().encode("GGUF"));
  out.uint32(VERSION);
  out.uint64(tensors.length);
  out.uint64(metadata.size);
  for (const [key, value] of metadata) {
    out.text(key);
    appendValue(out, value);
  }
  let offset = 0;
  for (const { name, shape, type } of tensors) {
    out.text(name);
    out.uint32(shape.length);
    for (const length of [...shape].reverse()) out.uint64(length);
    out.uint32(TENSOR_TYPE_IDS[type]);
    out.uint64(offset);
    offset += aligned(tensorBytes(type, elementCount(shape)));
  }
  return out.bytes();
}

function appendValue(out: ByteList, entry: MetadataValue): void {
  const array = (type: number, length: number) => {
    out.uint32(VALUE_TYPES.array);
    out.uint32(type);
    out.uint64(length);
  };
  switch (entry.type) {
    case "uint32":
      out.uint32(VALUE_TYPES.uint32);
      return out.uint32(entry.value);
    case "float32":
      out.uint32(VALUE_TYPES.float32);
      return out.raw(bytesOf(Float32Array.of(entry.value)));
    case "bool":
      out.uint32(VALUE_TYPES.bool);
      return out.raw(Uint8Array.of(entry.value ? 1 : 0));
    case "string":
      out.uint32(VALUE_TYPES.string);
      return out.text(entry.value);
    case "strings":
      array(VALUE_TYPES.string, entry.value.length);
      return entry.value.forEach((text) => out.text(text));
    case "int32s":
      array(VALUE_TYPES.int32, entry.value.length);
      return out.raw(bytesOf(entry.value));
    case "float32s":
      array(VALUE_TYPES.float32, entry.value.length);
      return out.raw(bytesOf(entry.value));
  }
}

const bytesOf = (array: Float32Array | Int32Array) =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Little-endian bytes, gathered. */
class ByteList {
  private readonly parts: Uint8Array[] = [];
  private readonly encoder = new TextEncoder();

  raw(bytes: Uint8Array): void {
    this.parts.push(bytes);
  }

  uint32(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, true);
    this.raw(bytes);
  }

  uint64(value: number): void {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
    this.raw(bytes);
  }

  /** Its length in bytes, then UTF-8. */
  text(value: string): void {
    const bytes = this.encoder.encode(value);
    this.uint64(bytes.length);
    this.raw(bytes);
  }

  bytes(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}
