/** Names (LLaMA Board's words) and explanations (ours) of every setting of the train form. */
export default {
  template: {
    label: "Chat template",
    explain:
      "How a conversation is written as one text: the marks between the speakers. A model that can already chat must be trained with the marks it knows.",
  },
  adapter_name_or_path: {
    label: "Start from",
    explain:
      "Go on training an adapter of an earlier run in place of starting a fresh one on the model itself.",
  },
  val_size: {
    label: "Hold out for validation",
    explain:
      "Rows that are never trained on. Their loss tells whether the model learns the matter or learns the rows by heart. A share such as 5 %, or a number of rows.",
  },
  finetuning_type: {
    label: "Finetuning method",
    explain: "Which numbers of the model may change.",
  },
  stage: {
    label: "Stage",
    explain: "What a row teaches: to answer (supervised), or to go on with plain text (pre-training).",
  },
  lora_rank: {
    label: "LoRA rank",
    explain:
      "How wide the added matrices are. More can learn more and makes a larger file; 8 to 64 is usual.",
  },
  lora_alpha: {
    label: "LoRA alpha",
    explain:
      "How loudly the added matrices speak: their output is multiplied by alpha ÷ rank. Twice the rank is a good habit; empty means just that.",
  },
  lora_dropout: {
    label: "LoRA dropout",
    explain:
      "The share of inputs of the added matrices that is blanked at random at each step, against learning by heart.",
  },
  lora_target: {
    label: "LoRA modules",
    explain:
      "Which layers get added matrices: “all” means every linear layer; or names with commas between, such as q_proj,v_proj.",
  },
  create_new_adapter: {
    label: "Create new adapter",
    explain: "With an adapter to start from: melts it into the model first and trains a fresh one on top.",
  },
  use_rslora: {
    label: "Use rslora",
    explain: "Scales by alpha ÷ √rank in place of alpha ÷ rank, so that high ranks keep learning.",
  },
  pref_loss: {
    label: "Loss type",
    explain:
      "How the better and the worse answer are weighed against each other. sigmoid is DPO as published; orpo and simpo need no reference model.",
  },
  pref_beta: {
    label: "Beta value",
    explain: "How closely the model stays to where it began. Smaller lets it move further.",
  },
  pref_ftx: {
    label: "Ftx gamma",
    explain: "How much of plain supervised training on the better answer is mixed in.",
  },
  dpo_label_smoothing: {
    label: "Label smoothing",
    explain: "The share of pairs that may be the wrong way round. For the sigmoid loss.",
  },
  simpo_gamma: {
    label: "SimPO gamma",
    explain: "By how much the better answer should lead. For the simpo loss.",
  },
  kto_chosen_weight: {
    label: "Weight of good answers",
    explain: "How much answers marked good count. Raise it where there are fewer of them.",
  },
  kto_rejected_weight: {
    label: "Weight of bad answers",
    explain: "How much answers marked bad count. Raise it where there are fewer of them.",
  },
  learning_rate: {
    label: "Learning rate",
    explain:
      "How far each step moves the weights. Too high and the loss jumps or explodes, too low and nothing happens. About 1e-4 for LoRA, 1e-5 for full training.",
  },
  num_train_epochs: {
    label: "Epochs",
    explain: "How many times every row is seen.",
  },
  per_device_train_batch_size: {
    label: "Batch size",
    explain: "Rows computed at the same time. More is faster per row and needs more memory.",
  },
  gradient_accumulation_steps: {
    label: "Gradient accumulation",
    explain:
      "Batches whose gradients are added up before the weights move. A larger step without more memory.",
  },
  cutoff_len: {
    label: "Cutoff length",
    explain: "Longer rows are cut to this many tokens. Memory and time grow with it.",
  },
  lr_scheduler_type: {
    label: "LR scheduler",
    explain: "How the learning rate falls from its peak to the end of the run.",
  },
  warmup_steps: {
    label: "Warmup steps",
    explain: "Steps over which the learning rate climbs from zero to its peak. Calms the start.",
  },
  save_steps: {
    label: "Save and validate",
    explain:
      "A checkpoint is written and the validation loss measured every so many steps. You can resume from a checkpoint and chat with it.",
  },
  compute_type: {
    label: "Compute type",
    explain:
      "The number format of the arithmetic. The embedded trainer always computes in 32 bits; 16-bit types are for the llamafactory engine on a GPU.",
  },
  max_grad_norm: {
    label: "Max gradient norm",
    explain:
      "A gradient longer than this is shortened to it, so that one odd batch cannot throw the model off.",
  },
  seed: {
    label: "Seed",
    explain: "Where the dice start. The same seed with the same settings gives the same run.",
  },
  max_samples: {
    label: "Max samples",
    explain: "At most so many rows from each dataset, the first ones. Empty means all.",
  },
  optim: {
    label: "Optimizer",
    explain: "The rule that turns gradients into steps. AdamW is right unless you know otherwise.",
  },
  weight_decay: {
    label: "Weight decay",
    explain: "Pulls weights gently towards zero at each step.",
  },
  adam_beta1: {
    label: "Adam beta 1",
    explain: "How long AdamW remembers the direction of past gradients.",
  },
  adam_beta2: {
    label: "Adam beta 2",
    explain: "How long AdamW remembers the size of past gradients.",
  },
  adam_epsilon: {
    label: "Adam epsilon",
    explain: "A tiny number that keeps AdamW from dividing by zero.",
  },
  max_steps: {
    label: "Max steps",
    explain: "Stop after so many steps whatever the epochs say; −1 lets the epochs decide.",
  },
  warmup_ratio: {
    label: "Warmup ratio",
    explain: "Warm-up as a share of all steps, in place of a number of steps.",
  },
  executor: {
    label: "Executor",
    explain:
      "What computes inside the embedded trainer: onnx (compiled graphs), tfjs (TensorFlow.js), or auto for the faster one that works here.",
  },
  packing: {
    label: "Pack sequences",
    explain:
      "Puts short rows together until the cutoff length is full, which saves padding. auto packs in pre-training only.",
  },
  neat_packing: {
    label: "Use neat packing",
    explain: "Packs, and keeps rows that were put together from seeing each other.",
  },
  train_on_prompt: {
    label: "Train on prompt",
    explain: "Learn the questions too, not the answers alone.",
  },
  mask_history: {
    label: "Mask history",
    explain: "Learn only the last answer of each conversation.",
  },
  enable_thinking: {
    label: "Enable thinking",
    explain: "For templates of thinking models: whether answers begin with a thought in '<think>' marks.",
  },
  preserve_thinking: {
    label: "Preserve thinking",
    explain: "Keep the thoughts of earlier turns in the conversation in place of dropping them.",
  },
  default_system: {
    label: "Default system prompt",
    explain: "Put at the head of conversations that have no system prompt; empty takes the template's own.",
  },
  eval_dataset: {
    label: "Validation dataset",
    explain: "Datasets to validate on, names with commas between, in place of holding rows out.",
  },
  dataset_dir: {
    label: "Data dir",
    explain: "The folder with dataset_info.json, seen from the home folder.",
  },
  train_sampling_strategy: {
    label: "Order of rows",
    explain:
      "random mixes them anew each epoch; sequential keeps their order; group_by_length puts rows of like length together, which saves padding.",
  },
  disable_shuffling: {
    label: "Keep order",
    explain: "Train on the rows in the order of the files.",
  },
  data_seed: {
    label: "Data seed",
    explain: "A seed of its own for the order of rows; empty takes the seed above.",
  },
  save_total_limit: {
    label: "Checkpoints to keep",
    explain: "Older ones are deleted when there are more; empty keeps all.",
  },
  save_only_model: {
    label: "Save weights only",
    explain: "Leaves the optimizer's state out of checkpoints: smaller, but a run cannot resume from them.",
  },
  load_best_model_at_end: {
    label: "Keep the best",
    explain:
      "Ends with the checkpoint of the lowest validation loss in place of the last one. Needs validation.",
  },
  early_stopping_steps: {
    label: "Stop early after",
    explain:
      "Ends the run when the validation loss has not fallen for so many validations. Empty never does.",
  },
  logging_steps: {
    label: "Logging steps",
    explain: "A point on the charts every so many steps.",
  },
  logging_first_step: {
    label: "Log the first step",
    explain: "A point for the very first step too.",
  },
  per_device_eval_batch_size: {
    label: "Validation batch size",
    explain: "Rows computed at the same time when validating.",
  },
};
