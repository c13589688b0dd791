/**
 * LLaMA Board's habits: what it adds to the settings of its form before it starts `llamafactory-cli train`, in which
 * order it shows them, and the command that it previews. It does not know how anything is started.
 */
import { textOf } from "@/server/contract/configuration-values";
import { isWritten, numberText, WRITTEN_AS_FLOAT } from "./argument-yaml";

type Arguments = Readonly<Record<string, unknown>>;

/**
 * The order of LLaMA Board's preview (runner.py, `_parse_train_args` and `_parse_eval_args`): settings of every run,
 * then whatever came as extra arguments, then the groups that depend on a choice.
 */
const BEFORE_EXTRA = `stage do_train model_name_or_path cache_dir preprocessing_num_workers finetuning_type
  quantization_method template rope_scaling flash_attn use_unsloth enable_liger_kernel dataset_dir dataset eval_dataset
  cutoff_len learning_rate num_train_epochs max_samples per_device_train_batch_size per_device_eval_batch_size
  gradient_accumulation_steps lr_scheduler_type max_grad_norm logging_steps save_steps warmup_steps neftune_noise_alpha
  packing neat_packing train_on_prompt mask_history resize_vocab use_llama_pro enable_thinking predict_with_generate
  report_to use_galore use_apollo use_badam use_swanlab max_new_tokens top_p temperature output_dir fp16 bf16 pure_bf16
  plot_loss trust_remote_code ddp_timeout include_num_input_tokens_seen do_predict do_eval`.split(/\s+/);
const AFTER_EXTRA = `adapter_name_or_path quantization_bit quantization_method double_quantization
  lora_rank lora_alpha lora_dropout
  loraplus_lr_ratio create_new_adapter use_rslora use_dora pissa_init pissa_convert lora_target additional_target
  freeze_trainable_layers freeze_trainable_modules freeze_extra_modules reward_model reward_model_type ppo_score_norm ppo_whiten_rewards top_k top_p pref_beta pref_ftx pref_loss
  freeze_vision_tower freeze_multi_modal_projector freeze_language_model image_max_pixels image_min_pixels
  video_max_pixels video_min_pixels galore_rank galore_update_interval galore_scale galore_target apollo_rank
  apollo_update_interval apollo_scale apollo_target badam_mode badam_switch_mode badam_switch_interval
  badam_update_ratio swanlab_project swanlab_run_name swanlab_workspace swanlab_api_key swanlab_mode val_size
  eval_strategy eval_steps per_device_eval_batch_size deepspeed`.split(/\s+/);

/** Settings that a training has in the second part and an evaluation in the first. */
const LATE_IN_TRAINING = new Set(["quantization_method", "per_device_eval_batch_size", "top_p"]);

/**
 * A configuration with what LLaMA Board adds to every form, where the configuration says nothing else. What is added
 * never changes what the rest of the configuration means. `trust_remote_code`, which LLaMA Board always adds, is the
 * user's to say: it runs whatever Python lies in a model's folder (CVE-2026-58116).
 */
export function withBoardArguments(args: Arguments): Record<string, unknown> {
  const added: Record<string, unknown> = isTraining(args) ? trainingHabits(args) : evaluationHabits(args);
  if (isSet(args, "quantization_bit"))
    Object.assign(added, { quantization_method: "bnb", double_quantization: true });
  const missing = Object.entries(added).filter(([name]) => !isSet(args, name));
  return { ...args, ...Object.fromEntries(missing) };
}

function trainingHabits(args: Arguments): Record<string, unknown> {
  const stage = textOf(args.stage) || "sft";
  const method = textOf(args.finetuning_type) || "lora";
  return {
    preprocessing_num_workers: 16,
    flash_attn: "auto",
    dataset_dir: "data",
    // In pre-training LLaMA-Factory packs where nothing is said, so nothing may be added there.
    ...(stage !== "pt" && { packing: args.neat_packing === true }),
    enable_thinking: true,
    report_to: "none",
    plot_loss: true,
    ddp_timeout: 180000000,
    include_num_input_tokens_seen: true,
    ...(method === "freeze" && { freeze_trainable_layers: 2, freeze_trainable_modules: "all" }),
    ...((stage === "dpo" || stage === "kto") && { pref_beta: 0.1, pref_ftx: 0, pref_loss: "sigmoid" }),
    ...(stage === "ppo" && { reward_model_type: method === "lora" ? "lora" : "full", top_k: 0, top_p: 0.9 }),
  };
}

function evaluationHabits(args: Arguments): Record<string, unknown> {
  return {
    preprocessing_num_workers: 16,
    quantization_method: "bnb",
    flash_attn: "auto",
    dataset_dir: "data",
    // Where an accuracy is asked for LLaMA-Factory refuses to generate, and to be asked for both.
    ...(args.compute_accuracy !== true && { predict_with_generate: true }),
    report_to: "none",
    ddp_timeout: 180000000,
    ...(args.do_predict !== true && { do_eval: true }),
  };
}

/**
 * The command that LLaMA Board previews for these arguments, variables of its environment in front.
 * @param environment variables that are set for the start, by name
 */
export function boardCommand(
  args: Arguments,
  environment: Readonly<Record<string, string>> = {},
  platform: NodeJS.Platform = process.platform,
): string {
  const lines = boardOrder(args)
    .filter((name) => isWritten(name, args[name]))
    .map((name) => `    --${name} ${commandValue(name, args[name])} `);
  const start = `${environmentWords(environment, platform)}llamafactory-cli train `;
  return [start, ...lines].join(platform === "win32" ? "`\n" : "\\\n");
}

/** `NAME=value ` for each variable, as a terminal of that platform takes them before a command. */
export function environmentWords(
  environment: Readonly<Record<string, string>>,
  platform: NodeJS.Platform = process.platform,
): string {
  return Object.entries(environment)
    .map(([name, value]) =>
      platform === "win32" ? `$env:${name}="${value}"; ` : `${name}=${shellWord(value)} `,
    )
    .join("");
}

/** Variables that LLaMA Board itself sets for some arguments: DeepSpeed runs under torchrun. */
export function boardEnvironment(args: Arguments): Record<string, string> {
  return isSet(args, "deepspeed") ? { FORCE_TORCHRUN: "1" } : {};
}

function boardOrder(args: Arguments): string[] {
  const training = isTraining(args);
  const early = BEFORE_EXTRA.filter((name) => !(training && LATE_IN_TRAINING.has(name)));
  const late = AFTER_EXTRA.filter((name) => !early.includes(name));
  const known = new Set([...early, ...late]);
  const extra = Object.keys(args).filter((name) => !known.has(name));
  return [...early, ...extra, ...late].filter((name) => name in args);
}

function isTraining(args: Arguments): boolean {
  return args.do_train === true || (args.do_eval !== true && args.do_predict !== true);
}

function isSet(args: Arguments, name: string): boolean {
  return args[name] !== undefined && args[name] !== null && args[name] !== "";
}

/** As Python's `str` writes it; mappings as JSON. */
function commandValue(name: string, value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return numberText(value, WRITTEN_AS_FLOAT.has(name), "python");
  if (Array.isArray(value)) return value.map((each) => commandValue(name, each)).join(" ");
  if (typeof value === "object" && value !== null) return pythonJson(value);
  return textOf(value);
}

/** JSON with Python's spaces and numbers. */
function pythonJson(value: unknown): string {
  if (typeof value === "number") return numberText(value, false, "python");
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}: ${pythonJson(each)}`)
      .join(", ")}}`;
  return JSON.stringify(value);
}

function shellWord(value: string): string {
  return /^[\w.,:/@%+-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
