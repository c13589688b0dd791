/**
 * A Hugging Face model folder: config.json and tensors by name from one or several safetensors files, for reading and
 * for writing. Never reads pickled files. It does not know families: names and shapes are taken as they are.
 */
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { replaceTextFile } from "./atomic-file";
import { ELEMENT_BYTES } from "./element-types";
import { isMissing, isRecord, readJsonObject } from "./json-file";
import {
  elementCount,
  openSafetensors,
  writeSafetensors,
  type SafetensorsFile,
  type TensorToWrite,
} from "./safetensors";

const WEIGHTS_FILE = "model.safetensors";
const WEIGHTS_INDEX_FILE = "model.safetensors.index.json";
export const CONFIG_FILE = "config.json";
export const GENERATION_CONFIG_FILE = "generation_config.json";

export interface TensorInfo {
  readonly name: string;
  /** As in the file: "F32", "F16", "BF16", "I64", … */
  readonly dtype: string;
  readonly shape: readonly number[];
}

export interface ModelFolder {
  readonly path: string;
  /** config.json as parsed. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly tensors: ReadonlyMap<string, TensorInfo>;
  /** The tensor widened to float32, row-major. @throws AppError checkpoint_malformed where it is missing or cut short. */
  read(name: string): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Elements of all tensors. */
export function countParameters({ tensors }: Pick<ModelFolder, "tensors">): number {
  return [...tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
}

/**
 * Opens a model folder: reads config.json and the headers of its weight files, no weights.
 * @throws AppError not_found where there is no such folder; checkpoint_malformed naming the file, the key, the way out
 */
export async function openModelFolder(folder: string): Promise<ModelFolder> {
  const config = await readModelConfig(folder);
  const names = await listFolder(folder);

  const files: SafetensorsFile[] = [];
  try {
    const sources = names.includes(WEIGHTS_FILE)
      ? await openSingle(folder, files)
      : names.includes(WEIGHTS_INDEX_FILE)
        ? await openShards(folder, files)
        : null;
    if (!sources) throw new AppError("checkpoint_malformed", missingWeightsMessage(folder, names));
    return assemble(folder, config, { files, sources });
  } catch (error) {
    await Promise.all(files.map((file) => file.close()));
    throw error;
  }
}

/**
 * config.json alone, where no weights are asked for.
 * @throws AppError not_found, checkpoint_malformed
 */
export async function readModelConfig(folder: string): Promise<ModelFolder["config"]> {
  const names = await listFolder(folder);
  const config = await readJsonObject(path.join(folder, CONFIG_FILE));
  if (!config) throw new AppError("checkpoint_malformed", missingConfigMessage(folder, names));
  return config;
}

function assemble(
  folder: string,
  config: Record<string, unknown>,
  { files, sources }: { files: SafetensorsFile[]; sources: Map<string, SafetensorsFile> },
): ModelFolder {
  const tensors = new Map<string, TensorInfo>();
  const places = new Map<string, { file: SafetensorsFile; stored: string }>();
  const prefix = missingPrefix([...sources.keys()]);
  for (const [stored, file] of sources) {
    const { dtype, shape } = file.tensors.get(stored)!;
    const name = stored.startsWith("lm_head.") ? stored : prefix + stored;
    tensors.set(name, { name, dtype, shape });
    places.set(name, { file, stored });
  }
  return {
    path: folder,
    config,
    tensors,
    async read(name) {
      const place = places.get(name);
      if (!place) {
        throw new AppError(
          "checkpoint_malformed",
          `${folder}: its weight files hold no tensor "${name}". Copy or download the model again, or check that config.json belongs to these weights.`,
        );
      }
      return place.file.read(place.stored);
    },
    async close() {
      await Promise.all(files.map((file) => file.close()));
    },
  };
}

/** Files that were saved without the model's head, as the hub's gpt2, leave out the first part of every name. */
function missingPrefix(names: readonly string[]): string {
  if (names.some((name) => name.startsWith("h.0."))) return "transformer.";
  return names.some((name) => name.startsWith("layers.0.")) ? "model." : "";
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new AppError(
      "not_found",
      `${folder} is not a folder on this machine. Models are read from local Hugging Face folders; download the model first and give the folder's path as model_name_or_path.`,
      { cause: error },
    );
  }
}

function missingConfigMessage(folder: string, names: readonly string[]): string {
  if (names.includes("adapter_config.json")) {
    return `${folder} holds an adapter, not a model (adapter_config.json but no ${CONFIG_FILE}). Give its base model as model_name_or_path and this folder as adapter_name_or_path.`;
  }
  return `${folder}: ${CONFIG_FILE} is missing. model_name_or_path must be a Hugging Face model folder with ${CONFIG_FILE} and ${WEIGHTS_FILE}.`;
}

function missingWeightsMessage(folder: string, names: readonly string[]): string {
  const pickled = names.find((name) => /\.(bin|pt|pth|ckpt)$/.test(name));
  if (pickled) {
    return `${folder}: ${WEIGHTS_FILE} is missing and ${pickled} is a pickled file, which can run code when opened and is never read. Convert the model with save_pretrained(…, safe_serialization=True) in transformers, or download its safetensors version.`;
  }
  const other = names.filter((name) => name.endsWith(".safetensors"));
  const seen = other.length > 0 ? ` (found only ${other.slice(0, 3).join(", ")})` : "";
  return `${folder}: neither ${WEIGHTS_FILE} nor ${WEIGHTS_INDEX_FILE} is there${seen}. Copy or download the model's weights.`;
}

async function openSingle(folder: string, files: SafetensorsFile[]): Promise<Map<string, SafetensorsFile>> {
  const file = await openSafetensors(path.join(folder, WEIGHTS_FILE));
  files.push(file);
  return new Map([...file.tensors.keys()].map((name) => [name, file]));
}

async function openShards(folder: string, files: SafetensorsFile[]): Promise<Map<string, SafetensorsFile>> {
  const indexPath = path.join(folder, WEIGHTS_INDEX_FILE);
  const weightMap = (await readJsonObject(indexPath))?.["weight_map"];
  if (!isRecord(weightMap))
    throw new AppError("checkpoint_malformed", `${indexPath}: the key "weight_map" is missing.`);

  const shards = new Map<string, SafetensorsFile>();
  const sources = new Map<string, SafetensorsFile>();
  for (const [name, shardName] of Object.entries(weightMap)) {
    // A shard lies beside its index; anything else would let a folder read files elsewhere on the machine.
    if (typeof shardName !== "string" || path.basename(shardName) !== shardName) {
      throw new AppError(
        "checkpoint_malformed",
        `${indexPath}: weight_map["${name}"] is ${JSON.stringify(shardName)}, not the name of a file in this folder.`,
      );
    }
    let shard = shards.get(shardName);
    if (!shard) {
      shard = await openShard(folder, shardName);
      shards.set(shardName, shard);
      files.push(shard);
    }
    if (!shard.tensors.has(name)) {
      throw new AppError(
        "checkpoint_malformed",
        `${indexPath} says that "${name}" is in ${shardName}, which does not hold it. Copy or download both again.`,
      );
    }
    sources.set(name, shard);
  }
  return sources;
}

async function openShard(folder: string, shardName: string): Promise<SafetensorsFile> {
  const file = path.join(folder, shardName);
  try {
    return await openSafetensors(file);
  } catch (error) {
    if (error instanceof AppError && isMissing(error.cause)) {
      throw new AppError(
        "checkpoint_malformed",
        `${file} is missing, though ${WEIGHTS_INDEX_FILE} names it. Copy or download this shard.`,
        { cause: error },
      );
    }
    throw error;
  }
}

export interface ModelToWrite {
  /** Written to config.json as given. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Written to generation_config.json; null writes none. */
  readonly generationConfig: Readonly<Record<string, unknown>> | null;
  readonly tensors: readonly TensorToWrite[];
  /** Splits the weights into shards of at most this size; one file where missing. */
  readonly maxShardBytes?: number;
}

/**
 * Writes a Hugging Face model folder (no tokenizer files). Weights come last, so a folder with weights is complete.
 * @throws AppError disk_full
 */
export async function writeModelFolder(folder: string, model: ModelToWrite): Promise<void> {
  await mkdir(folder, { recursive: true });
  await replaceTextFile(path.join(folder, CONFIG_FILE), jsonText(model.config));
  if (model.generationConfig) {
    await replaceTextFile(path.join(folder, GENERATION_CONFIG_FILE), jsonText(model.generationConfig));
  }
  const shards = splitIntoShards(model.tensors, model.maxShardBytes ?? Infinity);
  if (shards.length <= 1) {
    await writeSafetensors(path.join(folder, WEIGHTS_FILE), model.tensors);
    return;
  }
  const total = String(shards.length).padStart(5, "0");
  const weightMap: Record<string, string> = {};
  for (const [i, tensors] of shards.entries()) {
    const shardName = `model-${String(i + 1).padStart(5, "0")}-of-${total}.safetensors`;
    await writeSafetensors(path.join(folder, shardName), tensors);
    for (const { name } of tensors) weightMap[name] = shardName;
  }
  const index = { metadata: { total_size: totalBytes(model.tensors) }, weight_map: weightMap };
  await replaceTextFile(path.join(folder, WEIGHTS_INDEX_FILE), jsonText(index));
}

/** As transformers writes its JSON files: two spaces, a newline at the end. */
function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function byteCount({ shape, dtype }: TensorToWrite): number {
  return elementCount(shape) * ELEMENT_BYTES[dtype]!;
}

function totalBytes(tensors: readonly TensorToWrite[]): number {
  return tensors.reduce((sum, tensor) => sum + byteCount(tensor), 0);
}

function splitIntoShards(tensors: readonly TensorToWrite[], maxBytes: number): TensorToWrite[][] {
  const shards: TensorToWrite[][] = [];
  let bytes = Infinity;
  for (const tensor of tensors) {
    bytes += byteCount(tensor);
    if (bytes > maxBytes || shards.length === 0) {
      shards.push([]);
      bytes = byteCount(tensor);
    }
    shards.at(-1)!.push(tensor);
  }
  return shards;
}
