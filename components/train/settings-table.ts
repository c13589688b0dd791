/**
 * Which settings the form shows, where, and with what kind of control: a data table. Words are in `components/i18n`,
 * defaults in `form-defaults.ts`.
 */
import { EMBEDDED_OPTIMIZERS, EMBEDDED_SCHEDULES } from "@/server/contract/embedded-arguments";
import { EXECUTORS, PREFERENCE_LOSSES } from "@/server/contract/train-config";
import type { FieldName, TrainForm } from "./form-defaults";

/** Settings that are one line of text, a choice or a switch; model, data and method have controls of their own. */
export type SettingName = Exclude<
  FieldName,
  | "name"
  | "model_name_or_path"
  | "adapter_name_or_path"
  | "template"
  | "dataset"
  | "finetuning_type"
  | "stage"
  | "val_size"
  | "extra"
>;

export type Control =
  | { kind: "number"; unit?: "tokens" | "steps" | "rows" }
  | { kind: "rate" }
  | { kind: "text" }
  | { kind: "switch" }
  | { kind: "choice"; choices: readonly string[] };

export type SettingGroup = "lora" | "preference" | "numbers" | MoreGroup;
export const MORE_GROUPS = ["optimiser", "text", "variants", "saving", "logging"] as const;
export type MoreGroup = (typeof MORE_GROUPS)[number];

export interface Setting {
  group: SettingGroup;
  control: Control;
  /** The stages that look at it, where not all do. */
  stages?: readonly string[];
}

const number = (group: SettingGroup, unit?: "tokens" | "steps" | "rows"): Setting => ({
  group,
  control: { kind: "number", unit },
});
const choice = (group: SettingGroup, choices: readonly string[]): Setting => ({
  group,
  control: { kind: "choice", choices },
});
const toggle = (group: SettingGroup): Setting => ({ group, control: { kind: "switch" } });
const text = (group: SettingGroup): Setting => ({ group, control: { kind: "text" } });

export const SETTINGS: Readonly<Record<SettingName, Setting>> = {
  lora_rank: number("lora"),
  lora_alpha: number("lora"),
  lora_dropout: number("lora"),
  lora_target: text("lora"),

  pref_loss: { ...choice("preference", PREFERENCE_LOSSES), stages: ["dpo"] },
  pref_beta: { ...number("preference"), stages: ["dpo", "kto"] },
  pref_ftx: { ...number("preference"), stages: ["dpo", "kto"] },
  dpo_label_smoothing: { ...number("preference"), stages: ["dpo"] },
  simpo_gamma: { ...number("preference"), stages: ["dpo"] },
  kto_chosen_weight: { ...number("preference"), stages: ["kto"] },
  kto_rejected_weight: { ...number("preference"), stages: ["kto"] },

  learning_rate: { group: "numbers", control: { kind: "rate" } },
  num_train_epochs: number("numbers"),
  per_device_train_batch_size: number("numbers"),
  gradient_accumulation_steps: number("numbers"),
  cutoff_len: number("numbers", "tokens"),
  lr_scheduler_type: choice("numbers", EMBEDDED_SCHEDULES),
  warmup_steps: number("numbers", "steps"),
  save_steps: number("numbers", "steps"),
  compute_type: choice("numbers", ["fp32", "bf16", "fp16", "pure_bf16"]),
  max_grad_norm: number("numbers"),
  seed: number("numbers"),
  max_samples: number("numbers", "rows"),

  optim: choice("optimiser", EMBEDDED_OPTIMIZERS),
  weight_decay: number("optimiser"),
  adam_beta1: number("optimiser"),
  adam_beta2: number("optimiser"),
  adam_epsilon: number("optimiser"),
  max_steps: number("optimiser", "steps"),
  warmup_ratio: number("optimiser"),
  executor: choice("optimiser", EXECUTORS),

  packing: choice("text", ["auto", "true", "false"]),
  neat_packing: toggle("text"),
  train_on_prompt: toggle("text"),
  mask_history: toggle("text"),
  enable_thinking: toggle("text"),
  preserve_thinking: toggle("text"),
  default_system: text("text"),
  eval_dataset: text("text"),
  dataset_dir: text("text"),
  train_sampling_strategy: choice("text", ["random", "sequential", "group_by_length"]),
  disable_shuffling: toggle("text"),
  data_seed: number("text"),

  use_rslora: toggle("variants"),
  create_new_adapter: toggle("variants"),

  save_total_limit: number("saving"),
  save_only_model: toggle("saving"),
  load_best_model_at_end: toggle("saving"),
  early_stopping_steps: number("saving"),

  logging_steps: number("logging", "steps"),
  logging_first_step: toggle("logging"),
  per_device_eval_batch_size: number("logging"),
};

export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[];

/** The settings of one group, in the table's order. */
export function settingsOf(group: SettingGroup): SettingName[] {
  return SETTING_NAMES.filter((name) => SETTINGS[name].group === group);
}

/** Whether a setting matters for this form: LoRA's only with LoRA, those of preference stages only there. */
export function appliesTo(name: SettingName, form: Pick<TrainForm, "finetuning_type" | "stage">): boolean {
  const { group, stages } = SETTINGS[name];
  if ((group === "lora" || group === "variants") && form.finetuning_type !== "lora") return false;
  return stages === undefined || stages.includes(form.stage);
}
