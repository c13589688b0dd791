/**
 * A configuration's data as encoded examples, one function per kind of stage. Rows are encoded in groups of
 * `preprocessing_batch_size`, because packing and mismatched answers stay within such a group in LLaMA-Factory.
 */
import { AppError } from "@/server/contract/errors";
import type { TrainConfig } from "@/server/contract/train-config";
import type { Template } from "../tokenizer/templates/template";
import type { Tokenizer } from "../tokenizer/tokenizer";
import { describeRow, type AlignedExample } from "./aligned-example";
import type { EncodedExample, FeedbackExample, PreferencePair, PromptExample } from "./encoded-example";
import { encodeFeedback, encodePair, encodePrompt } from "./encode-preferences";
import { encodePretraining } from "./encode-pretraining";
import { encodeSupervised } from "./encode-supervised";
import { loadRows } from "./load-rows";
import { packExamples } from "./packing";

export interface LoadOptions {
  /** The template's own tokenizer (`template.tokenizer`), which may differ from the folder's. */
  readonly tokenizer: Tokenizer;
  readonly template: Template;
  /** What relative paths of the configuration start from. */
  readonly baseDir: string;
  /** Called now and then while rows are encoded. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What happened on the way, for the log. */
export interface LoadReport {
  readonly datasets: readonly { name: string; rows: number }[];
  /** Rows left out, and why the first ones were. */
  readonly dropped: number;
  readonly dropReasons: readonly string[];
  /** Rows, validation included, that were longer than `cutoff_len` and lost their end. */
  readonly cut: number;
  /** Ids in the training examples. */
  readonly trainTokens: number;
  /** Positions of the training examples that are trained on. */
  readonly trainLabelTokens: number;
}

export interface LoadedData<T> {
  readonly train: T[];
  readonly evaluation: T[];
  readonly report: LoadReport;
}

/** Examples for supervised fine-tuning or pretraining, as `stage` says. @throws AppError naming what is wrong and where */
export async function loadExamples(
  config: TrainConfig,
  options: LoadOptions,
): Promise<LoadedData<EncodedExample>> {
  const encode =
    config.stage === "pt" ? pretrainingEncoder(config, options) : supervisedEncoder(config, options);
  const data = await loadWith(config, options, { ranking: false, encode });
  const labelCount = (example: EncodedExample) =>
    example.labels.reduce((sum, label) => sum + (label < 0 ? 0 : 1), 0);
  return {
    ...data,
    report: {
      ...data.report,
      trainTokens: data.train.reduce((sum, example) => sum + example.inputIds.length, 0),
      trainLabelTokens: data.train.reduce((sum, example) => sum + labelCount(example), 0),
    },
  };
}

/** Pairs of answers for the stages rm and dpo. */
export function loadPreferencePairs(
  config: TrainConfig,
  options: LoadOptions,
): Promise<LoadedData<PreferencePair>> {
  const { template } = options;
  return loadWith(config, options, {
    ranking: true,
    encode: (rows, notes) => sound(rows, 2, notes).map((row) => encodePair(template, row, config.cutoff_len)),
  });
}

/** Liked and disliked answers for the stage kto. */
export function loadFeedback(
  config: TrainConfig,
  options: LoadOptions,
): Promise<LoadedData<FeedbackExample>> {
  const { template } = options;
  return loadWith(config, options, {
    ranking: false,
    encode: (rows, notes) => encodeFeedback(template, sound(rows, 2, notes), config.cutoff_len),
  });
}

/** Prompts for the stage ppo, and for prediction. */
export function loadPrompts(config: TrainConfig, options: LoadOptions): Promise<LoadedData<PromptExample>> {
  const { template } = options;
  return loadWith(config, options, {
    ranking: false,
    encode: (rows, notes) =>
      sound(rows, 0, notes).map((row) => encodePrompt(template, row, config.cutoff_len)),
  });
}

/** What an encoder tells about rows. */
interface Notes {
  drop(reason: string): void;
  cut(): void;
}
type GroupEncoder<T> = (rows: readonly AlignedExample[], notes: Notes) => T[];

/** Packing, and the length that is left for a row's own tokens with it. */
function packingOf(config: TrainConfig): { packing: boolean; cutoffLen: number } {
  const asked = config.neat_packing || config.packing === true;
  const packing = asked || (config.packing === undefined && config.stage === "pt");
  // A packed row gets one token of padding at the end.
  return { packing, cutoffLen: asked ? config.cutoff_len - 1 : config.cutoff_len };
}

function pretrainingEncoder(config: TrainConfig, { template }: LoadOptions): GroupEncoder<EncodedExample> {
  const settings = packingOf(config);
  return (rows, notes) => {
    const texts = sound(rows, 0, notes).map((row) => row.prompt[0]!.content);
    return encodePretraining(template, texts, settings);
  };
}

function supervisedEncoder(config: TrainConfig, { template }: LoadOptions): GroupEncoder<EncodedExample> {
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

const SHOWN_REASONS = 5;

async function loadWith<T>(
  config: TrainConfig,
  options: LoadOptions,
  { ranking, encode }: { ranking: boolean; encode: GroupEncoder<T> },
): Promise<LoadedData<T>> {
  const rows = await loadRows(config, ranking, options.baseDir);
  const groupSize = Number(config["preprocessing_batch_size"] ?? 1000);
  const total = rows.train.length + rows.evaluation.length;
  const dropReasons: string[] = [];
  let dropped = 0;
  let done = 0;
  let cut = 0;
  const notes: Notes = {
    drop(reason) {
      dropped++;
      if (dropReasons.length < SHOWN_REASONS) dropReasons.push(reason);
    },
    cut: () => cut++,
  };
  const encodeAll = async (all: readonly AlignedExample[]) => {
    const encoded: T[] = [];
    for (let at = 0; at < all.length; at += groupSize) {
      const group = all.slice(at, at + groupSize);
      for (const example of encode(group, notes)) encoded.push(example);
      done += group.length;
      options.onProgress?.(done, total);
      // Signals are heard between groups.
      await new Promise(setImmediate);
    }
    return encoded;
  };
  const train = await encodeAll(rows.train);
  const evaluation = await encodeAll(rows.evaluation);
  if (train.length === 0 && rows.train.length > 0) throw nothingLeft(config, dropReasons);
  return {
    train,
    evaluation,
    report: { datasets: rows.datasets, dropped, dropReasons, cut, trainTokens: 0, trainLabelTokens: 0 },
  };
}

function nothingLeft(config: TrainConfig, reasons: readonly string[]): AppError {
  if (reasons.length > 0) {
    return new AppError(
      "dataset_malformed",
      `No row of ${config.dataset} can be used. First: ${reasons[0]}.`,
    );
  }
  return new AppError(
    "dataset_malformed",
    `The texts of ${config.dataset} together are shorter than one block of cutoff_len ${config.cutoff_len} tokens. ` +
      "Lower cutoff_len, add data, or set packing to false.",
  );
}
