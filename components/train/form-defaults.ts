/**
 * The form's values: LLaMA Board's defaults, and the starter's numbers with which the first run takes about a minute.
 * Values are what stands in the controls, so numbers are text; keys are LLaMA-Factory's argument names.
 */

/** LLaMA Board's defaults. A control that differs from these carries a dot. */
export const BOARD_DEFAULTS = {
  /** The run's name; empty means "by its time". */
  name: "",
  model_name_or_path: "",
  adapter_name_or_path: "",
  template: "default",
  dataset: [] as string[],
  dataset_dir: "data",
  eval_dataset: "",
  val_size: "0",
  finetuning_type: "lora",
  stage: "sft",
  lora_rank: "8",
  lora_alpha: "16",
  lora_dropout: "0",
  lora_target: "all",
  create_new_adapter: false,
  use_rslora: false,
  pref_loss: "sigmoid",
  pref_beta: "0.1",
  pref_ftx: "0",
  dpo_label_smoothing: "0",
  simpo_gamma: "0.5",
  kto_chosen_weight: "1",
  kto_rejected_weight: "1",
  learning_rate: "5.0e-5",
  num_train_epochs: "3",
  per_device_train_batch_size: "2",
  gradient_accumulation_steps: "8",
  cutoff_len: "2048",
  lr_scheduler_type: "cosine",
  warmup_steps: "0",
  save_steps: "100",
  // LLaMA Board says bf16, which only a GPU of the llamafactory engine computes in; the embedded trainer uses float32.
  compute_type: "fp32",
  max_grad_norm: "1.0",
  seed: "42",
  // LLaMA Board writes 100000 here, which means the same for all but the largest sets.
  max_samples: "",
  optim: "adamw_torch",
  weight_decay: "0",
  adam_beta1: "0.9",
  adam_beta2: "0.999",
  adam_epsilon: "1e-8",
  max_steps: "-1",
  warmup_ratio: "",
  train_sampling_strategy: "random",
  disable_shuffling: false,
  data_seed: "",
  // Off for supervised training and on for pre-training, as LLaMA-Factory decides where nothing is said.
  packing: "auto",
  neat_packing: false,
  train_on_prompt: false,
  mask_history: false,
  enable_thinking: true,
  preserve_thinking: false,
  default_system: "",
  logging_steps: "5",
  logging_first_step: false,
  save_total_limit: "",
  save_only_model: false,
  load_best_model_at_end: false,
  early_stopping_steps: "",
  per_device_eval_batch_size: "2",
  executor: "auto",
  /** Further arguments as YAML or JSON text. */
  extra: "",
};

export type TrainForm = typeof BOARD_DEFAULTS;
export type FieldName = keyof TrainForm;

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
