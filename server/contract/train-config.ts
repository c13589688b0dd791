/**
 * The training configuration: LLaMA-Factory's argument names, types and defaults as one zod schema, shared by the
 * form, the HTTP API, the YAML reader and the trainer. Values may come as text (a form field, `key=value`).
 * Keys outside this schema but inside the argument table are kept as they are, so a YAML survives a round trip;
 * whether an engine honours them is the business of `embedded-support.ts` and of the engines.
 */
import { z } from "zod";
import type { Problem } from "./problem";
import { EXECUTORS, FINETUNING_TYPES, PREFERENCE_LOSSES, STAGES } from "./training-choices";

export { splitList } from "./configuration-values";
export {
  EXECUTORS,
  FINETUNING_TYPES,
  OWN_ARGUMENTS,
  PREFERENCE_LOSSES,
  STAGES,
  trainsAdapter,
} from "./training-choices";

/** A number that may be written as text; empty text is missing, not zero. */
function numeric(schema: z.ZodNumber) {
  return z.preprocess((value) => {
    if (typeof value !== "string") return value;
    const text = value.trim().replaceAll("_", "");
    return text === "" ? undefined : Number(text);
  }, schema);
}
const int = () => numeric(z.number().int());
const float = () => numeric(z.number());
const flag = () =>
  z.preprocess((value) => {
    if (typeof value !== "string") return value;
    const text = value.trim().toLowerCase();
    return ["true", "1", "yes", "on"].includes(text)
      ? true
      : ["false", "0", "no", "off", ""].includes(text)
        ? false
        : value;
  }, z.boolean());
/** A list that LLaMA-Factory writes with commas: `a,b`, `["a", "b"]` and `a` are the same. Kept as comma text. */
const commaList = () =>
  z.preprocess(
    (value) =>
      Array.isArray(value) ? value.map(String).join(",") : typeof value === "number" ? String(value) : value,
    z.string().trim(),
  );
/** An object, or its JSON text as on a command line. */
const jsonObject = () =>
  z.preprocess(
    (value) => {
      if (typeof value !== "string") return value;
      try {
        return JSON.parse(value) as unknown;
      } catch {
        return value;
      }
    },
    z.record(z.string(), z.unknown()),
  );
/** Text that YAML may have read as a number or a switch: a folder named 2026, `resume_from_checkpoint: true`. */
const optionalText = () =>
  z.preprocess((value) => {
    if (value === "") return undefined;
    return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  }, z.string().trim().optional());

export const trainConfigSchema = z
  .object({
    // model
    model_name_or_path: z.string({ error: "Choose a model." }).trim().min(1, "Choose a model."),
    adapter_name_or_path: commaList().optional(),
    template: optionalText(),
    trust_remote_code: flag().default(false),
    /** Begins with random weights: only the model's config.json and tokenizer count. */
    train_from_scratch: flag().default(false),

    // what to do
    stage: z.enum(STAGES).default("sft"),
    finetuning_type: z.enum(FINETUNING_TYPES).default("lora"),
    do_train: flag().default(false),
    do_eval: flag().default(false),
    do_predict: flag().default(false),
    output_dir: optionalText(),
    overwrite_output_dir: flag().default(false),
    resume_from_checkpoint: optionalText(),

    // data
    dataset: commaList().optional(),
    eval_dataset: commaList().optional(),
    dataset_dir: z.string().trim().default("data"),
    cutoff_len: int().pipe(z.number().min(4, "At least 4 tokens.")).default(2048),
    max_samples: int().pipe(z.number().min(1)).optional(),
    /** How several data sets become one: one after the other, or in turn. */
    mix_strategy: z
      .enum(["concat", "interleave_under", "interleave_over", "interleave_once"])
      .default("concat"),
    /** How often each data set is drawn from; in turn where missing. */
    interleave_probs: commaList().optional(),
    val_size: float().pipe(z.number().min(0)).default(0),
    train_on_prompt: flag().default(false),
    mask_history: flag().default(false),
    default_system: optionalText(),
    enable_thinking: z.union([flag(), z.null()]).default(true),
    preserve_thinking: flag().default(false),
    packing: flag().optional(),
    tool_format: optionalText(),
    /** Rows encoded together; packing and KTO's mismatched answers stay within such a group. */
    preprocessing_batch_size: int().pipe(z.number().min(1)).default(1000),
    neat_packing: flag().default(false),
    /** Reads rows while it trains instead of before it: for files larger than memory. Needs max_steps. */
    streaming: flag().default(false),
    /** Rows that streaming holds to draw the next one from. */
    buffer_size: int().pipe(z.number().min(1)).default(16384),
    /** A folder for tokenised data: written where it is empty, else read in place of all other data arguments. */
    tokenized_path: optionalText(),
    /** Where tokenised data is kept for the next run; the user's cache folder where missing. */
    cache_dir: optionalText(),
    overwrite_cache: flag().default(false),
    eval_on_each_dataset: flag().default(false),
    ignore_pad_token_for_loss: flag().default(true),

    // LoRA
    lora_rank: int().pipe(z.number().min(1)).default(8),
    /** LLaMA-Factory's default is twice the rank. */
    lora_alpha: numeric(z.number().positive()).optional(),
    lora_dropout: float().pipe(z.number().min(0).max(1)).default(0),
    lora_target: commaList().default("all"),
    additional_target: commaList().optional(),
    create_new_adapter: flag().default(false),
    use_rslora: flag().default(false),
    /** Bits of the frozen base's linears. */
    quantization_bit: int().nullish(),
    use_dora: flag().default(false),
    pissa_init: flag().default(false),
    /** Writes the finished adapter also as a plain LoRA. */
    pissa_convert: flag().default(false),
    loraplus_lr_ratio: float().optional(),

    // OFT
    /** Blocks of every linear; 0 where oft_block_size says how long a block is. */
    oft_rank: int().pipe(z.number().min(0)).default(0),
    oft_block_size: int().pipe(z.number().min(0)).default(32),
    oft_target: commaList().default("all"),
    /** Share of the blocks that stay unrotated while training. */
    module_dropout: float().pipe(z.number().min(0).max(1)).default(0),

    // freeze
    /** The last n layers; the first n where negative. */
    freeze_trainable_layers: int().default(2),
    freeze_trainable_modules: commaList().default("all"),
    freeze_extra_modules: commaList().optional(),
    use_llama_pro: flag().default(false),

    // optimisation
    learning_rate: float().pipe(z.number().min(0)).default(5e-5),
    num_train_epochs: float().pipe(z.number().positive()).default(3),
    max_steps: int().default(-1),
    per_device_train_batch_size: int().pipe(z.number().min(1)).default(8),
    per_device_eval_batch_size: int().pipe(z.number().min(1)).default(8),
    gradient_accumulation_steps: int().pipe(z.number().min(1)).default(1),
    optim: z.string().default("adamw_torch"),
    weight_decay: float().pipe(z.number().min(0)).default(0),
    adam_beta1: float().pipe(z.number().min(0).lt(1)).default(0.9),
    adam_beta2: float().pipe(z.number().min(0).lt(1)).default(0.999),
    adam_epsilon: float().pipe(z.number().positive()).default(1e-8),
    max_grad_norm: float().pipe(z.number().min(0)).default(1),
    lr_scheduler_type: z.string().default("linear"),
    lr_scheduler_kwargs: jsonObject().nullish(),
    /** Steps, or a share of all steps where it is below 1 (transformers 5). */
    warmup_steps: float().pipe(z.number().min(0)).default(0),
    warmup_ratio: float().pipe(z.number().min(0).max(1)).nullish(),
    seed: int().default(42),
    data_seed: int().nullish(),
    /** Leaves out the rows at the end of a pass that do not fill a batch. */
    dataloader_drop_last: flag().default(false),
    train_sampling_strategy: z.enum(["random", "sequential", "group_by_length"]).default("random"),
    disable_shuffling: flag().default(false),
    bf16: flag().default(false),
    fp16: flag().default(false),
    pure_bf16: flag().default(false),

    /** Supervised fine-tuning weighted by the probability of each label (DFT). */
    use_dft_loss: flag().default(false),
    /** The same, held near the model that training begins from (ASFT), by this much. */
    use_asft_loss: flag().default(false),
    asft_alpha: float().pipe(z.number().min(0)).default(0.1),
    /** Labels count less where the model is sure (EAFT): (entropy / 3) to this power. */
    use_eaft_loss: flag().default(false),
    eaft_alpha: float().pipe(z.number().min(0)).default(1),
    /** Share of every label's weight that goes to the whole vocabulary (stages pt and sft). */
    label_smoothing_factor: float().pipe(z.number().min(0).max(1)).default(0),
    /** Noise on embeddings while training (NEFTune). */
    neftune_noise_alpha: float().pipe(z.number().min(0)).nullish(),
    /** Tells at evaluation how many labels were the most likely token. */
    compute_accuracy: flag().default(false),

    // prediction
    predict_with_generate: flag().default(false),
    do_sample: flag().default(true),
    temperature: float().pipe(z.number().min(0)).default(0.95),
    top_p: float().pipe(z.number().gt(0).max(1)).default(0.7),
    /** 0 keeps every token. */
    top_k: int().pipe(z.number().min(0)).default(50),
    repetition_penalty: float().pipe(z.number().positive()).default(1),
    max_new_tokens: int().pipe(z.number().min(1)).default(1024),
    skip_special_tokens: flag().default(true),
    num_beams: int().default(1),
    eval_num_beams: int().nullish(),
    generation_num_beams: int().nullish(),
    length_penalty: float().default(1),

    // preferences (stages dpo and kto)
    pref_beta: float().pipe(z.number().positive()).default(0.1),
    pref_ftx: float().pipe(z.number().min(0)).default(0),
    pref_loss: z.enum(PREFERENCE_LOSSES).default("sigmoid"),
    dpo_label_smoothing: float().pipe(z.number().min(0).max(0.5)).default(0),
    simpo_gamma: float().default(0.5),
    /** What BCO's loss weighs beside that of `pref_loss`. */
    pref_bco_weight: float().pipe(z.number().min(0)).default(0),
    /** What the tokens count for that the longer answer of a pair has beyond the shorter one (LD-DPO). */
    ld_alpha: float().pipe(z.number().min(0).max(1)).nullish(),
    kto_chosen_weight: float().pipe(z.number().min(0)).default(1),
    kto_rejected_weight: float().pipe(z.number().min(0)).default(1),
    /** The reward model of stage ppo: the output_dir of a run with stage rm. */
    reward_model: optionalText(),
    reward_model_type: z.string().default("lora"),
    /** Passes over the answers of a step. */
    ppo_epochs: int().pipe(z.number().min(1)).default(4),
    /** Steps whose answers are gathered before the first pass. */
    ppo_buffer_size: int().default(1),
    /** Nats that an answer may stray from the reference before straying costs more. */
    ppo_target: float().pipe(z.number().positive()).default(6),
    ppo_whiten_rewards: flag().default(false),
    ppo_score_norm: flag().default(false),
    reward_model_adapters: commaList().optional(),
    /** The model that the policy is kept close to; the one that training begins from where missing. */
    ref_model: optionalText(),
    ref_model_adapters: commaList().optional(),

    // logging, saving, validation
    logging_steps: float().pipe(z.number().positive()).default(500),
    logging_strategy: z.enum(["no", "steps", "epoch"]).default("steps"),
    logging_first_step: flag().default(false),
    save_steps: float().pipe(z.number().positive()).default(500),
    save_strategy: z.enum(["no", "steps", "epoch", "best"]).default("steps"),
    save_total_limit: int().pipe(z.number().min(1)).nullish(),
    save_only_model: flag().default(false),
    eval_strategy: z.enum(["no", "steps", "epoch"]).default("no"),
    eval_steps: float().pipe(z.number().positive()).nullish(),
    eval_delay: float().pipe(z.number().min(0)).default(0),
    eval_on_start: flag().default(false),
    load_best_model_at_end: flag().default(false),
    metric_for_best_model: optionalText(),
    greater_is_better: flag().nullish(),
    /** Evaluations without a better loss after which training ends. */
    early_stopping_steps: int().pipe(z.number().min(1)).nullish(),
    include_num_input_tokens_seen: z.union([flag(), z.string()]).default(false),
    include_effective_tokens_per_second: flag().default(false),
    plot_loss: flag().default(false),
    report_to: commaList().default("none"),

    // Tuneboard's own (not passed on to LLaMA-Factory)
    executor: z.enum(EXECUTORS).default("auto"),
    /** Questions that the run answers at step 0 and at every checkpoint: a list, or a file of them (`samples.ts`). */
    sample_prompts: z
      .union([z.string().trim().min(1), z.array(z.unknown())], {
        error: "Give a list of prompts, or the path of a .json or .jsonl file.",
      })
      .optional(),
    sample_max_new_tokens: int().pipe(z.number().min(1)).default(128),
  })
  .loose();

/** A checked configuration with every default filled in. */
export type TrainConfig = z.infer<typeof trainConfigSchema>;
/** What a person or a YAML writes: any subset, values possibly as text. */
export type TrainConfigInput = z.input<typeof trainConfigSchema>;

/** Arguments for which an explicit null means something else than leaving them out. */
const NULL_MATTERS = ["enable_thinking"];

/**
 * Checks a configuration as written (YAML, form, command line) and fills in the defaults; a null is a key left out.
 * Each problem names the argument, and its message the value.
 */
export function parseTrainConfig(
  raw: Readonly<Record<string, unknown>>,
): { config: TrainConfig; problems: [] } | { config: null; problems: Problem[] } {
  const given = Object.entries(raw).filter(([key, value]) => value !== null || NULL_MATTERS.includes(key));
  const result = trainConfigSchema.safeParse(Object.fromEntries(given));
  if (result.success) return { config: result.data, problems: [] };
  const problems = result.error.issues.map((issue): Problem => {
    const argument = String(issue.path[0] ?? "");
    const value = raw[argument];
    const given =
      value === undefined || value === null ? "" : `${argument}: ${JSON.stringify(value)} is not valid. `;
    return { argument, severity: "error", message: `${given}${issue.message}` };
  });
  return { config: null, problems };
}

/** The alpha that LoRA uses: the one given, else twice the rank as LLaMA-Factory does. */
export function loraAlpha(config: Pick<TrainConfig, "lora_rank" | "lora_alpha">): number {
  return config.lora_alpha ?? config.lora_rank * 2;
}
