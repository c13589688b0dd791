/**
 * The header of a safetensors file, taken as untrusted: every number in it is checked against the file before anybody
 * allocates or reads by it. The format: https://github.com/huggingface/safetensors#format
 */
import { AppError } from "../../contract/errors";
import { ELEMENT_BYTES } from "./element-types";
import { isRecord } from "./json-file";

/** The reference implementation's limit. */
export const MAX_HEADER_BYTES = 100_000_000;
/** Bytes of the header's length in front of it. */
export const LENGTH_BYTES = 8;

export interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Absolute position of the first byte in the file. */
  readonly position: number;
  readonly bytes: number;
}

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An error about one file, with the way out that serves all of them. */
export function malformed(file: string, what: string): AppError {
  return new AppError("checkpoint_malformed", `${file}: ${what} Copy or download the file again.`);
}

/** The header's length, checked. @throws AppError checkpoint_malformed */
export function headerLength(file: string, prefix: Uint8Array, fileBytes: number): number {
  if (fileBytes < LENGTH_BYTES + 2)
    throw malformed(file, `it has ${fileBytes} bytes, too few for a safetensors file.`);
  const length = Number(new DataView(prefix.buffer, prefix.byteOffset, LENGTH_BYTES).getBigUint64(0, true));
  if (length > MAX_HEADER_BYTES) {
    throw malformed(
      file,
      `its header claims ${length} bytes; a safetensors header has at most ${MAX_HEADER_BYTES}.`,
    );
  }
  if (LENGTH_BYTES + length > fileBytes) {
    throw malformed(
      file,
      `it was cut short: its header claims ${length} bytes and the file has ${fileBytes}.`,
    );
  }
  return length;
}

/**
 * Parses and checks a header.
 * @param text the header's JSON
 * @param dataStart position of the first data byte; @param fileBytes size of the file
 * @throws AppError checkpoint_malformed naming the file, the tensor and the number at fault
 */
export function parseHeader(
  file: string,
  text: string,
  { dataStart, fileBytes }: { dataStart: number; fileBytes: number },
): SafetensorsHeader {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformed(file, "its header is not valid JSON.");
  }
  if (!isRecord(parsed)) throw malformed(file, "its header is not a JSON object.");

  const tensors = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(parsed)) {
    if (name !== "__metadata__") tensors.set(name, parseEntry(file, name, { value, dataStart, fileBytes }));
  }
  checkCoverage(file, [...tensors.values()], { dataStart, fileBytes });
  return { tensors, metadata: parseMetadata(file, parsed["__metadata__"]) };
}

function parseMetadata(file: string, value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw malformed(file, 'its "__metadata__" is not an object.');
  const metadata: Record<string, string> = {};
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") throw malformed(file, `its "__metadata__" key "${key}" is not text.`);
    metadata[key] = text;
  }
  return metadata;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function parseEntry(
  file: string,
  name: string,
  { value, dataStart, fileBytes }: { value: unknown; dataStart: number; fileBytes: number },
): TensorEntry {
  if (!isRecord(value)) throw malformed(file, `tensor "${name}" has no description.`);
  const { dtype, shape, data_offsets: offsets } = value;
  const size =
    typeof dtype === "string" && Object.hasOwn(ELEMENT_BYTES, dtype) ? ELEMENT_BYTES[dtype] : undefined;
  if (typeof dtype !== "string" || size === undefined) {
    throw malformed(file, `tensor "${name}" has the unknown dtype ${JSON.stringify(dtype)}.`);
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    throw malformed(file, `tensor "${name}" has the impossible shape ${JSON.stringify(shape)}.`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw malformed(file, `tensor "${name}" has the impossible data_offsets ${JSON.stringify(offsets)}.`);
  }
  const [begin, end] = offsets as [number, number];
  const bytes = shape.reduce((product, length) => product * length, size);
  if (end - begin !== bytes) {
    throw malformed(
      file,
      `tensor "${name}" (${dtype} [${shape.join(", ")}]) needs ${bytes} bytes and its data_offsets span ${end - begin}.`,
    );
  }
  if (dataStart + end > fileBytes) {
    throw malformed(
      file,
      `it was cut short: tensor "${name}" ends at byte ${dataStart + end} and the file has ${fileBytes}.`,
    );
  }
  return { name, dtype, shape, position: dataStart + begin, bytes };
}

/** As the reference implementation: tensors fill the data part without holes and without sharing bytes. */
function checkCoverage(
  file: string,
  tensors: TensorEntry[],
  { dataStart, fileBytes }: { dataStart: number; fileBytes: number },
): void {
  let end = dataStart;
  let previous = "the header";
  for (const tensor of tensors.sort((a, b) => a.position - b.position || a.bytes - b.bytes)) {
    if (tensor.position < end) throw malformed(file, `tensor "${tensor.name}" overlaps "${previous}".`);
    if (tensor.position > end)
      throw malformed(file, `bytes between "${previous}" and "${tensor.name}" belong to no tensor.`);
    end = tensor.position + tensor.bytes;
    previous = tensor.name;
  }
  if (end !== fileBytes)
    throw malformed(file, `${fileBytes - end} bytes after the last tensor belong to no tensor.`);
}
