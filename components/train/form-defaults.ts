/**
 * The form's values: LLaMA Board's defaults, and the starter's numbers with which the first run takes about a minute.
 * Values are what stands in the controls, so numbers are text; keys are LLaMA-Factory's argument names.
 */
import { initialValue, SETTING_NAMES, type SettingName, type SettingValues } from "./settings-table";

/** Fields that have controls of their own; all others are rows of the settings table. */
type OwnFields = {
  /** The run's name; empty means "by its time". */
  name: string;
  /** Which engine trains: "auto" leaves it to the console. */
  engine: string;
  model_name_or_path: string;
  adapter_name_or_path: string;
  template: string;
  dataset: string[];
  /** A share ("5 %") or a number of rows. */
  val_size: string;
  finetuning_type: string;
  stage: string;
  /** Further arguments as YAML or JSON text. */
  extra: string;
};

export type TrainForm = OwnFields & SettingValues;
export type FieldName = keyof TrainForm;

const OWN_DEFAULTS: OwnFields = {
  name: "",
  engine: "auto",
  model_name_or_path: "",
  adapter_name_or_path: "",
  template: "default",
  dataset: [],
  val_size: "0",
  finetuning_type: "lora",
  stage: "sft",
  extra: "",
};

/** LLaMA Board's defaults. A control that differs from these carries a dot. */
export const BOARD_DEFAULTS: TrainForm = {
  ...OWN_DEFAULTS,
  ...(Object.fromEntries(SETTING_NAMES.map((name) => [name, initialValue(name)])) as SettingValues),
};

/** Whether a field is a row of the settings table. */
export function isSetting(field: FieldName): field is SettingName {
  return !Object.hasOwn(OWN_DEFAULTS, field);
}

/** The first run: the starter model learns who it is. */
export const STARTER_PRESET = {
  finetuning_type: "lora",
  stage: "sft",
  template: "chatml",
  lora_rank: "32",
  lora_alpha: "64",
  lora_target: "all",
  learning_rate: "1.5e-3",
  num_train_epochs: "8",
  per_device_train_batch_size: "4",
  per_device_eval_batch_size: "8",
  gradient_accumulation_steps: "1",
  lr_scheduler_type: "cosine",
  cutoff_len: "256",
  val_size: "0",
  logging_steps: "1",
  save_steps: "50",
} satisfies Partial<TrainForm>;

/** The dataset of the first run, where it is there. */
export const STARTER_DATASET = "identity";
