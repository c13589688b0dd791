/**
 * Groups of rows to examples, one encoder per kind of stage. Rows are encoded in groups of `preprocessing_batch_size`,
 * because packing and mismatched answers stay within such a group in LLaMA-Factory.
 */
import { AppError } from "@/server/contract/errors";
import type { TrainConfig } from "@/server/contract/train-config";
import type { Template } from "../tokenizer/templates/template";
import { describeRow, type AlignedExample } from "./aligned-example";
import type { EncodedExample, FeedbackExample, PreferencePair, PromptExample } from "./encoded-example";
import { encodeFeedback, encodePair, encodePrompt } from "./encode-preferences";
import { encodePretraining } from "./encode-pretraining";
import { encodeSupervised } from "./encode-supervised";
import { packExamples } from "./packing";

/** What an encoder tells about rows. */
export interface Notes {
  drop(reason: string): void;
  cut(): void;
}

export type GroupEncoder<T> = (rows: readonly AlignedExample[], notes: Notes) => T[];

/** Stages sft and pt, as `stage` says. @throws AppError invalid_config where arguments contradict each other */
export function rowEncoder(config: TrainConfig, template: Template): GroupEncoder<EncodedExample> {
  return config.stage === "pt" ? pretrainingEncoder(config, template) : supervisedEncoder(config, template);
}

/** Stages rm and dpo. */
export function pairEncoder(config: TrainConfig, template: Template): GroupEncoder<PreferencePair> {
  return (rows, notes) =>
    sound(rows, 2, notes).map((row) => atRow(row, () => encodePair(template, row, config.cutoff_len)));
}

/** Stage kto. */
export function feedbackEncoder(config: TrainConfig, template: Template): GroupEncoder<FeedbackExample> {
  return (rows, notes) => encodeFeedback(template, sound(rows, 2, notes), config.cutoff_len);
}

/** Stage ppo, and prediction. */
export function promptEncoder(config: TrainConfig, template: Template): GroupEncoder<PromptExample> {
  return (rows, notes) =>
    sound(rows, 0, notes).map((row) => atRow(row, () => encodePrompt(template, row, config.cutoff_len)));
}

/** Packing, and the length that is left for a row's own tokens with it. */
function packingOf(config: TrainConfig): { packing: boolean; cutoffLen: number } {
  const asked = config.neat_packing || config.packing === true;
  const packing = asked || (config.packing === undefined && config.stage === "pt");
  // A packed row gets one token of padding at the end.
  return { packing, cutoffLen: asked ? config.cutoff_len - 1 : config.cutoff_len };
}

function pretrainingEncoder(config: TrainConfig, template: Template): GroupEncoder<EncodedExample> {
  const settings = packingOf(config);
  return (rows, notes) => {
    const texts = sound(rows, 0, notes).map((row) => row.prompt[0]!.content);
    return encodePretraining(template, texts, settings);
  };
}

function supervisedEncoder(config: TrainConfig, template: Template): GroupEncoder<EncodedExample> {
  const { packing, cutoffLen } = packingOf(config);
  if (config.mask_history && config.train_on_prompt) {
    throw new AppError(
      "invalid_config",
      "mask_history and train_on_prompt exclude each other. Set one to false.",
    );
  }
  const supervised = { cutoffLen, trainOnPrompt: config.train_on_prompt, maskHistory: config.mask_history };
  const padId = template.tokenizer.pad?.id ?? 0;
  return (rows, notes) => {
    const examples = sound(rows, 1, notes).map((row) =>
      atRow(row, () =>
        encodeSupervised(template, { ...row, messages: [...row.prompt, ...row.response] }, supervised),
      ),
    );
    for (const example of examples) if (example.cut) notes.cut();
    return packing
      ? packExamples(examples, { capacity: cutoffLen, neat: config.neat_packing, padId })
      : examples;
  };
}

/** Adds where the row stands to what went wrong with it. */
function atRow<T>(row: AlignedExample, encode: () => T): T {
  try {
    return encode();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "dataset_malformed") throw error;
    throw new AppError("dataset_malformed", `${describeRow(row.row)}: ${error.message}`, { cause: error });
  }
}

/** Rows with a whole conversation and as many answers as the stage needs. */
function sound(rows: readonly AlignedExample[], answers: number, notes: Notes): AlignedExample[] {
  return rows.filter((row) => {
    const enough = answers === 1 ? row.response.length === 1 : row.response.length >= answers;
    if (row.prompt.length % 2 === 1 && enough) return true;
    notes.drop(`${describeRow(row.row)}: ${row.broken ?? "it has no answer"}`);
    return false;
  });
}
