/**
 * Settings that stand for other arguments than one of their own name: a choice for several switches, a name for a file.
 * Each says what it writes for the form, and what of a configuration it takes over. Pure.
 */
import { isOn, textOf } from "@/server/contract/configuration-values";
import { parseZeroConfigPath, zeroConfigPath } from "@/server/contract/zero-config";
import { numberOrText, parseShare } from "./field-text";
import type { TrainForm } from "./form-defaults";
import type { SettingName } from "./settings-table";

type Config = Readonly<Record<string, unknown>>;

export interface Composite {
  /** The arguments whose problems belong to this setting. */
  readonly arguments: readonly string[];
  readonly write: (form: TrainForm) => Config;
  /** The control's value for a configuration, and the arguments which that value says in full. */
  readonly read: (config: Config) => { value: string | boolean; taken: readonly string[] };
}

const PRECISIONS = ["pure_bf16", "bf16", "fp16"] as const;
const HUBS = { modelscope: "USE_MODELSCOPE_HUB", openmind: "USE_OPENMIND_HUB" } as const;
const BOOSTERS = { unsloth: "use_unsloth", liger_kernel: "enable_liger_kernel" } as const;
const ATTENTIONS = { flashattn2: "fa2", fa3: "fa3", sdpa: "sdpa", disabled: "disabled" } as const;

const compute_type: Composite = {
  arguments: PRECISIONS,
  write: ({ compute_type: chosen }) => (chosen === "fp32" ? {} : { [chosen]: true }),
  read: (config) => ({
    value: PRECISIONS.find((name) => isOn(config[name])) ?? "fp32",
    taken: PRECISIONS,
  }),
};

const booster: Composite = {
  arguments: ["flash_attn", ...Object.values(BOOSTERS)],
  write({ booster: chosen }) {
    if (chosen in BOOSTERS) return { [BOOSTERS[chosen as keyof typeof BOOSTERS]]: true };
    if (chosen in ATTENTIONS) return { flash_attn: ATTENTIONS[chosen as keyof typeof ATTENTIONS] };
    return {};
  },
  read(config) {
    const kernel = Object.entries(BOOSTERS).find(([, name]) => isOn(config[name]));
    const switches = Object.values(BOOSTERS).filter((name) => name === kernel?.[1] || !isOn(config[name]));
    const attention = textOf(config["flash_attn"]) || "auto";
    if (kernel)
      return { value: kernel[0], taken: attention === "auto" ? [...switches, "flash_attn"] : switches };
    const known = Object.entries(ATTENTIONS).find(([, value]) => value === attention);
    if (known || attention === "auto")
      return { value: known?.[0] ?? "auto", taken: [...switches, "flash_attn"] };
    return { value: "auto", taken: switches };
  },
};

const hub_name: Composite = {
  arguments: Object.values(HUBS),
  write: ({ hub_name: chosen }) => (chosen in HUBS ? { [HUBS[chosen as keyof typeof HUBS]]: true } : {}),
  read: (config) => ({
    value: Object.entries(HUBS).find(([, name]) => isOn(config[name]))?.[0] ?? "huggingface",
    taken: Object.values(HUBS),
  }),
};

const ds_stage: Composite = {
  arguments: ["deepspeed"],
  write: ({ ds_stage: chosen, ds_offload: offload }) =>
    chosen === "2" || chosen === "3"
      ? { deepspeed: zeroConfigPath({ stage: chosen === "3" ? 3 : 2, offload }) }
      : {},
  read(config) {
    const zero = parseZeroConfigPath(config["deepspeed"]);
    return zero ? { value: String(zero.stage), taken: ["deepspeed"] } : { value: "", taken: [] };
  },
};

const ds_offload: Composite = {
  arguments: [],
  write: () => ({}),
  read: (config) => ({ value: parseZeroConfigPath(config["deepspeed"])?.offload ?? false, taken: [] }),
};

const packing: Composite = {
  arguments: ["packing"],
  // Said outright it is written even where it is the default: LLaMA-Factory packs in pre-training where nothing is said.
  write: ({ packing: chosen }) => (chosen === "auto" ? {} : { packing: chosen === "true" }),
  read: ({ packing: value }) => ({ value: textOf(value) || "auto", taken: ["packing"] }),
};

/** Whether there is something to validate on, as far as the form's own fields say. */
function hasValidationRows(form: TrainForm): boolean {
  return parseShare(form.val_size) !== 0 || form.eval_dataset.trim() !== "";
}

/** "auto" is LLaMA Board's way: once there is something to validate on, at every save. */
const eval_strategy: Composite = {
  arguments: ["eval_strategy"],
  write(form) {
    if (form.eval_strategy !== "auto") {
      return form.eval_strategy === "no" ? {} : { eval_strategy: form.eval_strategy };
    }
    if (!hasValidationRows(form) || form.stage === "ppo") return {};
    return {
      eval_strategy: "steps",
      eval_steps: numberOrText(form.eval_steps.trim() || form.save_steps.trim()),
    };
  },
  read(config) {
    // YAML 1.1 reads a bare "no" as false.
    const strategy = textOf(config["eval_strategy"]).replace(/^(false)?$/, "no");
    const validates = Boolean(config["eval_dataset"]) || Number(config["val_size"] ?? 0) > 0;
    const like = strategy === "steps" && validates && config["eval_steps"] !== undefined;
    if (like || (strategy === "no" && !validates)) return { value: "auto", taken: ["eval_strategy"] };
    return { value: strategy, taken: ["eval_strategy"] };
  },
};

const eval_steps: Composite = {
  arguments: ["eval_steps"],
  write: (form) =>
    form.eval_steps.trim() === "" ? {} : { eval_steps: numberOrText(form.eval_steps.trim()) },
  read: (config) => ({
    value:
      config["eval_steps"] === config["save_steps"] && eval_strategy.read(config).value === "auto"
        ? ""
        : textOf(config["eval_steps"]),
    taken: ["eval_steps"],
  }),
};

/** LLaMA Board validates with the training's batch size; where nothing is validated it writes none. */
const per_device_eval_batch_size: Composite = {
  arguments: ["per_device_eval_batch_size"],
  write: (form) =>
    hasValidationRows(form)
      ? { per_device_eval_batch_size: numberOrText(form.per_device_eval_batch_size.trim()) }
      : {},
  read: (config) => ({
    value: textOf(config["per_device_eval_batch_size"]) || "8",
    taken: ["per_device_eval_batch_size"],
  }),
};

/** One prompt per line, a file's path, or any list as JSON. */
const sample_prompts: Composite = {
  arguments: ["sample_prompts"],
  write({ sample_prompts: written }) {
    const trimmed = written.trim();
    if (trimmed === "") return {};
    if (/^\S+\.jsonl?$/.test(trimmed)) return { sample_prompts: trimmed };
    if (trimmed.startsWith("[")) {
      try {
        const list: unknown = JSON.parse(trimmed);
        if (Array.isArray(list)) return { sample_prompts: list };
      } catch {
        // A line that only begins like a list is a prompt like any other.
      }
    }
    const prompts = trimmed.split("\n").map((line) => line.trim());
    return { sample_prompts: prompts.filter((line) => line !== "") };
  },
  read({ sample_prompts: value }) {
    const taken = ["sample_prompts"];
    if (!Array.isArray(value)) return { value: textOf(value), taken };
    const plain = value.every((each) => typeof each === "string" && !/\n|^\[/.test(each));
    return { value: plain ? value.join("\n") : JSON.stringify(value, null, 1), taken };
  },
};

export const COMPOSITES: Partial<Readonly<Record<SettingName, Composite>>> = {
  compute_type,
  booster,
  hub_name,
  ds_stage,
  ds_offload,
  packing,
  eval_strategy,
  eval_steps,
  per_device_eval_batch_size,
  sample_prompts,
};
