/**
 * adapter_config.json as PEFT 0.18 writes and reads it: its keys for LoRA and OFT, what of them can be computed here, and
 * the settings that they mean. It does not read tensors.
 */
import { AppError } from "../../contract/errors";
import type { AdapterSettings, LoraSettings, OftSettings } from "./adapter";
import { CAYLEY_TERMS } from "./oft";

type Config = Readonly<Record<string, unknown>>;

/** What the file says beside the settings. */
export interface PeftConfig {
  readonly settings: AdapterSettings;
  /** PEFT's target_modules where it is a plain list that leaves no module out; null: the weight file tells. */
  readonly completeTarget: readonly string[] | null;
  /** PEFT's rank_pattern and alpha_pattern for one module. */
  readonly rankOf: (module: string) => number;
  readonly alphaOf: (module: string) => number;
}

/** Keys that ask for something which the embedded trainer does not compute; their idle values are accepted. */
const UNSUPPORTED_KEYS: Readonly<Record<string, string>> = {
  use_qalora: "QALoRA",
  lora_bias: "biases in LoRA",
  layer_replication: "replicated layers",
  target_parameters: "adapters on bare parameters",
  trainable_token_indices: "trainable token rows",
  alora_invocation_tokens: "activated LoRA",
  arrow_config: "Arrow routing",
  coft: "constrained OFT",
  block_share: "rotations shared between blocks",
};

/**
 * Reads the settings.
 * @param file names it in messages
 * @throws AppError unsupported for a kind of adapter that is not there; checkpoint_malformed for a missing key
 */
export function readPeftConfig(file: string, config: Config): PeftConfig {
  refuseUnsupported(file, config);
  const number = (key: string): number => {
    const value = config[key];
    if (typeof value === "number") return value;
    const found = value === undefined ? "is missing" : `is ${JSON.stringify(value)}`;
    throw new AppError("checkpoint_malformed", `${file}: "${key}" ${found}, it should be a number.`);
  };
  const target = [config["target_modules"] ?? []].flat().map(String);
  const shared = { target, modulesToSave: [config["modules_to_save"] ?? []].flat().map(String) };
  const settings: AdapterSettings =
    config["peft_type"] === "OFT"
      ? {
          kind: "oft",
          ...shared,
          rank: number("r"),
          blockSize: number("oft_block_size"),
          dropout: Number(config["module_dropout"] ?? 0),
          terms: neumannTerms(file, config),
        }
      : {
          kind: "lora",
          ...shared,
          rank: number("r"),
          alpha: number("lora_alpha"),
          dropout: Number(config["lora_dropout"] ?? 0),
          rslora: config["use_rslora"] === true,
          dora: config["use_dora"] === true,
          pissa: isPissa(file, config["init_lora_weights"]),
        };
  const isPlain =
    Array.isArray(config["target_modules"]) &&
    ["exclude_modules", "layers_to_transform"].every((key) => isIdle(config[key]));
  const { rank } = settings;
  const alpha = settings.kind === "lora" ? settings.alpha : 0;
  return {
    settings,
    completeTarget: isPlain ? target : null,
    rankOf: (module) => patternValue(config["rank_pattern"], module) ?? rank,
    alphaOf: (module) => patternValue(config["alpha_pattern"], module) ?? alpha,
  };
}

function refuseUnsupported(file: string, config: Config): void {
  const type = config["peft_type"];
  if (type === undefined) {
    throw new AppError(
      "checkpoint_malformed",
      `${file}: "peft_type" is missing, so it is not known what kind of adapter this is. It should be LORA or OFT.`,
    );
  }
  if (type !== "LORA" && type !== "OFT") {
    throw new AppError(
      "unsupported",
      `${file}: adapters of type ${JSON.stringify(type)} are not supported, only LORA and OFT. Use the llamafactory engine.`,
    );
  }
  for (const [key, what] of Object.entries(UNSUPPORTED_KEYS)) {
    if (isIdle(config[key])) continue;
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

function isIdle(value: unknown): boolean {
  return value === null || value === undefined || value === false;
}

/**
 * Whether the base is without what A and B began as. Other beginnings that change the base cannot be undone, because
 * nobody keeps what they took from it.
 */
function isPissa(file: string, init: unknown): boolean {
  const text = typeof init === "string" ? init : "default";
  if (/^pissa(_niter_\d+)?$/.test(text)) return true;
  if (!/^(olora|corda|eva|loftq|lora_ga)$/.test(text)) return false;
  if (text === "eva") return false;
  throw new AppError(
    "unsupported",
    `${file}: the base that belongs to this adapter was changed by its beginning (init_lora_weights ${text}). Convert it in PEFT with save_pretrained(…, path_initial_model_for_weight_conversion=…), or use the llamafactory engine.`,
  );
}

/** PEFT computes three terms as it does four. */
function neumannTerms(file: string, config: Config): number {
  if (config["use_cayley_neumann"] === false) {
    throw new AppError(
      "unsupported",
      `${file}: rotations by the exact Cayley transform (use_cayley_neumann false) cannot be loaded. Use the llamafactory engine.`,
    );
  }
  const terms = Number(config["num_cayley_neumann_terms"] ?? CAYLEY_TERMS);
  return terms === 3 ? 4 : terms;
}

/** Patterns name modules by their endings. */
function patternValue(pattern: unknown, module: string): number | undefined {
  const entries = Object.entries((pattern ?? {}) as Record<string, number>);
  return entries.find(([ending]) => module === ending || module.endsWith(`.${ending}`))?.[1];
}

export interface WrittenConfig {
  readonly settings: AdapterSettings;
  /** Path or name of the base model, for PEFT to find it again. */
  readonly baseModel: string;
  /** Whether the model's linears are stored [inputs, outputs] (GPT-2). */
  readonly fanInFanOut: boolean;
  /** Of which the file speaks: PiSSA's beginning is itself an adapter of the plain kind. */
  readonly isBeginning?: boolean;
}

/** Every key that PEFT 0.18.1 writes, sorted as it sorts them. */
export function peftConfig(written: WrittenConfig): Record<string, unknown> {
  const { settings } = written;
  return settings.kind === "oft" ? oftConfig(settings, written) : loraConfig(settings, written);
}

function loraConfig(settings: LoraSettings, written: WrittenConfig): Record<string, unknown> {
  return {
    alora_invocation_tokens: null,
    alpha_pattern: {},
    arrow_config: null,
    auto_mapping: null,
    base_model_name_or_path: written.baseModel,
    bias: "none",
    corda_config: null,
    ensure_weight_tying: false,
    eva_config: null,
    exclude_modules: null,
    fan_in_fan_out: written.fanInFanOut,
    inference_mode: true,
    init_lora_weights: settings.pissa && !written.isBeginning ? "pissa" : true,
    layer_replication: null,
    layers_pattern: null,
    layers_to_transform: null,
    loftq_config: {},
    lora_alpha: settings.alpha,
    lora_bias: false,
    lora_dropout: settings.dropout,
    megatron_config: null,
    megatron_core: "megatron.core",
    modules_to_save: listOrNull(settings.modulesToSave),
    peft_type: "LORA",
    peft_version: "0.18.1",
    qalora_group_size: 16,
    r: settings.rank,
    rank_pattern: {},
    revision: null,
    target_modules: settings.target,
    target_parameters: null,
    task_type: "CAUSAL_LM",
    trainable_token_indices: null,
    use_dora: settings.dora && !written.isBeginning,
    use_qalora: false,
    use_rslora: settings.rslora,
  };
}

function oftConfig(settings: OftSettings, written: WrittenConfig): Record<string, unknown> {
  return {
    auto_mapping: null,
    base_model_name_or_path: written.baseModel,
    bias: "none",
    block_share: false,
    coft: false,
    eps: 6e-5,
    exclude_modules: null,
    fan_in_fan_out: written.fanInFanOut,
    inference_mode: true,
    init_weights: true,
    layers_pattern: null,
    layers_to_transform: null,
    module_dropout: settings.dropout,
    modules_to_save: listOrNull(settings.modulesToSave),
    num_cayley_neumann_terms: settings.terms,
    oft_block_size: settings.blockSize,
    peft_type: "OFT",
    peft_version: "0.18.1",
    r: settings.rank,
    revision: null,
    target_modules: settings.target,
    task_type: "CAUSAL_LM",
    use_cayley_neumann: true,
  };
}

function listOrNull(names: readonly string[]): readonly string[] | null {
  return names.length > 0 ? names : null;
}
