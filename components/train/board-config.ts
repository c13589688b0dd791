/**
 * LLaMA Board's saved settings (`llamaboard_config.yaml`, keys such as `train.learning_rate`) as a training
 * configuration. Its keys are the names of controls; most carry the argument's name, the others are listed here.
 */
import { textOf } from "@/server/contract/configuration-values";
import { zeroConfigPath } from "@/server/contract/zero-config";
import { productOrText } from "./field-text";
import { parseYaml } from "./yaml-text";

type Config = Record<string, unknown>;

const ARGUMENT_OF: Readonly<Record<string, string>> = {
  "train.batch_size": "per_device_train_batch_size",
  "train.neftune_alpha": "neftune_noise_alpha",
  "train.use_pissa": "pissa_init",
};

const STAGES: Readonly<Record<string, string>> = {
  "Supervised Fine-Tuning": "sft",
  "Reward Modeling": "rm",
  PPO: "ppo",
  DPO: "dpo",
  KTO: "kto",
  "Pre-Training": "pt",
};

const BOOSTERS: Readonly<Record<string, Config>> = {
  flashattn2: { flash_attn: "fa2" },
  unsloth: { use_unsloth: true },
  liger_kernel: { enable_liger_kernel: true },
};

/** Written by LLaMA Board even where they are off. */
const KEPT_WHEN_FALSE: ReadonlySet<string> = new Set([
  "packing",
  "enable_thinking",
  "freeze_vision_tower",
  "freeze_multi_modal_projector",
]);
/** Where a slider at zero means "not at all". */
const ONLY_ABOVE_ZERO: ReadonlySet<string> = new Set(["neftune_alpha", "loraplus_lr_ratio"]);

/** Of LLaMA Board's groups, which switch lets it write one; without it what stands there means nothing. */
const SWITCH_OF: readonly (readonly [prefix: RegExp, on: (settings: Config) => boolean])[] = [
  [/^galore_/, (settings) => settings["train.use_galore"] === true],
  [/^apollo_/, (settings) => settings["train.use_apollo"] === true],
  [/^badam_/, (settings) => settings["train.use_badam"] === true],
  [/^swanlab_/, (settings) => settings["train.use_swanlab"] === true],
  [/^(project|trackio_space_id|hub_private_repo)$/, () => false],
];

/** Whether a mapping is one of LLaMA Board's. */
export function isBoardConfig(config: Config): boolean {
  return Object.keys(config).some((name) => /^(top|train)\./.test(name));
}

/**
 * The configuration that LLaMA Board would start with these settings. The model's path is not in them: LLaMA Board keeps
 * it elsewhere, so the caller's model stays.
 */
export function boardToConfig(settings: Config): Config {
  const config: Config = {};
  for (const [key, value] of Object.entries(settings)) {
    const [, tab, name = ""] = /^(top|train|eval|infer|export)\.(.+)$/.exec(key) ?? [];
    if (tab === undefined) config[key] = value;
    if (tab !== "top" && tab !== "train") continue;
    if (key in BY_HAND || (isMeaningless(value) && !KEPT_WHEN_FALSE.has(name))) continue;
    if (value === 0 && ONLY_ABOVE_ZERO.has(name)) continue;
    if (SWITCH_OF.some(([prefix, isOn]) => prefix.test(name) && !isOn(settings))) continue;
    config[ARGUMENT_OF[key] ?? name] = /_pixels$/.test(name) ? productOrText(textOf(value)) : plain(value);
  }
  for (const [key, take] of Object.entries(BY_HAND)) {
    if (key in settings) Object.assign(config, take(settings[key], settings));
  }
  if (config["pissa_init"] === true) config["pissa_convert"] = true;
  return config;
}

/** Controls whose value says an argument in other words, or none. */
const BY_HAND: Readonly<Record<string, (value: unknown, settings: Config) => Config>> = {
  "top.lang": () => ({}),
  "top.model_name": () => ({}),
  "top.hub_name": (value) =>
    value === "modelscope"
      ? { USE_MODELSCOPE_HUB: true }
      : value === "openmind"
        ? { USE_OPENMIND_HUB: true }
        : {},
  "top.booster": (value) => BOOSTERS[textOf(value)] ?? {},
  "top.quantization_bit": (value) => (value === "none" ? {} : { quantization_bit: Number(value) }),
  "top.quantization_method": (value, settings) =>
    (settings["top.quantization_bit"] ?? "none") === "none" ? {} : { quantization_method: value },
  "top.checkpoint_path": (value, settings) => {
    const names = (Array.isArray(value) ? value : [value]).map(textOf).filter((name) => name !== "");
    if (names.length === 0) return {};
    const folder = `saves/${textOf(settings["top.model_name"])}/${textOf(settings["top.finetuning_type"])}`;
    return {
      adapter_name_or_path: names.map((name) => (/[\\/]/.test(name) ? name : `${folder}/${name}`)).join(","),
    };
  },
  "train.training_stage": (value) => ({ stage: STAGES[textOf(value)] ?? value }),
  "train.compute_type": (value) => (value === "fp32" ? {} : { [textOf(value)]: true }),
  "train.ds_stage": (value, settings) =>
    ["2", "3"].includes(textOf(value))
      ? {
          deepspeed: zeroConfigPath({
            stage: textOf(value) === "3" ? 3 : 2,
            offload: settings["train.ds_offload"] === true,
          }),
        }
      : {},
  "train.ds_offload": () => ({}),
  "train.swanlab_link": () => ({}),
  "train.val_size": (value, settings) =>
    Number(value) > 1e-6
      ? {
          val_size: Number(value),
          eval_strategy: "steps",
          eval_steps: settings["train.save_steps"] ?? 100,
          per_device_eval_batch_size: settings["train.batch_size"] ?? 2,
        }
      : {},
  "train.extra_args": (value) => {
    const extra: unknown = parseYaml(textOf(value) || "{}");
    return typeof extra === "object" && extra !== null ? (extra as Config) : {};
  },
};

function isMeaningless(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    value === "none" ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Lists with commas, and numbers that stand in text fields as numbers. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textOf).join(",");
  if (typeof value !== "string") return value;
  return value.trim() !== "" && !Number.isNaN(Number(value)) ? Number(value) : value;
}
