/**
 * LLaMA-Factory's rules about several arguments at once, most of which it finds out only after loading the model.
 * Pure rules over a configuration; they do not know engines.
 */
import { isOn, textOf, type Configuration } from "./configuration-values";
import type { Problem } from "./problem";
import { splitList } from "./train-config";

interface Rule {
  readonly argument: string;
  readonly broken: (config: Configuration) => boolean;
  readonly message: string;
  readonly fix?: Problem["fix"];
}

const stageOf = (config: Configuration) => textOf(config["stage"]) || "sft";
const methodOf = (config: Configuration) => textOf(config["finetuning_type"]) || "lora";
const adaptersOf = (config: Configuration) => splitList(textOf(config["adapter_name_or_path"]));
const evaluates = (config: Configuration) => !["", "no"].includes(textOf(config["eval_strategy"]));
const hasValidationShare = (config: Configuration) => Number(config["val_size"] ?? 0) > 0;
const hasEvalData = (config: Configuration) => Boolean(config["eval_dataset"]) || hasValidationShare(config);
const without = (name: string): Problem["fix"] => ({ label: `Remove ${name}`, set: { [name]: null } });
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
    broken: (config) =>
      stageOf(config) === "sft" && isOn(config[argument]) && others.some((other) => isOn(config[other])),
    message: `There can be one loss: ${argument} excludes ${others.join(" and ")}.`,
    fix: without(argument),
  };
}

const RULES: readonly Rule[] = [
  {
    argument: "do_train",
    broken: (config) => !["do_train", "do_eval", "do_predict"].some((name) => isOn(config[name])),
    message: "There is nothing to do: none of do_train, do_eval and do_predict is set.",
    fix: { label: "Train", set: { do_train: true } },
  },
  {
    argument: "dataset",
    broken: (config) => isOn(config["do_train"]) && splitList(textOf(config["dataset"])).length === 0,
    message: "Choose a dataset to train on.",
  },
  {
    argument: "mask_history",
    broken: (config) => isOn(config["train_on_prompt"]) && isOn(config["mask_history"]),
    message: "train_on_prompt and mask_history contradict each other; choose one.",
    fix: without("mask_history"),
  },
  onlyForSft("train_on_prompt"),
  onlyForSft("mask_history"),
  onlyForSft("neat_packing"),
  onlyForSft("predict_with_generate"),
  {
    argument: "reward_model",
    broken: (config) => stageOf(config) === "ppo" && !textOf(config["reward_model"]),
    message: "Stage ppo needs a reward model: name the output_dir of a run with stage rm as reward_model.",
  },
  {
    argument: "eval_strategy",
    broken: (config) => stageOf(config) === "ppo" && (evaluates(config) || isOn(config["do_eval"])),
    message: "Stage ppo has nothing to evaluate: its answers are new at every step.",
    fix: { label: "Do not evaluate", set: { eval_strategy: null, do_eval: null } },
  },
  onlyOneOf("use_eaft_loss", ["use_dft_loss"]),
  onlyOneOf("use_asft_loss", ["use_dft_loss", "use_eaft_loss"]),
  {
    argument: "pref_bco_weight",
    broken: (config) =>
      Number(config["pref_bco_weight"] ?? 0) > 0 &&
      stageOf(config) === "dpo" &&
      ["orpo", "simpo"].includes(textOf(config["pref_loss"])),
    message: "BCO compares with a reference model, which pref_loss orpo and simpo do not have.",
    fix: without("pref_bco_weight"),
  },
  {
    argument: "adapter_name_or_path",
    broken: (config) => adaptersOf(config).length > 0 && !["lora", "oft"].includes(methodOf(config)),
    message: "An adapter can only be continued with finetuning_type lora.",
    fix: without("adapter_name_or_path"),
  },
  {
    argument: "quantization_bit",
    broken: (config) => Boolean(config["quantization_bit"]) && !["lora", "oft"].includes(methodOf(config)),
    message: "A quantised model can only be trained with finetuning_type lora or oft.",
    fix: without("quantization_bit"),
  },
  {
    argument: "val_size",
    broken: (config) => Boolean(config["eval_dataset"]) && hasValidationShare(config),
    message: "Give either eval_dataset or val_size, not both.",
    fix: without("val_size"),
  },
  {
    argument: "eval_strategy",
    broken: (config) => evaluates(config) && !hasEvalData(config),
    message: "There is nothing to evaluate on: set val_size or eval_dataset.",
    fix: { label: "Keep a tenth for validation", set: { val_size: 0.1 } },
  },
  {
    argument: "do_eval",
    broken: (config) => isOn(config["do_eval"]) && !hasEvalData(config),
    message: "There is nothing to evaluate on: set val_size or eval_dataset.",
  },
  {
    argument: "load_best_model_at_end",
    broken: (config) => isOn(config["load_best_model_at_end"]) && !evaluates(config),
    message: "The best model is told by evaluation: set eval_strategy to steps or epoch.",
    fix: evaluating,
  },
  {
    argument: "early_stopping_steps",
    broken: (config) => Boolean(config["early_stopping_steps"]) && !evaluates(config),
    message: "Stopping early needs evaluation: set eval_strategy to steps or epoch.",
    fix: evaluating,
  },
  {
    argument: "interleave_probs",
    broken: (config) =>
      Boolean(config["interleave_probs"]) && (textOf(config["mix_strategy"]) || "concat") === "concat",
    message: "interleave_probs only counts where mix_strategy interleaves: set it to interleave_under.",
    fix: { label: "Interleave", set: { mix_strategy: "interleave_under" } },
  },
  {
    argument: "streaming",
    broken: (config) => isOn(config["streaming"]) && !(Number(config["max_steps"] ?? -1) > 0),
    message: "Streamed data has no known length: set max_steps.",
  },
  {
    argument: "tokenized_path",
    broken: (config) => isOn(config["streaming"]) && Boolean(config["tokenized_path"]),
    message: "Streamed data is tokenised while it is read: tokenized_path cannot be used with streaming.",
    fix: without("tokenized_path"),
  },
  {
    argument: "val_size",
    broken: (config) => isOn(config["streaming"]) && !Number.isInteger(Number(config["val_size"] ?? 0)),
    message: "Streamed data has no known length, so val_size must be a number of rows.",
    fix: { label: "Keep 100 rows for validation", set: { val_size: 100 } },
  },
  {
    argument: "train_sampling_strategy",
    broken: (config) =>
      isOn(config["streaming"]) && textOf(config["train_sampling_strategy"]) === "group_by_length",
    message: "Streamed rows cannot be grouped by length: their lengths are not known before they are read.",
    fix: without("train_sampling_strategy"),
  },
  {
    argument: "eval_on_each_dataset",
    broken: (config) => isOn(config["eval_on_each_dataset"]) && !config["eval_dataset"],
    message: "eval_on_each_dataset needs eval_dataset: a validation share is one set of rows.",
    fix: without("eval_on_each_dataset"),
  },
  {
    argument: "max_samples",
    broken: (config) => isOn(config["streaming"]) && Boolean(config["max_samples"]),
    message: "max_samples cannot be used with streaming.",
    fix: without("max_samples"),
  },
  {
    argument: "do_predict",
    broken: (config) => isOn(config["do_predict"]) && !hasEvalData(config),
    message: "There is nothing to predict: set eval_dataset or val_size.",
  },
  {
    argument: "do_predict",
    broken: (config) => isOn(config["do_predict"]) && !isOn(config["predict_with_generate"]),
    message: "do_predict needs predict_with_generate.",
    fix: { label: "Generate the predictions", set: { predict_with_generate: true } },
  },
];

/** The rules that a configuration breaks. */
export function combinationProblems(config: Configuration): Problem[] {
  return RULES.filter((rule) => rule.broken(config)).map(({ argument, message, fix }) => ({
    argument,
    severity: "error",
    message,
    ...(fix && { fix }),
  }));
}
