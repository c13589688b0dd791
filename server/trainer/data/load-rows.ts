/**
 * The rows that a configuration names, in the standard form: data sets in order, each cut to `max_samples`, joined or
 * interleaved, and split into training and validation.
 */
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import { splitList, type TrainConfig } from "@/server/contract/train-config";
import type { AlignedExample } from "./aligned-example";
import { alignAlpaca } from "./alpaca-rows";
import { findDatasets, type Dataset } from "./dataset-registry";
import { readRows, type DatasetRow } from "./dataset-rows";
import { mixRows, type MixOptions } from "./interleave";
import { alignOpenai, alignSharegpt } from "./message-rows";
import { RowColumns } from "./row-columns";
import { splitValidation } from "./split-validation";
import { torchPermutation } from "./torch-random";

export interface AlignedRows {
  readonly train: AlignedExample[];
  readonly evaluation: EvaluationRows[];
  /** Names and row counts of the training data sets, before the split. */
  readonly datasets: readonly { name: string; rows: number }[];
}

/** Rows that are evaluated together. */
export interface EvaluationRows {
  /** The data set's, where each is evaluated on its own; null: all that is held out. */
  readonly name: string | null;
  readonly rows: AlignedExample[];
}

export interface RowsOptions {
  /** Whether the stage needs pairs of answers (rm, dpo); other stages take no such data set. */
  readonly ranking: boolean;
  /** What relative paths of the configuration start from. */
  readonly baseDir: string;
}

/** The data sets that a configuration names. */
export interface NamedDatasets {
  readonly train: readonly Dataset[];
  readonly evaluation: readonly Dataset[];
}

/** @throws AppError dataset_malformed, invalid_config or unsupported, naming file, row, column and the way out */
export async function loadRows(config: TrainConfig, datasets: NamedDatasets): Promise<AlignedRows> {
  const train = await loadDatasets(datasets.train, config);
  const counts = train.map(({ dataset, rows }) => ({ name: dataset.name, rows: rows.length }));
  const joined = mixed(train, config);
  if (config.val_size > 1e-6) {
    const split = splitValidation(joined, config.val_size, config.seed);
    return { train: split.train, evaluation: [{ name: null, rows: split.evaluation }], datasets: counts };
  }
  return { train: joined, evaluation: await loadEvaluation(config, datasets), datasets: counts };
}

/** The rows of `eval_dataset`: one set of them, or one for each data set with `eval_on_each_dataset`. */
export async function loadEvaluation(
  config: TrainConfig,
  datasets: Pick<NamedDatasets, "evaluation">,
): Promise<EvaluationRows[]> {
  const loaded = await loadDatasets(datasets.evaluation, config);
  if (config.eval_on_each_dataset) return loaded.map(({ dataset, rows }) => ({ name: dataset.name, rows }));
  return loaded.length === 0 ? [] : [{ name: null, rows: mixed(loaded, config) }];
}

/** Looks the named data sets up. @throws AppError like loadRows */
export async function nameDatasets(config: TrainConfig, options: RowsOptions): Promise<NamedDatasets> {
  const names = splitList(config.dataset);
  const evalNames = splitList(config.eval_dataset);
  if (names.length === 0 && evalNames.length === 0) {
    throw new AppError(
      "invalid_config",
      "No dataset is named. Set dataset to one or more names, joined by commas.",
    );
  }
  if (evalNames.length > 0 && config.val_size > 1e-6) {
    throw new AppError("invalid_config", "val_size and eval_dataset exclude each other. Remove one of them.");
  }
  const folder = path.resolve(options.baseDir, config.dataset_dir);
  const find = async (wanted: readonly string[]) => {
    const found = wanted.length > 0 ? await findDatasets(wanted, folder) : [];
    for (const dataset of found) checkStage(dataset, config.stage, options.ranking);
    return found;
  };
  return { train: await find(names), evaluation: await find(evalNames) };
}

function mixed(loaded: readonly { rows: AlignedExample[] }[], config: TrainConfig): AlignedExample[] {
  return mixRows(
    loaded.map(({ rows }) => rows),
    mixOptions(config, loaded.length),
  );
}

/** How `count` data sets become one. @throws AppError invalid_config where interleave_probs does not belong to them */
export function mixOptions(config: TrainConfig, count: number): MixOptions {
  const given = splitList(config.interleave_probs);
  const probabilities = given.map(Number);
  const sum = probabilities.reduce((total, probability) => total + probability, 0);
  const isSound = probabilities.every((probability) => probability >= 0) && Math.abs(sum - 1) < 1e-6;
  if (given.length > 0 && count > 1 && (!isSound || given.length !== count)) {
    throw new AppError(
      "invalid_config",
      `interleave_probs: ${config.interleave_probs} must be one probability for each of the ${count} data sets, and they must add up to 1.`,
    );
  }
  return {
    strategy: config.mix_strategy,
    probabilities: given.length > 0 ? probabilities : null,
    seed: config.seed,
  };
}

async function loadDatasets(
  datasets: readonly Dataset[],
  config: TrainConfig,
): Promise<{ dataset: Dataset; rows: AlignedExample[] }[]> {
  const loaded: { dataset: Dataset; rows: AlignedExample[] }[] = [];
  for (const dataset of datasets) loaded.push({ dataset, rows: await loadDataset(dataset, config) });
  return loaded;
}

function checkStage(dataset: Dataset, stage: string, ranking: boolean): void {
  if (dataset.entry.ranking === ranking) return;
  throw new AppError(
    "dataset_malformed",
    ranking
      ? `Stage ${stage} needs pairs of answers, which the data set "${dataset.name}" does not hold ("ranking" is not true in ${dataset.registryFile}).`
      : `The data set "${dataset.name}" holds pairs of answers ("ranking": true in ${dataset.registryFile}); stage ${stage} cannot use it. Use stage dpo or rm, or another data set.`,
  );
}

async function loadDataset(dataset: Dataset, config: TrainConfig): Promise<AlignedExample[]> {
  const wanted = dataset.entry.num_samples ?? null;
  let rows = await readRows(dataset, wanted === null ? config.max_samples : undefined);
  if (wanted !== null) rows = drawRows(rows, wanted, config.seed);
  if (config.max_samples !== undefined) rows = rows.slice(0, config.max_samples);
  return rows.map((row) => alignRow(dataset, row));
}

/** A row of a data set in the standard form. @throws AppError dataset_malformed or unsupported, naming file, row and column */
export function alignRow(dataset: Dataset, row: DatasetRow): AlignedExample {
  const format = { tags: dataset.tags, ranking: dataset.entry.ranking };
  const columns = new RowColumns(dataset, row);
  columns.checkTextOnly();
  switch (dataset.entry.formatting) {
    case "alpaca":
      return alignAlpaca(columns, format.ranking);
    case "sharegpt":
      return alignSharegpt(columns, format);
    case "openai":
      return alignOpenai(columns, format);
  }
}

/** `count` rows at random: every row once before any is taken twice. */
function drawRows<T>(rows: readonly T[], count: number, seed: number): T[] {
  const drawn: T[] = [];
  for (let round = 0; drawn.length < count; round++) {
    for (const i of torchPermutation(rows.length, seed + round)) {
      if (drawn.length < count) drawn.push(rows[i]!);
    }
  }
  return drawn;
}
