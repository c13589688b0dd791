/**
 * Adapter folders as PEFT 0.18 writes and reads them: adapter_config.json and adapter_model.safetensors. It knows PEFT's
 * names and keys, not how adapters compute.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { readJsonObject } from "../checkpoint/json-file";
import { openSafetensors, writeSafetensors, type SafetensorsFile } from "../checkpoint/safetensors";
import type { HostTensor } from "../executor/executor";
import type { Decoder } from "../models/family";
import { linearOf, targetModules, type LoraLinear } from "./lora";

export const ADAPTER_CONFIG_FILE = "adapter_config.json";
export const ADAPTER_WEIGHTS_FILE = "adapter_model.safetensors";

/** PEFT wraps a model twice; its tensor names show both. */
const WRAPPERS = "base_model.model.";

export interface LoraAdapter {
  readonly linears: readonly LoraLinear[];
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  /** target_modules as in the file. */
  readonly target: readonly string[];
  readonly rslora: boolean;
}

/** PEFT's name of a tensor of `module`: "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight". */
export function peftTensorName(module: string, tensor: "lora_A" | "lora_B"): string {
  return `${WRAPPERS}${module}.${tensor}.weight`;
}

/** What B A is multiplied by. https://arxiv.org/abs/2312.03732 for rslora */
export function loraScaling(rank: number, alpha: number, rslora: boolean): number {
  return rslora ? alpha / Math.sqrt(rank) : alpha / rank;
}

/** adapter_config.json's keys that ask for something which the embedded trainer does not have, and their idle values. */
const UNSUPPORTED_KEYS: Readonly<Record<string, string>> = {
  use_dora: "DoRA",
  use_qalora: "QALoRA",
  modules_to_save: "fully trained modules beside the LoRA",
  lora_bias: "biases in LoRA",
  layers_to_transform: "adapters on some layers only",
  layer_replication: "replicated layers",
  target_parameters: "adapters on bare parameters",
  trainable_token_indices: "trainable token rows",
  alora_invocation_tokens: "activated LoRA",
};

/**
 * Reads an adapter made for `decoder`. Its tensors are fresh arrays of float32.
 * @throws AppError not_found without such a folder; unsupported for a kind of adapter that is not there yet;
 *   checkpoint_malformed naming file and tensor where it does not fit the model
 */
export async function readLoraAdapter(folder: string, decoder: Decoder): Promise<LoraAdapter> {
  const configFile = path.join(folder, ADAPTER_CONFIG_FILE);
  const config = await readJsonObject(configFile);
  if (!config) {
    throw new AppError(
      "not_found",
      `${configFile} is missing: ${folder} holds no PEFT adapter. Choose a run's folder or one of its checkpoints.`,
    );
  }
  refuseUnsupported(configFile, config);
  const number = (key: string): number => {
    const value = config[key];
    if (typeof value === "number") return value;
    throw new AppError(
      "checkpoint_malformed",
      `${configFile}: "${key}" is ${JSON.stringify(value)}, it should be a number.`,
    );
  };
  const [rank, alpha, rslora] = [number("r"), number("lora_alpha"), config["use_rslora"] === true];
  const ranks = (config["rank_pattern"] ?? {}) as Record<string, number>;
  const alphas = (config["alpha_pattern"] ?? {}) as Record<string, number>;
  const target = (
    Array.isArray(config["target_modules"]) ? config["target_modules"] : [config["target_modules"]]
  ).map(String);
  const modules = targetModules(decoder, target[0] === "all-linear" ? "all" : target);
  const file = await openSafetensors(path.join(folder, ADAPTER_WEIGHTS_FILE));
  try {
    const linears: LoraLinear[] = [];
    for (const module of modules) {
      const r = patternValue(ranks, module) ?? rank;
      const scaling = loraScaling(r, patternValue(alphas, module) ?? alpha, rslora);
      const { inputs, outputs } = linearOf(decoder, module);
      const a = await readTensor(file, peftTensorName(module, "lora_A"), [r, inputs]);
      const b = await readTensor(file, peftTensorName(module, "lora_B"), [outputs, r]);
      linears.push({ module, rank: r, scaling, a, b });
    }
    return { linears, rank, alpha, dropout: Number(config["lora_dropout"] ?? 0), target, rslora };
  } finally {
    await file.close();
  }
}

function refuseUnsupported(file: string, config: Readonly<Record<string, unknown>>): void {
  if (config["peft_type"] !== "LORA") {
    throw new AppError(
      "unsupported",
      `${file}: adapters of type ${JSON.stringify(config["peft_type"])} are not supported, only LORA. Use the llamafactory engine.`,
    );
  }
  for (const [key, what] of Object.entries(UNSUPPORTED_KEYS)) {
    if (config[key] === null || config[key] === undefined || config[key] === false) continue;
    throw new AppError(
      "unsupported",
      `${file}: ${what} (${key}) cannot be loaded. Use the llamafactory engine.`,
    );
  }
  if ((config["bias"] ?? "none") !== "none") {
    throw new AppError(
      "unsupported",
      `${file}: trained biases (bias) cannot be loaded. Use the llamafactory engine.`,
    );
  }
}

/** PEFT's rank_pattern and alpha_pattern name modules by their endings. */
function patternValue(pattern: Readonly<Record<string, number>>, module: string): number | undefined {
  return Object.entries(pattern).find(([ending]) => module === ending || module.endsWith(`.${ending}`))?.[1];
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

export interface LoraToWrite {
  readonly linears: readonly LoraLinear[];
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  readonly target: readonly string[];
  readonly rslora: boolean;
  /** Path or name of the base model, for PEFT to find it again. */
  readonly baseModel: string;
  /** Whether the model's linears are stored [inputs, outputs] (GPT-2). */
  readonly fanInFanOut: boolean;
}

/** Writes the folder that PEFT's from_pretrained loads. The configuration comes last: with it the folder is complete. */
export async function writeLoraAdapter(folder: string, adapter: LoraToWrite): Promise<void> {
  await mkdir(folder, { recursive: true });
  const tensors = adapter.linears.flatMap(({ module, a, b }) => [
    {
      name: peftTensorName(module, "lora_A"),
      shape: a.shape,
      dtype: "F32" as const,
      data: a.data as Float32Array,
    },
    {
      name: peftTensorName(module, "lora_B"),
      shape: b.shape,
      dtype: "F32" as const,
      data: b.data as Float32Array,
    },
  ]);
  await writeSafetensors(path.join(folder, ADAPTER_WEIGHTS_FILE), tensors);
  await replaceTextFile(
    path.join(folder, ADAPTER_CONFIG_FILE),
    `${JSON.stringify(adapterConfig(adapter), null, 2)}\n`,
  );
}

/** Every key that PEFT 0.18.1 writes, sorted as it sorts them. */
function adapterConfig(adapter: LoraToWrite): Record<string, unknown> {
  return {
    alora_invocation_tokens: null,
    alpha_pattern: {},
    arrow_config: null,
    auto_mapping: null,
    base_model_name_or_path: adapter.baseModel,
    bias: "none",
    corda_config: null,
    ensure_weight_tying: false,
    eva_config: null,
    exclude_modules: null,
    fan_in_fan_out: adapter.fanInFanOut,
    inference_mode: true,
    init_lora_weights: true,
    layer_replication: null,
    layers_pattern: null,
    layers_to_transform: null,
    loftq_config: {},
    lora_alpha: adapter.alpha,
    lora_bias: false,
    lora_dropout: adapter.dropout,
    megatron_config: null,
    megatron_core: "megatron.core",
    modules_to_save: null,
    peft_type: "LORA",
    peft_version: "0.18.1",
    qalora_group_size: 16,
    r: adapter.rank,
    rank_pattern: {},
    revision: null,
    target_modules: adapter.target,
    target_parameters: null,
    task_type: "CAUSAL_LM",
    trainable_token_indices: null,
    use_dora: false,
    use_qalora: false,
    use_rslora: adapter.rslora,
  };
}
