/**
 * Adapter folders as PEFT 0.18 writes and reads them: adapter_config.json, adapter_model.safetensors, and for PiSSA the
 * folder pissa_init with what A and B began as. It knows PEFT's names, not how adapters compute.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { readJsonObject } from "../checkpoint/json-file";
import {
  openSafetensors,
  writeSafetensors,
  type SafetensorsFile,
  type TensorToWrite,
} from "../checkpoint/safetensors";
import type { HostTensor } from "../executor/executor";
import { zeroTensor } from "../executor/zero-tensor";
import type { Decoder } from "../models/family";
import { expectedTensors } from "../models/weights";
import type { Adapter, LinearChange, LoraLinear, LowRank, OftLinear } from "./adapter";
import { loraScaling } from "./lora";
import { elementsAbove } from "./linear-adapter";
import { cutInputs } from "./oft";
import { peftConfig, readPeftConfig, type PeftConfig } from "./peft-config";
import { allLinears, fits, linearOf, moduleOf, targetModules } from "./target-modules";
import { untied } from "./tied-head";

export const ADAPTER_CONFIG_FILE = "adapter_config.json";
export const ADAPTER_WEIGHTS_FILE = "adapter_model.safetensors";
/** As LLaMA-Factory names it. */
const PISSA_INIT_FOLDER = "pissa_init";

/** PEFT wraps a model twice; its tensor names show both. */
const WRAPPERS = "base_model.model.";
/** Endings of the tensors of adapters on linears; every other tensor is one of the base's, trained whole. */
const ADAPTER_TENSOR = /\.(lora_\w+|oft_\w+)(\.weight)?$/;

/** PEFT's name of a tensor: "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight". */
export function peftTensorName(name: string): string {
  return WRAPPERS + name;
}

/** The model's name of a tensor that PEFT has stored under this one. */
function modelTensorName(stored: string): string {
  return stored.startsWith(WRAPPERS) ? stored.slice(WRAPPERS.length) : stored;
}

/** The tensors of a linear's adapter that are trained, by their names in the model. */
export function trainedTensors(change: LinearChange): [name: string, tensor: HostTensor][] {
  if (change.kind === "oft") return [[`${change.module}.oft_R.weight`, change.rotation]];
  const { module, a, b, magnitude } = change;
  return [
    ...lowRankTensors(module, { a, b }),
    ...(magnitude ? [[`${module}.lora_magnitude_vector`, magnitude] as [string, HostTensor]] : []),
  ];
}

function lowRankTensors(module: string, { a, b }: LowRank): [name: string, tensor: HostTensor][] {
  return [
    [`${module}.lora_A.weight`, a],
    [`${module}.lora_B.weight`, b],
  ];
}

/**
 * Reads an adapter made for `decoder`. Its tensors are fresh arrays of float32. A PiSSA adapter without its beginning
 * beside it has beginnings of zero, which `adapter-folders` makes good.
 * @throws AppError not_found without such a folder; unsupported for a kind of adapter that is not there;
 *   checkpoint_malformed naming file and tensor where it does not fit the model
 */
export async function readAdapter(
  folder: string,
  decoder: Decoder,
): Promise<{ adapter: Adapter; beginsUnknown: boolean }> {
  const configFile = path.join(folder, ADAPTER_CONFIG_FILE);
  const config = await readJsonObject(configFile);
  if (!config) {
    throw new AppError(
      "not_found",
      `${configFile} is missing: ${folder} holds no PEFT adapter. Choose a run's folder or one of its checkpoints.`,
    );
  }
  const peft = readPeftConfig(configFile, config);
  const file = await openSafetensors(path.join(folder, ADAPTER_WEIGHTS_FILE));
  try {
    const modules = adaptedModules(file, peft, decoder);
    const linears: LinearChange[] = [];
    for (const module of modules) linears.push(await readLinear(file, module, { peft, decoder }));
    const saved = await readSaved(file, decoder);
    const settings = { ...peft.settings, target: peft.completeTarget ?? modules };
    const begins = peft.settings.kind === "lora" && peft.settings.pissa;
    const beginsUnknown = begins && !(await readBeginnings(folder, linears));
    return { adapter: { settings, linears, saved }, beginsUnknown };
  } finally {
    await file.close();
  }
}

/** In the model's order. What the configuration names must be in the file; else the file alone tells. */
function adaptedModules(file: SafetensorsFile, peft: PeftConfig, decoder: Decoder): string[] {
  const { completeTarget, settings } = peft;
  const found = new Set<string>();
  for (const name of file.tensors.keys()) {
    const inner = modelTensorName(name);
    if (ADAPTER_TENSOR.test(inner)) found.add(inner.replace(ADAPTER_TENSOR, ""));
  }
  const known = allLinears(decoder);
  const foreign = [...found].find((module) => !known.includes(module));
  if (foreign !== undefined) {
    throw new AppError(
      "checkpoint_malformed",
      `${file.path}: it adapts "${foreign}", which is no linear of a block of this ${decoder.family} model. The adapter belongs to another model, or adapts embeddings, which only the llamafactory engine does.`,
    );
  }
  if (completeTarget === null) return known.filter((module) => found.has(module));
  const saved = settings.modulesToSave;
  return targetModules(decoder, completeTarget, `${file.path}: target_modules`).filter(
    (module) => found.has(module) || !saved.some((name) => fits(module, name)),
  );
}

async function readLinear(
  file: SafetensorsFile,
  module: string,
  { peft, decoder }: { peft: PeftConfig; decoder: Decoder },
): Promise<LinearChange> {
  const { inputs, outputs } = linearOf(decoder, module);
  const read = (name: string, shape: readonly number[]) =>
    readTensor(file, peftTensorName(`${module}.${name}`), shape);
  if (peft.settings.kind === "oft") {
    const { rank, blockSize, terms } = peft.settings;
    const cut = cutInputs(inputs, { rank, blockSize });
    const rotation = await read("oft_R.weight", [cut.blocks, elementsAbove(cut.blockSize)]);
    return { kind: "oft", module, ...cut, terms, rotation } satisfies OftLinear;
  }
  const { rslora, dora } = peft.settings;
  const rank = peft.rankOf(module);
  return {
    kind: "lora",
    ...{ module, rank },
    scaling: loraScaling(rank, peft.alphaOf(module), rslora),
    a: await read("lora_A.weight", [rank, inputs]),
    b: await read("lora_B.weight", [outputs, rank]),
    magnitude: dora ? await read("lora_magnitude_vector", [outputs]) : null,
    initial: null,
  } satisfies LoraLinear;
}

/** Base tensors that the adapter holds whole, by their names in the base. */
async function readSaved(file: SafetensorsFile, decoder: Decoder): Promise<Map<string, HostTensor>> {
  const shapes = expectedTensors(untied(decoder));
  const saved = new Map<string, HostTensor>();
  for (const stored of file.tensors.keys()) {
    const name = modelTensorName(stored);
    if (ADAPTER_TENSOR.test(name)) continue;
    const shape = shapes.get(name);
    if (!shape) {
      throw new AppError(
        "checkpoint_malformed",
        `${file.path}: this ${decoder.family} model has no tensor "${name}". The adapter belongs to another model.`,
      );
    }
    saved.set(name, await readTensor(file, stored, shape));
  }
  return saved;
}

async function readTensor(
  file: SafetensorsFile,
  name: string,
  shape: readonly number[],
): Promise<HostTensor> {
  const found = file.tensors.get(name);
  if (found && found.shape.join() !== shape.join()) {
    throw new AppError(
      "checkpoint_malformed",
      `${file.path}: "${name}" has the shape [${found.shape.join(", ")}], this model needs [${shape.join(", ")}]. The adapter belongs to another model.`,
    );
  }
  return { data: await file.read(name), shape, dtype: "float32" };
}

/** Gives every linear its beginning. @returns false where the folder does not hold them, which leaves them zero */
async function readBeginnings(folder: string, linears: LinearChange[]): Promise<boolean> {
  const weights = path.join(folder, PISSA_INIT_FOLDER, ADAPTER_WEIGHTS_FILE);
  const file = existsSync(weights) ? await openSafetensors(weights) : null;
  try {
    for (const [i, linear] of linears.entries()) {
      if (linear.kind !== "lora") continue;
      const read = async (part: "a" | "b"): Promise<HostTensor> => {
        const { shape } = linear[part];
        if (!file) return zeroTensor(shape);
        const name = `${linear.module}.lora_${part.toUpperCase()}.weight`;
        return readTensor(file, peftTensorName(name), shape);
      };
      const initial: LowRank = { a: await read("a"), b: await read("b") };
      linears[i] = { ...linear, initial };
    }
  } finally {
    await file?.close();
  }
  return file !== null;
}

export interface AdapterToWrite {
  readonly adapter: Adapter;
  /** Path or name of the base model, for PEFT to find it again. */
  readonly baseModel: string;
  readonly decoder: Decoder;
}

/**
 * Writes the folder that PEFT's from_pretrained loads, and beside a PiSSA adapter what it began as. The configuration
 * comes last: with it the folder is complete.
 */
export async function writeAdapter(
  folder: string,
  { adapter, baseModel, decoder }: AdapterToWrite,
): Promise<void> {
  const { settings, linears, saved } = adapter;
  const fanInFanOut = Object.values(decoder.linears).some((linear) => linear.storedTransposed === true);
  const beginnings = linears.flatMap((linear) =>
    linear.kind === "lora" && linear.initial
      ? lowRankTensors(linear.module, linear.initial).map(([name, tensor]) => toWrite(name, tensor))
      : [],
  );
  const written = { settings, baseModel, fanInFanOut };
  if (beginnings.length > 0) {
    const config = peftConfig({ ...written, isBeginning: true });
    await writeFolder(path.join(folder, PISSA_INIT_FOLDER), beginnings, config);
  }
  const tensors = linears.flatMap((linear) => trainedTensors(linear).map((entry) => toWrite(...entry)));
  const whole = [...saved].map((entry) => toWrite(...entry));
  const modulesToSave = unmistakable(decoder, settings.modulesToSave, [...saved.keys()]);
  const config = peftConfig({ ...written, settings: { ...settings, modulesToSave } });
  await writeFolder(folder, [...tensors, ...whole], config);
}

function toWrite(name: string, { data, shape }: HostTensor): TensorToWrite {
  return { name: peftTensorName(name), shape, dtype: "F32", data: data as Float32Array };
}

async function writeFolder(
  folder: string,
  tensors: readonly TensorToWrite[],
  config: Record<string, unknown>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeSafetensors(path.join(folder, ADAPTER_WEIGHTS_FILE), tensors, { format: "pt" });
  await replaceTextFile(path.join(folder, ADAPTER_CONFIG_FILE), `${JSON.stringify(config, null, 2)}\n`);
}

/** PEFT takes whatever ends with a name, "norm" also for "input_layernorm": such names are written in full. */
function unmistakable(decoder: Decoder, names: readonly string[], saved: readonly string[]): string[] {
  const all = [...expectedTensors(untied(decoder)).keys()].map(moduleOf);
  return names.flatMap((name) =>
    all.every((module) => fits(module, name) || !module.endsWith(name))
      ? [name]
      : [...new Set(saved.map(moduleOf))].filter((module) => fits(module, name)),
  );
}
