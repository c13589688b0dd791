/**
 * LLaMA-Factory's rules about several arguments at once, most of which it finds out only after loading the model.
 * Pure rules over a configuration; they do not know engines. Each has a code, by which other languages say it.
 */
import { isOn, splitList, textOf, type Configuration } from "./configuration-values";
import type { Problem } from "./problem";
import { zeroStage } from "./zero-config";

interface Rule {
  readonly argument: string;
  readonly broken: (config: Configuration) => boolean;
  readonly message: string;
  readonly fix?: Problem["fix"];
}

const stageOf = (config: Configuration) => textOf(config["stage"]) || "sft";
const methodOf = (config: Configuration) => textOf(config["finetuning_type"]) || "lora";
const adaptersOf = (config: Configuration) => splitList(textOf(config["adapter_name_or_path"]));
const numberAt = (config: Configuration, name: string) => Number(config[name] ?? 0);
const oftBlockSize = (config: Configuration) => Number(config["oft_block_size"] ?? 32);
const strategyOf = (config: Configuration) => textOf(config["eval_strategy"]).replace(/^(false|no)$/, "");
const savesBy = (config: Configuration) => textOf(config["save_strategy"]) || "steps";
const evaluates = (config: Configuration) => strategyOf(config) !== "";
const hasValidationShare = (config: Configuration) => numberAt(config, "val_size") > 0;
const hasEvalData = (config: Configuration) => Boolean(config["eval_dataset"]) || hasValidationShare(config);
const isZero3 = (config: Configuration) => zeroStage(config["deepspeed"]) === 3;
const onAny = (config: Configuration, names: readonly string[]) => names.some((name) => isOn(config[name]));
const MEMORY_SAVERS = ["use_galore", "use_apollo", "use_badam"];

/** Whether more than one process trains, as far as the configuration says. */
function isDistributed(config: Configuration): boolean {
  return (
    numberAt(config, "NPROC_PER_NODE") > 1 ||
    numberAt(config, "NNODES") > 1 ||
    splitList(textOf(config["CUDA_VISIBLE_DEVICES"])).length > 1
  );
}

const without = (...names: string[]): Problem["fix"] => ({
  label: `Remove ${names.join(" and ")}`,
  set: Object.fromEntries(names.map((name) => [name, null])),
});
const evaluating: Problem["fix"] = { label: "Evaluate while training", set: { eval_strategy: "steps" } };

function onlyForSft(argument: string): Rule {
  return {
    argument,
    broken: (config) => isOn(config[argument]) && stageOf(config) !== "sft",
    message: `${argument} is only for supervised fine-tuning (stage sft).`,
    fix: without(argument),
  };
}

function onlyOneOf(argument: string, others: readonly string[]): Rule {
  return {
    argument,
    broken: (config) => stageOf(config) === "sft" && isOn(config[argument]) && onAny(config, others),
    message: `There can be one loss: ${argument} excludes ${others.join(" and ")}.`,
    fix: without(argument),
  };
}

function onlyForLora(argument: string): Rule {
  return {
    argument,
    broken: (config) =>
      (isOn(config[argument]) || numberAt(config, argument) > 0) && methodOf(config) !== "lora",
    message: `${argument} is only for finetuning_type lora.`,
    fix: without(argument),
  };
}

const RULES = {
  nothing_to_do: {
    argument: "do_train",
    broken: (config) => !onAny(config, ["do_train", "do_eval", "do_predict"]),
    message: "There is nothing to do: none of do_train, do_eval and do_predict is set.",
    fix: { label: "Train", set: { do_train: true } },
  },
  no_dataset: {
    argument: "dataset",
    broken: (config) => isOn(config["do_train"]) && splitList(textOf(config["dataset"])).length === 0,
    message: "Choose a dataset to train on.",
  },
  prompt_and_history: {
    argument: "mask_history",
    broken: (config) => isOn(config["train_on_prompt"]) && isOn(config["mask_history"]),
    message: "train_on_prompt and mask_history contradict each other; choose one.",
    fix: without("mask_history"),
  },
  train_on_prompt_sft: onlyForSft("train_on_prompt"),
  mask_history_sft: onlyForSft("mask_history"),
  neat_packing_sft: onlyForSft("neat_packing"),
  predict_with_generate_sft: onlyForSft("predict_with_generate"),
  ppo_reward_model: {
    argument: "reward_model",
    broken: (config) => stageOf(config) === "ppo" && !textOf(config["reward_model"]),
    message: "Stage ppo needs a reward model: name the output_dir of a run with stage rm as reward_model.",
  },
  ppo_reward_lora: {
    argument: "reward_model_type",
    broken: (config) =>
      stageOf(config) === "ppo" &&
      ["", "lora"].includes(textOf(config["reward_model_type"])) &&
      methodOf(config) !== "lora",
    message: "A reward model that is an adapter needs finetuning_type lora: it is put onto the same base.",
    fix: { label: "Use a whole reward model", set: { reward_model_type: "full" } },
  },
  ppo_evaluation: {
    argument: "eval_strategy",
    broken: (config) => stageOf(config) === "ppo" && (evaluates(config) || isOn(config["do_eval"])),
    message: "Stage ppo has nothing to evaluate: its answers are new at every step.",
    fix: { label: "Do not evaluate", set: { eval_strategy: null, do_eval: null } },
  },
  ppo_loggers: {
    argument: "report_to",
    broken: (config) =>
      stageOf(config) === "ppo" &&
      splitList(textOf(config["report_to"])).some(
        (logger) => !["none", "wandb", "tensorboard", "trackio"].includes(logger),
      ),
    message: "Stage ppo reports to wandb, tensorboard or trackio only.",
    fix: without("report_to"),
  },
  ppo_shift_attn: {
    argument: "shift_attn",
    broken: (config) => stageOf(config) === "ppo" && isOn(config["shift_attn"]),
    message: "Stage ppo cannot be used with shift_attn.",
    fix: without("shift_attn"),
  },
  ppo_unsloth: {
    argument: "use_unsloth",
    broken: (config) => stageOf(config) === "ppo" && isOn(config["use_unsloth"]),
    message: "Stage ppo cannot be used with use_unsloth.",
    fix: without("use_unsloth"),
  },
  value_head_best: {
    argument: "load_best_model_at_end",
    broken: (config) => ["rm", "ppo"].includes(stageOf(config)) && isOn(config["load_best_model_at_end"]),
    message: "Stages rm and ppo cannot load the best model at the end: the checkpoint lacks the value head.",
    fix: without("load_best_model_at_end"),
  },
  eaft_loss: onlyOneOf("use_eaft_loss", ["use_dft_loss"]),
  asft_loss: onlyOneOf("use_asft_loss", ["use_dft_loss", "use_eaft_loss"]),
  smoothed_loss: {
    argument: "label_smoothing_factor",
    broken: (config) =>
      stageOf(config) === "sft" &&
      numberAt(config, "label_smoothing_factor") > 0 &&
      onAny(config, ["use_dft_loss", "use_asft_loss", "use_eaft_loss"]),
    message: "There can be one loss: DFT, ASFT and EAFT have no labels that could be smoothed.",
    fix: without("label_smoothing_factor"),
  },
  label_smoothing: {
    argument: "dpo_label_smoothing",
    broken: (config) =>
      stageOf(config) === "dpo" &&
      numberAt(config, "dpo_label_smoothing") > 1e-6 &&
      (textOf(config["pref_loss"]) || "sigmoid") !== "sigmoid",
    message: "dpo_label_smoothing is only for pref_loss sigmoid.",
    fix: without("dpo_label_smoothing"),
  },
  bco_reference: {
    argument: "pref_bco_weight",
    broken: (config) =>
      numberAt(config, "pref_bco_weight") > 0 &&
      stageOf(config) === "dpo" &&
      ["orpo", "simpo"].includes(textOf(config["pref_loss"])),
    message: "BCO compares with a reference model, which pref_loss orpo and simpo do not have.",
    fix: without("pref_bco_weight"),
  },
  adapter_method: {
    argument: "adapter_name_or_path",
    broken: (config) => adaptersOf(config).length > 0 && !["lora", "oft"].includes(methodOf(config)),
    message: "An adapter can only be continued with finetuning_type lora or oft.",
    fix: without("adapter_name_or_path"),
  },
  use_rslora_lora: onlyForLora("use_rslora"),
  use_dora_lora: onlyForLora("use_dora"),
  pissa_init_lora: onlyForLora("pissa_init"),
  loraplus_lr_ratio_lora: onlyForLora("loraplus_lr_ratio"),
  oft_both_sizes: {
    argument: "oft_rank",
    broken: (config) =>
      methodOf(config) === "oft" && numberAt(config, "oft_rank") > 0 && oftBlockSize(config) > 0,
    message:
      "oft_rank says into how many blocks a linear's inputs are cut and oft_block_size how long a block is: give one of them and 0 for the other.",
    fix: { label: "Cut by oft_rank", set: { oft_block_size: 0 } },
  },
  oft_no_size: {
    argument: "oft_block_size",
    broken: (config) =>
      methodOf(config) === "oft" && numberAt(config, "oft_rank") === 0 && oftBlockSize(config) === 0,
    message: "OFT needs oft_block_size or oft_rank to be more than 0.",
    fix: { label: "Use blocks of 32", set: { oft_block_size: 32 } },
  },
  scratch_full: {
    argument: "train_from_scratch",
    broken: (config) => isOn(config["train_from_scratch"]) && methodOf(config) !== "full",
    message:
      "train_from_scratch needs finetuning_type full: random weights that are not saved are worth nothing.",
    fix: { label: "Train in full", set: { finetuning_type: "full" } },
  },
  llama_pro_full: {
    argument: "use_llama_pro",
    broken: (config) => isOn(config["use_llama_pro"]) && methodOf(config) === "full",
    message: "use_llama_pro is only for finetuning_type freeze and lora.",
    fix: without("use_llama_pro"),
  },
  savers_with_lora: {
    argument: "finetuning_type",
    broken: (config) => methodOf(config) === "lora" && onAny(config, MEMORY_SAVERS),
    message: "GaLore, APOLLO and BAdam are ways of full training; they cannot be used with LoRA.",
    fix: { label: "Train in full", set: { finetuning_type: "full" } },
  },
  one_saver: {
    argument: "use_badam",
    broken: (config) => MEMORY_SAVERS.filter((name) => isOn(config[name])).length > 1,
    message: "Only one of GaLore, APOLLO and BAdam can be used at a time.",
  },
  quantized_method: {
    argument: "quantization_bit",
    broken: (config) => Boolean(config["quantization_bit"]) && !["lora", "oft"].includes(methodOf(config)),
    message: "A quantised model can only be trained with finetuning_type lora or oft.",
    fix: without("quantization_bit"),
  },
  quantized_vocabulary: {
    argument: "resize_vocab",
    broken: (config) => Boolean(config["quantization_bit"]) && isOn(config["resize_vocab"]),
    message: "The embeddings of a quantised model cannot be resized.",
    fix: without("resize_vocab"),
  },
  quantized_new_adapter: {
    argument: "create_new_adapter",
    broken: (config) =>
      Boolean(config["quantization_bit"]) &&
      isOn(config["create_new_adapter"]) &&
      adaptersOf(config).length > 0,
    message: "A quantised model cannot take in an old adapter, so no new one can be made on top of it.",
    fix: without("create_new_adapter"),
  },
  quantized_adapters: {
    argument: "adapter_name_or_path",
    broken: (config) => Boolean(config["quantization_bit"]) && adaptersOf(config).length > 1,
    message: "A quantised model takes one adapter only. Merge them first.",
  },
  quantized_pissa: {
    argument: "pissa_init",
    broken: (config) =>
      Boolean(config["quantization_bit"]) && isOn(config["pissa_init"]) && adaptersOf(config).length === 0,
    message: "PiSSA changes the model's own weights, so that they cannot be quantised.",
    fix: without("pissa_init"),
  },
  pissa_stage: {
    argument: "pissa_init",
    broken: (config) => isOn(config["pissa_init"]) && ["ppo", "kto"].includes(stageOf(config)),
    message: "PiSSA changes the model that stages ppo and kto compare with; use plain LoRA there.",
    fix: without("pissa_init"),
  },
  pissa_zero3: {
    argument: "pissa_init",
    broken: (config) => isOn(config["pissa_init"]) && isZero3(config),
    message: "PiSSA needs whole weights, which no GPU has under DeepSpeed ZeRO-3.",
    fix: without("pissa_init"),
  },
  zero3_pure_bf16: {
    argument: "pure_bf16",
    broken: (config) => isOn(config["pure_bf16"]) && isZero3(config),
    message: "pure_bf16 cannot be used with DeepSpeed ZeRO-3; bf16 can.",
    fix: { label: "Use bf16", set: { pure_bf16: null, bf16: true } },
  },
  zero3_unsloth: {
    argument: "use_unsloth",
    broken: (config) => isOn(config["use_unsloth"]) && isZero3(config),
    message: "use_unsloth cannot be used with DeepSpeed ZeRO-3.",
    fix: without("use_unsloth"),
  },
  deepspeed_projection: {
    argument: "deepspeed",
    broken: (config) => Boolean(config["deepspeed"]) && onAny(config, ["use_galore", "use_apollo"]),
    message: "GaLore and APOLLO cannot be used with DeepSpeed.",
    fix: without("deepspeed"),
  },
  layerwise_distributed: {
    argument: "NPROC_PER_NODE",
    broken: (config) => isDistributed(config) && onAny(config, ["galore_layerwise", "apollo_layerwise"]),
    message: "Updating layer by layer works with one GPU only.",
    fix: without("galore_layerwise", "apollo_layerwise"),
  },
  layerwise_accumulation: {
    argument: "gradient_accumulation_steps",
    broken: (config) =>
      numberAt(config, "gradient_accumulation_steps") > 1 &&
      onAny(config, ["galore_layerwise", "apollo_layerwise"]),
    message: "Updating layer by layer leaves no gradients to accumulate.",
    fix: { label: "Do not accumulate", set: { gradient_accumulation_steps: 1 } },
  },
  badam_distributed: {
    argument: "use_badam",
    broken: (config) =>
      isOn(config["use_badam"]) &&
      isDistributed(config) &&
      ((textOf(config["badam_mode"]) || "layer") === "ratio" || !isZero3(config)),
    message: "With several GPUs BAdam works layer by layer, and with DeepSpeed ZeRO-3 only.",
  },
  two_validations: {
    argument: "val_size",
    broken: (config) => Boolean(config["eval_dataset"]) && hasValidationShare(config),
    message: "Give either eval_dataset or val_size, not both.",
    fix: without("val_size"),
  },
  nothing_to_validate: {
    argument: "eval_strategy",
    broken: (config) => evaluates(config) && !hasEvalData(config),
    message: "There is nothing to evaluate on: set val_size or eval_dataset.",
    fix: { label: "Keep a tenth for validation", set: { val_size: 0.1 } },
  },
  nothing_to_evaluate: {
    argument: "do_eval",
    broken: (config) => isOn(config["do_eval"]) && !hasEvalData(config),
    message: "There is nothing to evaluate on: set val_size or eval_dataset.",
  },
  best_needs_evaluation: {
    argument: "load_best_model_at_end",
    broken: (config) => isOn(config["load_best_model_at_end"]) && !evaluates(config),
    message: "The best model is told by evaluation: set eval_strategy to steps or epoch.",
    fix: evaluating,
  },
  best_needs_saves: {
    argument: "load_best_model_at_end",
    broken: (config) =>
      isOn(config["load_best_model_at_end"]) &&
      evaluates(config) &&
      savesBy(config) !== "best" &&
      savesBy(config) !== strategyOf(config),
    message:
      "To end with the best model, save and evaluate at the same times: both every so many steps, or both every epoch.",
  },
  best_between_saves: {
    argument: "save_steps",
    broken(config) {
      const [save, evaluate] = [numberAt(config, "save_steps") || 500, numberAt(config, "eval_steps")];
      return (
        isOn(config["load_best_model_at_end"]) &&
        strategyOf(config) === "steps" &&
        savesBy(config) === "steps" &&
        save >= 1 &&
        evaluate >= 1 &&
        save % evaluate !== 0
      );
    },
    message:
      "To end with the best model, every save must be evaluated: make save_steps a multiple of eval_steps.",
  },
  stopping_needs_evaluation: {
    argument: "early_stopping_steps",
    broken: (config) => Boolean(config["early_stopping_steps"]) && !evaluates(config),
    message: "Stopping early needs evaluation: set eval_strategy to steps or epoch.",
    fix: evaluating,
  },
  shares_need_mixing: {
    argument: "interleave_probs",
    broken: (config) =>
      Boolean(config["interleave_probs"]) && (textOf(config["mix_strategy"]) || "concat") === "concat",
    message: "interleave_probs only counts where mix_strategy interleaves: set it to interleave_under.",
    fix: { label: "Interleave", set: { mix_strategy: "interleave_under" } },
  },
  shares_of_datasets: {
    argument: "interleave_probs",
    broken: (config) =>
      Boolean(config["interleave_probs"]) &&
      splitList(textOf(config["interleave_probs"])).length !== splitList(textOf(config["dataset"])).length,
    message: "interleave_probs needs one share for each dataset.",
    fix: without("interleave_probs"),
  },
  streaming_steps: {
    argument: "streaming",
    broken: (config) => isOn(config["streaming"]) && !(Number(config["max_steps"] ?? -1) > 0),
    message: "Streamed data has no known length: set max_steps.",
  },
  streaming_tokenized: {
    argument: "tokenized_path",
    broken: (config) => isOn(config["streaming"]) && Boolean(config["tokenized_path"]),
    message: "Streamed data is tokenised while it is read: tokenized_path cannot be used with streaming.",
    fix: without("tokenized_path"),
  },
  streaming_share: {
    argument: "val_size",
    broken: (config) => isOn(config["streaming"]) && !Number.isInteger(numberAt(config, "val_size")),
    message: "Streamed data has no known length, so val_size must be a number of rows.",
    fix: { label: "Keep 100 rows for validation", set: { val_size: 100 } },
  },
  streaming_lengths: {
    argument: "train_sampling_strategy",
    broken: (config) =>
      isOn(config["streaming"]) && textOf(config["train_sampling_strategy"]) === "group_by_length",
    message: "Streamed rows cannot be grouped by length: their lengths are not known before they are read.",
    fix: without("train_sampling_strategy"),
  },
  each_dataset: {
    argument: "eval_on_each_dataset",
    broken: (config) => isOn(config["eval_on_each_dataset"]) && !config["eval_dataset"],
    message: "eval_on_each_dataset needs eval_dataset: a validation share is one set of rows.",
    fix: without("eval_on_each_dataset"),
  },
  streaming_samples: {
    argument: "max_samples",
    broken: (config) => isOn(config["streaming"]) && Boolean(config["max_samples"]),
    message: "max_samples cannot be used with streaming.",
    fix: without("max_samples"),
  },
  nothing_to_predict: {
    argument: "do_predict",
    broken: (config) => isOn(config["do_predict"]) && !hasEvalData(config),
    message: "There is nothing to predict: set eval_dataset or val_size.",
  },
  predict_generates: {
    argument: "do_predict",
    broken: (config) => isOn(config["do_predict"]) && !isOn(config["predict_with_generate"]),
    message: "do_predict needs predict_with_generate.",
    fix: { label: "Generate the predictions", set: { predict_with_generate: true } },
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleCode = keyof typeof RULES;

const CODES = Object.keys(RULES) as RuleCode[];
const BY_CODE: Readonly<Record<RuleCode, Rule>> = RULES;

/** What each rule says, in English. */
export const RULE_MESSAGES = Object.fromEntries(CODES.map((code) => [code, BY_CODE[code].message])) as Record<
  RuleCode,
  string
>;

/** The rules that a configuration breaks. */
export function combinationProblems(config: Configuration): Problem[] {
  return CODES.filter((code) => BY_CODE[code].broken(config)).map((code) => {
    const { argument, message, fix } = BY_CODE[code];
    return { argument, severity: "error", message, code, ...(fix && { fix }) };
  });
}
