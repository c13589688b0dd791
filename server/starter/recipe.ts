/**
 * The numbers of the starter's making: seeds, sizes of the corpus, and the arguments of its two training runs, in the
 * words of LLaMA-Factory. Changing any of them makes another model.
 */
import { TEMPLATE_NAME } from "./bpe/tokenizer-files";

export const SEEDS = { pretrain: 11, chat: 12, weights: 13, training: 14 } as const;

/** Texts and dialogues generated. Every one is seen once. */
export const CORPUS_SIZES = { pretrain: 8_300, chat: 17_000 } as const;

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

/** First run: plain text, packed into rows of 128 tokens. Small batches: many steps teach more than wide ones here. */
export function pretrainArguments({ model, data, output }: RecipeFolders): Record<string, unknown> {
  return {
    ...SHARED,
    stage: "pt",
    model_name_or_path: model,
    dataset_dir: data,
    dataset: "starter_texts",
    output_dir: output,
    cutoff_len: 128,
    per_device_train_batch_size: 4,
    warmup_ratio: 0.05,
  };
}

/** Second run: dialogues, in batches of similar length. */
export function chatArguments({ model, data, output }: RecipeFolders): Record<string, unknown> {
  return {
    ...SHARED,
    stage: "sft",
    model_name_or_path: model,
    dataset_dir: data,
    dataset: "starter_chat",
    output_dir: output,
    cutoff_len: 256,
    per_device_train_batch_size: 8,
    train_sampling_strategy: "group_by_length",
    warmup_ratio: 0.03,
  };
}
