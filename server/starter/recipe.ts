/**
 * The numbers of the starter's making: seeds, sizes of the corpus, and the arguments of its training runs, in the
 * words of LLaMA-Factory. Changing any of them makes another model.
 */
import { TEMPLATE_NAME } from "./bpe/tokenizer-files";

export const SEEDS = {
  pretrain: 11,
  chat: 12,
  harder: 15,
  polish: 16,
  weights: 13,
  training: 14,
} as const;

/** Texts and dialogues generated. Every one is seen once. */
export const CORPUS_SIZES = {
  pretrain: 8_300,
  chat: 17_000,
  harder: 7_000,
  polish: 6_000,
} as const;

/** Learned tokens; with the added ones they fill an embedding table of 3072 rows. */
export const VOCABULARY = 3_067;
/** Texts of each kind that the vocabulary is learned from. */
export const VOCABULARY_SAMPLES = 8_000;

export interface RecipeFolders {
  readonly model: string;
  readonly data: string;
  readonly output: string;
}

const SHARED = {
  do_train: true,
  finetuning_type: "full",
  template: TEMPLATE_NAME,
  num_train_epochs: 1,
  learning_rate: 1.5e-3,
  lr_scheduler_type: "cosine",
  adam_beta2: 0.99,
  gradient_accumulation_steps: 1,
  logging_steps: 10,
  save_steps: 500,
  save_total_limit: 1,
  include_num_input_tokens_seen: true,
  overwrite_output_dir: true,
  seed: SEEDS.training,
} as const;

/** One training run, which goes on with the weights of the one before. */
export interface Round {
  /** Also the name of its dataset and of its folder. */
  readonly name: string;
  readonly title: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

const DIALOGUES = {
  ...SHARED,
  stage: "sft",
  cutoff_len: 256,
  per_device_train_batch_size: 8,
  train_sampling_strategy: "group_by_length",
  warmup_ratio: 0.03,
} as const;

const POLISH = { ...DIALOGUES, learning_rate: 8e-4, per_device_train_batch_size: 4 } as const;

/** In order. Small batches throughout: many steps teach a model of this size more than wide ones. */
export const ROUNDS: readonly Round[] = [
  {
    name: "starter_texts",
    title: "pt on plain text",
    arguments: {
      ...SHARED,
      stage: "pt",
      cutoff_len: 128,
      per_device_train_batch_size: 4,
      warmup_ratio: 0.05,
    },
  },
  { name: "starter_chat", title: "sft on dialogues", arguments: DIALOGUES },
  // The rate comes down from here on: these rounds refine what the one before has found.
  { name: "starter_harder", title: "sft, harder topics", arguments: { ...DIALOGUES, learning_rate: 1e-3 } },
  { name: "starter_polish", title: "sft, exact answers", arguments: POLISH },
];

/** The whole YAML of a round. */
export function roundArguments(
  round: Round,
  { model, data, output }: RecipeFolders,
): Record<string, unknown> {
  return {
    ...round.arguments,
    model_name_or_path: model,
    dataset_dir: data,
    dataset: round.name,
    output_dir: output,
  };
}
