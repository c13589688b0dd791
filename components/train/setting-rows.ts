/**
 * The settings of the train form: one row each. Form, help, search, checks, changes and preview all read this table, so
 * that a new argument is a row here and its words in `components/i18n`. Model, data, method and stage have controls of
 * their own. Names are LLaMA-Factory's arguments; those of `composite-settings.ts` stand for several.
 */
import { EXECUTORS } from "@/server/contract/training-choices";
import {
  type Condition,
  choice,
  datasets,
  lines,
  mapping,
  maybe,
  number,
  pixels,
  rate,
  run,
  secret,
  type Setting,
  text,
  toggle,
} from "./setting-kinds";

const always = true;
const method = (...finetuning_type: string[]): readonly Condition[] => [{ finetuning_type }];
const stage = (...stages: string[]): readonly Condition[] => [{ stage: stages }];
const on = (name: string): readonly Condition[] => [{ [name]: [true] }];

const lora = { when: method("lora") };
const oft = { when: method("oft") };
const frozen = { when: [...method("freeze"), ...on("use_llama_pro")] };
const preference = { when: stage("dpo", "kto") };
const dpo = { when: stage("dpo") };
const kto = { when: stage("kto") };
const ppo = { when: stage("ppo") };
const sft = { when: stage("sft") };
const reference = { when: stage("dpo", "kto", "ppo") };
const galore = { when: on("use_galore") };
const apollo = { when: on("use_apollo") };
const badam = { when: on("use_badam") };
const swanlab = { when: on("use_swanlab") };
const quantized = { when: [{ quantization_bit: ["8", "6", "5", "4", "3", "2", "1"] }] };
const layerBadam = { when: [{ use_badam: [true], badam_mode: ["layer"] }] };
const ratioBadam = { when: [{ use_badam: [true], badam_mode: ["ratio"] }] };

export const SETTINGS = {
  lora_rank: number("lora", { ...lora, always }),
  lora_alpha: number("lora", { ...lora, always, initial: "16" }),
  lora_dropout: number("lora", { ...lora, always }),
  lora_target: text("lora", { ...lora, always }),

  pref_loss: choice("preference", undefined, dpo),
  pref_beta: number("preference", preference),
  pref_ftx: number("preference", preference),
  reward_model: run("preference", "rm", ppo),
  reward_model_type: choice("preference", undefined, ppo),

  learning_rate: rate("numbers", { always }),
  num_train_epochs: number("numbers", { always }),
  per_device_train_batch_size: number("numbers", { always, initial: "2" }),
  gradient_accumulation_steps: number("numbers", { always, initial: "8" }),
  cutoff_len: number("numbers", { always, unit: "tokens" }),
  lr_scheduler_type: choice("numbers", undefined, { always, initial: "cosine" }),
  warmup_steps: number("numbers", { always, unit: "steps" }),
  save_steps: number("numbers", { always, unit: "steps", initial: "100" }),
  // LLaMA Board says bf16, which only a GPU of the llamafactory engine computes in; the embedded trainer uses float32.
  compute_type: choice("numbers", ["fp32", "bf16", "fp16", "pure_bf16"], { initial: "fp32" }),
  max_grad_norm: number("numbers", { always, initial: "1.0" }),
  seed: number("numbers", { always }),
  // LLaMA Board writes 100000 here, which means the same for all but the largest sets.
  max_samples: number("numbers", { unit: "rows" }),

  quantization_bit: choice("loading", ["", "8", "6", "5", "4", "3", "2", "1"]),
  quantization_method: choice(
    "loading",
    ["bnb", "hqq", "eetq", "gptq", "awq", "aqlm", "quanto", "mxfp4", "fp8"],
    quantized,
  ),
  quantization_type: choice("loading", undefined, quantized),
  double_quantization: toggle("loading", quantized),
  rope_scaling: choice("loading", ["", "linear", "dynamic", "yarn", "llama3"]),
  booster: choice("loading", ["auto", "flashattn2", "fa3", "sdpa", "disabled", "unsloth", "liger_kernel"], {
    initial: "auto",
  }),
  hub_name: choice("loading", ["huggingface", "modelscope", "openmind"], { initial: "huggingface" }),
  model_revision: text("loading"),
  cache_dir: text("loading"),
  hf_hub_token: secret("loading"),
  trust_remote_code: toggle("loading"),
  disable_gradient_checkpointing: toggle("loading"),
  upcast_layernorm: toggle("loading"),
  shift_attn: toggle("loading"),
  mixture_of_depths: choice("loading", ["", "convert", "load"]),
  moe_aux_loss_coef: number("loading"),
  train_from_scratch: toggle("loading"),

  logging_steps: number("configurations", { always, unit: "steps", initial: "5" }),
  neftune_noise_alpha: number("configurations"),
  // Off for supervised training and on for pre-training, as LLaMA-Factory decides where nothing is said.
  packing: maybe("configurations"),
  neat_packing: toggle("configurations"),
  train_on_prompt: toggle("configurations"),
  mask_history: toggle("configurations"),
  resize_vocab: toggle("configurations"),
  add_tokens: text("configurations"),
  add_special_tokens: text("configurations"),
  use_llama_pro: toggle("configurations"),
  enable_thinking: toggle("configurations"),
  preserve_thinking: toggle("configurations"),
  report_to: text("configurations"),
  run_name: text("configurations"),
  project: text("configurations"),
  trackio_space_id: text("configurations"),
  hub_private_repo: maybe("configurations"),

  freeze_trainable_layers: number("freeze", { ...frozen, always }),
  freeze_trainable_modules: text("freeze", { ...frozen, always }),
  freeze_extra_modules: text("freeze", frozen),

  loraplus_lr_ratio: number("adapter", lora),
  loraplus_lr_embedding: rate("adapter", lora),
  create_new_adapter: toggle("adapter", { when: method("lora", "oft") }),
  use_rslora: toggle("adapter", lora),
  use_dora: toggle("adapter", lora),
  pissa_init: toggle("adapter", lora),
  pissa_iter: number("adapter", { when: [{ finetuning_type: ["lora"], pissa_init: [true] }] }),
  pissa_convert: toggle("adapter", { when: [{ finetuning_type: ["lora"], pissa_init: [true] }] }),
  additional_target: text("adapter", { when: method("lora", "oft") }),

  oft_rank: number("oft", oft),
  oft_block_size: number("oft", oft),
  oft_target: text("oft", { ...oft, always }),
  module_dropout: number("oft", oft),

  dpo_label_smoothing: number("rlhf", dpo),
  simpo_gamma: number("rlhf", dpo),
  pref_bco_weight: number("rlhf", dpo),
  ld_alpha: number("rlhf", dpo),
  kto_chosen_weight: number("rlhf", kto),
  kto_rejected_weight: number("rlhf", kto),
  ref_model: text("rlhf", reference),
  ref_model_adapters: text("rlhf", reference),
  ref_model_quantization_bit: choice("rlhf", ["", "8", "4"], reference),
  reward_model_adapters: text("rlhf", ppo),
  reward_model_quantization_bit: choice("rlhf", ["", "8", "4"], ppo),
  ppo_score_norm: toggle("rlhf", ppo),
  ppo_whiten_rewards: toggle("rlhf", ppo),
  ppo_buffer_size: number("rlhf", ppo),
  ppo_epochs: number("rlhf", ppo),
  ppo_target: number("rlhf", ppo),

  freeze_vision_tower: toggle("multimodal"),
  freeze_multi_modal_projector: toggle("multimodal"),
  freeze_language_model: toggle("multimodal"),
  image_max_pixels: pixels("multimodal"),
  image_min_pixels: pixels("multimodal"),
  video_max_pixels: pixels("multimodal"),
  video_min_pixels: pixels("multimodal"),
  video_fps: number("multimodal"),
  video_maxlen: number("multimodal"),
  audio_sampling_rate: number("multimodal"),
  media_dir: text("multimodal"),

  use_galore: toggle("galore"),
  galore_rank: number("galore", { ...galore, always }),
  galore_update_interval: number("galore", { ...galore, always, unit: "steps" }),
  galore_scale: number("galore", { ...galore, always }),
  galore_target: text("galore", { ...galore, always }),
  galore_proj_type: choice("galore", undefined, galore),
  galore_layerwise: toggle("galore", galore),

  use_apollo: toggle("apollo"),
  apollo_rank: number("apollo", { ...apollo, always }),
  apollo_update_interval: number("apollo", { ...apollo, always, unit: "steps" }),
  apollo_scale: number("apollo", { ...apollo, always }),
  apollo_target: text("apollo", { ...apollo, always }),
  apollo_proj: choice("apollo", undefined, apollo),
  apollo_proj_type: choice("apollo", undefined, apollo),
  apollo_scale_type: choice("apollo", undefined, apollo),
  apollo_layerwise: toggle("apollo", apollo),
  apollo_scale_front: toggle("apollo", apollo),

  use_badam: toggle("badam"),
  badam_mode: choice("badam", undefined, { ...badam, always }),
  badam_switch_mode: choice("badam", undefined, { ...layerBadam, always }),
  badam_switch_interval: number("badam", { ...layerBadam, always, unit: "steps" }),
  badam_start_block: number("badam", layerBadam),
  badam_update_ratio: number("badam", { ...ratioBadam, always }),
  badam_mask_mode: choice("badam", undefined, ratioBadam),

  use_swanlab: toggle("swanlab"),
  swanlab_project: text("swanlab", swanlab),
  swanlab_run_name: text("swanlab", swanlab),
  swanlab_workspace: text("swanlab", swanlab),
  swanlab_api_key: secret("swanlab", swanlab),
  swanlab_mode: choice("swanlab", undefined, swanlab),
  swanlab_logdir: text("swanlab", swanlab),

  optim: choice("optimiser", undefined, { always, initial: "adamw_torch" }),
  optim_args: text("optimiser"),
  max_steps: number("optimiser", { unit: "steps" }),
  warmup_ratio: number("optimiser"),
  weight_decay: number("optimiser"),
  adam_beta1: number("optimiser"),
  adam_beta2: number("optimiser"),
  adam_epsilon: number("optimiser"),
  lr_scheduler_kwargs: mapping("optimiser"),
  use_muon: toggle("optimiser"),
  use_adam_mini: toggle("optimiser"),
  use_dft_loss: toggle("optimiser", sft),
  use_asft_loss: toggle("optimiser", sft),
  asft_alpha: number("optimiser", { when: [{ stage: ["sft"], use_asft_loss: [true] }] }),
  use_eaft_loss: toggle("optimiser", sft),
  eaft_alpha: number("optimiser", { when: [{ stage: ["sft"], use_eaft_loss: [true] }] }),
  label_smoothing_factor: number("optimiser", { when: [{ stage: ["sft", "pt"] }] }),

  dataset_dir: text("rows"),
  default_system: text("rows"),
  tool_format: text("rows"),
  mix_strategy: choice("rows"),
  interleave_probs: text("rows"),
  streaming: toggle("rows"),
  buffer_size: number("rows", { unit: "rows", when: on("streaming") }),
  tokenized_path: text("rows"),
  overwrite_cache: toggle("rows"),
  preprocessing_num_workers: number("rows"),
  preprocessing_batch_size: number("rows", { unit: "rows" }),
  dataloader_num_workers: number("rows"),
  dataloader_drop_last: toggle("rows"),
  train_sampling_strategy: choice("rows"),
  disable_shuffling: toggle("rows"),
  data_seed: number("rows"),

  eval_dataset: datasets("validation"),
  eval_strategy: choice("validation", ["auto", "no", "steps", "epoch"], { initial: "auto" }),
  eval_steps: number("validation", { unit: "steps" }),
  per_device_eval_batch_size: number("validation", { initial: "2" }),
  eval_delay: number("validation"),
  eval_on_start: toggle("validation"),
  eval_on_each_dataset: toggle("validation"),
  compute_accuracy: toggle("validation", sft),
  load_best_model_at_end: toggle("validation"),
  metric_for_best_model: text("validation"),
  greater_is_better: maybe("validation"),
  early_stopping_steps: number("validation"),

  save_strategy: choice("saving"),
  save_total_limit: number("saving"),
  save_only_model: toggle("saving"),
  resume_from_checkpoint: text("saving"),
  overwrite_output_dir: toggle("saving"),
  logging_strategy: choice("saving"),
  logging_first_step: toggle("saving"),
  plot_loss: toggle("saving"),
  sample_prompts: lines("saving"),
  sample_max_new_tokens: number("saving", { unit: "tokens", initial: "128" }),
  push_to_hub: toggle("saving"),
  hub_model_id: text("saving", { when: on("push_to_hub") }),

  max_new_tokens: number("generation", { ...ppo, unit: "tokens" }),
  temperature: number("generation", ppo),
  top_p: number("generation", ppo),
  top_k: number("generation", ppo),
  repetition_penalty: number("generation", ppo),

  executor: choice("devices", EXECUTORS, { initial: "auto" }),
  ds_stage: choice("devices", ["", "2", "3"], { initial: "" }),
  ds_offload: toggle("devices", { when: [{ ds_stage: ["2", "3"] }] }),
  fsdp: text("devices"),
  use_cpu: toggle("devices"),
  CUDA_VISIBLE_DEVICES: text("devices"),
  NPROC_PER_NODE: number("devices"),
  FORCE_TORCHRUN: toggle("devices"),
  NNODES: number("devices"),
  NODE_RANK: number("devices"),
  MASTER_ADDR: text("devices"),
  MASTER_PORT: number("devices"),
  MAX_RESTARTS: number("devices"),
  USE_RAY: toggle("devices"),
  ray_num_workers: number("devices", { when: on("USE_RAY") }),
  ddp_timeout: number("devices"),
} as const satisfies Readonly<Record<string, Setting>>;
