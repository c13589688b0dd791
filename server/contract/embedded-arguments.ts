/**
 * What the embedded trainer makes of every argument of LLaMA-Factory: honoured, without effect here (and why), or
 * refused (and why). A data table: the checks and README's support table both read it.
 */
import { argumentSpec } from "./argument-table";
import { isOn, textOf, type Configuration } from "./configuration-values";

export const EMBEDDED_STAGES: readonly string[] = ["sft", "pt", "rm", "dpo", "kto", "ppo"];
export const EMBEDDED_METHODS: readonly string[] = ["lora", "full", "freeze", "oft"];
export const EMBEDDED_OPTIMIZERS: readonly string[] = [
  "adamw_torch",
  "adamw_torch_fused",
  "sgd",
  "adafactor",
  "rmsprop",
  "adagrad",
];
export const EMBEDDED_SCHEDULES: readonly string[] = [
  "linear",
  "cosine",
  "cosine_with_restarts",
  "polynomial",
  "constant",
  "constant_with_warmup",
  "inverse_sqrt",
  "cosine_with_min_lr",
  "cosine_warmup_with_min_lr",
  "warmup_stable_decay",
];

/** Honoured with any value that the schema accepts. */
const HONOURED = new Set(
  `model_name_or_path adapter_name_or_path template dataset eval_dataset dataset_dir cutoff_len train_on_prompt
  mask_history max_samples val_size default_system enable_thinking preserve_thinking packing neat_packing
  tool_format preprocessing_batch_size mix_strategy interleave_probs create_new_adapter use_rslora
  pref_beta pref_ftx pref_loss dpo_label_smoothing simpo_gamma kto_chosen_weight kto_rejected_weight ref_model
  lora_alpha lora_dropout lora_rank lora_target loraplus_lr_ratio use_dora pissa_init pissa_convert additional_target
  oft_rank oft_block_size oft_target module_dropout use_llama_pro
  freeze_trainable_layers freeze_trainable_modules freeze_extra_modules train_from_scratch use_dft_loss
  use_asft_loss asft_alpha use_eaft_loss eaft_alpha label_smoothing_factor neftune_noise_alpha compute_accuracy
  pref_bco_weight ld_alpha reward_model ppo_epochs ppo_target ppo_whiten_rewards
  do_train do_eval output_dir overwrite_output_dir resume_from_checkpoint disable_shuffling early_stopping_steps
  per_device_train_batch_size per_device_eval_batch_size gradient_accumulation_steps num_train_epochs max_steps
  learning_rate lr_scheduler_kwargs warmup_steps warmup_ratio weight_decay adam_beta1 adam_beta2 adam_epsilon
  max_grad_norm seed data_seed
  do_predict predict_with_generate do_sample temperature top_p top_k max_new_tokens repetition_penalty
  skip_special_tokens
  logging_steps logging_first_step eval_steps eval_delay eval_on_start save_steps save_total_limit save_only_model
  load_best_model_at_end metric_for_best_model greater_is_better
  streaming buffer_size tokenized_path cache_dir overwrite_cache eval_on_each_dataset ignore_pad_token_for_loss
  dataloader_drop_last ppo_score_norm ref_model_adapters reward_model_adapters
  include_effective_tokens_per_second`.split(/\s+/),
);

/** Honoured for these values only. */
const HONOURED_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  stage: EMBEDDED_STAGES,
  finetuning_type: EMBEDDED_METHODS,
  optim: EMBEDDED_OPTIMIZERS,
  lr_scheduler_type: EMBEDDED_SCHEDULES,
  quantization_bit: [8, 4],
  train_sampling_strategy: ["random", "sequential", "group_by_length"],
  logging_strategy: ["steps", "epoch", "no"],
  eval_strategy: ["steps", "epoch", "no"],
  save_strategy: ["steps", "epoch", "no", "best"],
  include_num_input_tokens_seen: [true, false, "all", "no", "non_padding"],
  report_to: ["none"],
  reward_model_type: ["lora", "full"],
  ppo_buffer_size: [1],
  num_beams: [1],
  eval_num_beams: [null, 1],
  generation_num_beams: [null, 1],
  length_penalty: [1],
};

const SAME_RESULT = "It only changes how PyTorch computes; the embedded trainer has its own way.";
const PARALLEL = "It sets up several processes or machines; the embedded trainer is one process.";
const PREPARED = "Data is prepared in one process, with nothing downloaded.";
const NOT_TRAINING = "It belongs to chat, export or prediction, not to training.";
const TEXT_ONLY = "It is about images, video or sound; the embedded trainer trains on text.";
const NO_SERVICE = "It describes an online service that the embedded trainer never calls.";
const INTERNAL = "It is about the inside of transformers' Trainer and changes no result here.";

/** Accepted with any value, because it changes nothing that this trainer computes; each with the reason. */
const WITHOUT_EFFECT: ReadonlyMap<string, string> = new Map([
  ...entries(
    SAME_RESULT,
    `flash_attn low_cpu_mem_usage use_reentrant_gc disable_gradient_checkpointing gradient_checkpointing
    gradient_checkpointing_kwargs upcast_layernorm upcast_lmhead_output use_kv_cache use_cache tf32 torch_compile
    torch_compile_backend torch_compile_mode torch_empty_cache_steps use_cpu full_determinism offload_folder
    bf16_full_eval fp16_full_eval use_fast_tokenizer liger_kernel_config use_v1_kernels`,
  ),
  ...entries(
    "It bounds PyTorch's approximation; the embedded trainer decomposes exactly, as with -1.",
    "pissa_iter",
  ),
  ...entries(
    "It is the rate of LoRA on embeddings, which are trained whole here (additional_target).",
    "loraplus_lr_embedding",
  ),
  ...entries(
    PARALLEL,
    `average_tokens_across_devices ddp_find_unused_parameters ddp_bucket_cap_mb ddp_broadcast_buffers
    ddp_static_graph ddp_backend ddp_timeout local_rank ray_num_workers ray_init_kwargs master_addr master_port
    log_on_each_node save_on_each_node data_shared_file_system accelerator_config hyper_parallel_cp_size
    log_level_replica`,
  ),
  ...entries(
    PREPARED,
    `preprocessing_num_workers
    dataloader_num_workers dataloader_pin_memory dataloader_persistent_workers dataloader_prefetch_factor
    remove_unused_columns label_names length_column_name trust_remote_code model_revision hf_hub_token ms_hub_token
    om_hub_token adapter_folder`,
  ),
  ...entries(
    NOT_TRAINING,
    `infer_backend infer_dtype max_length task task_dir batch_size lang n_shot save_dir download_mode
    export_dir export_size export_device export_quantization_bit export_quantization_dataset
    export_quantization_nsamples export_quantization_maxlen export_legacy_format export_hub_model_id vllm_maxlen
    vllm_gpu_util vllm_enforce_eager vllm_max_lora_rank vllm_config sglang_maxlen sglang_mem_fraction sglang_tp_size
    sglang_config sglang_lora_backend generation_max_length generation_config sortish_sampler`,
  ),
  ...entries(
    TEXT_ONLY,
    `media_dir image_max_pixels image_min_pixels image_do_pan_and_scan crop_to_patches video_max_pixels
    video_min_pixels video_fps video_maxlen use_audio_in_video audio_sampling_rate freeze_vision_tower
    freeze_multi_modal_projector freeze_language_model`,
  ),
  ...entries(
    NO_SERVICE,
    `run_name project trackio_space_id trackio_bucket_id trackio_static_space_id hub_token hub_private_repo
    hub_model_id hub_strategy hub_always_push hub_revision logging_dir`,
  ),
  ...entries(
    "No picture is drawn: the curves are on the run's page, and in trainer_log.jsonl and trainer_state.json.",
    "plot_loss",
  ),
  ...entries(
    INTERNAL,
    `print_param_status logging_nan_inf_filter log_level disable_tqdm prediction_loss_only
    eval_do_concat_batches eval_use_gather_object eval_accumulation_steps include_for_metrics batch_eval_metrics
    enable_jit_checkpoint restore_callback_states_from_checkpoint debug skip_memory_metrics`,
  ),
]);

/** Accepted with a word of warning: the result is right, but not made in the way that was asked for. */
const WITH_WARNING: ReadonlyMap<string, string> = new Map([
  ...entries(
    "The embedded trainer computes in float32, which is at least as exact; the checkpoint's weights are read in any type.",
    "bf16 fp16 pure_bf16",
  ),
  ...entries(
    "Where memory runs out the run ends and says so; it is not tried again with half the batch.",
    "auto_find_batch_size",
  ),
  ...entries(
    "This accelerator is for PyTorch on a GPU; the embedded trainer computes the same without it.",
    "use_unsloth use_unsloth_gc enable_liger_kernel use_liger_kernel",
  ),
]);

/** LLaMA-Factory itself looks at these only where the switch beside them is on; elsewhere they may say anything. */
const ONLY_WITH: readonly (readonly [pattern: RegExp, switchedOn: (config: Configuration) => boolean])[] = [
  [/^galore_/, (config) => isOn(config["use_galore"])],
  [/^apollo_/, (config) => isOn(config["use_apollo"])],
  [/^badam_/, (config) => isOn(config["use_badam"])],
  [/^swanlab_/, (config) => isOn(config["use_swanlab"])],
  [/^kt_/, (config) => isOn(config["use_kt"])],
  [
    /^(pref_|simpo_|dpo_|ld_alpha$|ref_model)/,
    (config) => ["dpo", "kto", "ppo"].includes(textOf(config["stage"])),
  ],
  [/^kto_/, (config) => config["stage"] === "kto"],
  [/^(ppo_|reward_model)/, (config) => config["stage"] === "ppo"],
  [
    /^freeze_(trainable|extra)/,
    (config) => config["finetuning_type"] === "freeze" || isOn(config["use_llama_pro"]),
  ],
  [/^(oft_|module_dropout$)/, (config) => config["finetuning_type"] === "oft"],
  [/^pissa_(iter|convert)$/, (config) => isOn(config["pissa_init"])],
  [
    /^(quantization_(method|type|device_map)|double_quantization)$/,
    (config) => Boolean(config["quantization_bit"]),
  ],
  [/^loraplus_lr_embedding$/, (config) => Boolean(config["loraplus_lr_ratio"])],
  [
    /^(loraplus_lr_ratio|use_rslora|use_dora|pissa_init|additional_target|create_new_adapter)$/,
    (config) => ["lora", "oft"].includes(textOf(config["finetuning_type"]) || "lora"),
  ],
  [/^(profiler_|profile_modules$)/, (config) => isOn(config["enable_torch_profiler"])],
  [/^fp8_/, (config) => isOn(config["fp8"])],
  [/^(compute_accuracy|use_(dft|asft|eaft)_loss)$/, (config) => (textOf(config["stage"]) || "sft") === "sft"],
  [/^label_smoothing_factor$/, (config) => ["sft", "pt", ""].includes(textOf(config["stage"]))],
  [/^asft_alpha$/, (config) => isOn(config["use_asft_loss"])],
  [/^eaft_alpha$/, (config) => isOn(config["use_eaft_loss"])],
  [/^hyper_parallel_args$/, (config) => isOn(config["use_hyper_parallel"])],
  [/^fsdp_config$/, (config) => Boolean(config["fsdp"])],
  [
    /^(num_beams|eval_num_beams|generation_num_beams|length_penalty)$/,
    (config) => isOn(config["do_predict"]),
  ],
  [/^interleave_probs$/, (config) => textOf(config["mix_strategy"]).startsWith("interleave")],
];

const OTHER_ENGINE = "Use the llamafactory engine for it.";

/** Why an argument is refused, where there is more to say than that it is not there yet. */
const REASONS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [
    /^(resize_vocab|add_(special_)?tokens|new_special_tokens_config|init_special_tokens|split_special_tokens)$/,
    `The embedded trainer keeps the model's vocabulary: tokens that the template brings take rows that are there. ${OTHER_ENGINE}`,
  ],
  [
    /^rope_scaling$/,
    `Write it into the model's config.json instead (rope_scaling or rope_parameters): training, chat and export then all stretch the context alike. ${OTHER_ENGINE}`,
  ],
  [
    /^(shift_attn|mixture_of_depths|moe_aux_loss_coef)$/,
    `It makes another model of this one; the embedded trainer takes the model as its config.json describes it. ${OTHER_ENGINE}`,
  ],
  [
    /^ignore_data_skip$/,
    "A run that goes on here always goes on with the rows that it had not seen, so that its losses are those of an uninterrupted one.",
  ],
  [
    /^(deepspeed|fsdp|parallelism_config|use_mca|use_megatron_bridge|use_hyper_parallel)$/,
    `It spreads training over several processes; the embedded trainer is one process. ${OTHER_ENGINE}`,
  ],
  [
    /^(use_galore|use_apollo|use_badam|use_muon|use_adam_mini|optim_args|optim_target_modules)$/,
    `The embedded trainer has these optimizers: ${EMBEDDED_OPTIMIZERS.join(", ")}. ${OTHER_ENGINE}`,
  ],
  [
    /^(use_swanlab|report_to|push_to_hub)$/,
    "It sends data to a service on the internet; the embedded trainer never leaves the machine.",
  ],
  [/^(use_kt|fp8|enable_torch_profiler)/, `It needs PyTorch on a GPU. ${OTHER_ENGINE}`],
];

export type ArgumentSupport =
  | { readonly kind: "honoured"; readonly values?: readonly unknown[] }
  | { readonly kind: "no effect"; readonly reason: string }
  | { readonly kind: "warning"; readonly reason: string }
  | { readonly kind: "refused"; readonly reason: string }
  | { readonly kind: "unknown" };

/** What the embedded trainer makes of an argument, whatever the rest of the configuration says. */
export function embeddedArgumentSupport(name: string): ArgumentSupport {
  if (HONOURED.has(name)) return { kind: "honoured" };
  const values = Object.hasOwn(HONOURED_VALUES, name) ? HONOURED_VALUES[name] : undefined;
  if (values) return { kind: "honoured", values };
  const inert = WITHOUT_EFFECT.get(name);
  if (inert !== undefined) return { kind: "no effect", reason: inert };
  const warning = WITH_WARNING.get(name);
  if (warning !== undefined) return { kind: "warning", reason: warning };
  return argumentSpec(name) ? { kind: "refused", reason: refusal(name) } : { kind: "unknown" };
}

/** Whether LLaMA-Factory looks at the argument at all under this configuration. */
export function isConsulted(name: string, config: Configuration): boolean {
  return ONLY_WITH.every(([pattern, switchedOn]) => !pattern.test(name) || switchedOn(config));
}

/** Why an argument (or one of its values) is refused. */
export function refusal(name: string): string {
  const found = REASONS.find(([pattern]) => pattern.test(name));
  return found?.[1] ?? `The embedded trainer does not have it. ${OTHER_ENGINE}`;
}

function entries(reason: string, names: string): [string, string][] {
  return names
    .trim()
    .split(/\s+/)
    .map((name) => [name, reason]);
}
