/**
 * A configuration's data as encoded examples, one function per kind of stage: out of tokenised data on disk where there is
 * some, else out of the rows, all at once or as a stream while training goes on.
 */
import { AppError } from "@/server/contract/errors";
import type { TrainConfig } from "@/server/contract/train-config";
import type { AlignedExample } from "./aligned-example";
import type { EncodedExample, FeedbackExample, PreferencePair, PromptExample } from "./encoded-example";
import { FEEDBACK, PAIRS, PROMPTS, ROWS, type ExampleKind } from "./example-kinds";
import type { EvaluationSet, LoadedData, LoadOptions, LoadReport } from "./loaded-data";
import { loadRows, nameDatasets, type EvaluationRows, type NamedDatasets } from "./load-rows";
import {
  feedbackEncoder,
  pairEncoder,
  promptEncoder,
  rowEncoder,
  type GroupEncoder,
  type Notes,
} from "./row-encoders";
import { openRowStream } from "./row-stream";
import { openTokenCache } from "./token-cache";
import { readTokenizedPath, writeTokenizedPath } from "./tokenized-path";

/** Examples for supervised fine-tuning or pretraining, as `stage` says. @throws AppError naming what is wrong and where */
export async function loadExamples(
  config: TrainConfig,
  options: LoadOptions,
): Promise<LoadedData<EncodedExample>> {
  const data = await loadWith(config, options, { kind: ROWS, encode: rowEncoder(config, options.template) });
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
export async function loadPreferencePairs(
  config: TrainConfig,
  options: LoadOptions,
): Promise<LoadedData<PreferencePair>> {
  const data = await loadWith(config, options, {
    kind: PAIRS,
    encode: pairEncoder(config, options.template),
  });
  const trainTokens = data.train.reduce((sum, pair) => sum + PAIRS.lengthOf(pair), 0);
  return { ...data, report: { ...data.report, trainTokens } };
}

/** Liked and disliked answers for the stage kto. */
export function loadFeedback(
  config: TrainConfig,
  options: LoadOptions,
): Promise<LoadedData<FeedbackExample>> {
  return loadWith(config, options, { kind: FEEDBACK, encode: feedbackEncoder(config, options.template) });
}

/** Prompts for the stage ppo, and for prediction. */
export function loadPrompts(config: TrainConfig, options: LoadOptions): Promise<LoadedData<PromptExample>> {
  return loadWith(config, options, { kind: PROMPTS, encode: promptEncoder(config, options.template) });
}

/** How rows become examples. */
interface Encoding<T> {
  readonly kind: ExampleKind<T>;
  readonly encode: GroupEncoder<T>;
}

async function loadWith<T>(
  config: TrainConfig,
  options: LoadOptions,
  encoding: Encoding<T>,
): Promise<LoadedData<T>> {
  const { kind } = encoding;
  const tokenized = await readTokenizedPath(config, options, kind);
  if (tokenized)
    return { ...tokenized, stream: null, evaluation: tokenized.evaluationSets.flatMap(({ rows }) => rows) };
  const { baseDir } = options;
  const datasets = await nameDatasets(config, { ranking: kind.ranking, baseDir });
  const data = config.streaming
    ? await loadStream(config, options, { encoding, datasets })
    : await loadAtOnce(config, options, { encoding, datasets });
  if (!data.stream) await writeTokenizedPath(config, options, { kind, data });
  return { ...data, evaluation: data.evaluationSets.flatMap(({ rows }) => rows) };
}

type Loaded<T> = Omit<LoadedData<T>, "evaluation">;
interface Wanted<T> {
  readonly encoding: Encoding<T>;
  readonly datasets: NamedDatasets;
}

async function loadAtOnce<T>(
  config: TrainConfig,
  options: LoadOptions,
  { encoding, datasets }: Wanted<T>,
): Promise<Loaded<T>> {
  const cache = await openTokenCache(config, options, { kind: encoding.kind, datasets });
  const cached = await cache.read();
  if (cached) return { ...cached, stream: null };

  const rows = await loadRows(config, datasets);
  const start = performance.now();
  const counter = new RowCounter();
  const total = rows.evaluation.reduce((sum, set) => sum + set.rows.length, rows.train.length);
  const encodeAll = (all: readonly AlignedExample[]) =>
    encodeGroups(all, { config, options, encode: encoding.encode, counter, total });
  const train = await encodeAll(rows.train);
  const evaluationSets = await encodeSets(rows.evaluation, encodeAll);
  if (train.length === 0 && rows.train.length > 0) throw nothingLeft(config, counter.dropReasons);
  const data = { train, evaluationSets, report: counter.report(rows.datasets) };
  await cache.write(data, (performance.now() - start) / 1000);
  return { ...data, stream: null };
}

async function loadStream<T>(
  config: TrainConfig,
  options: LoadOptions,
  { encoding: { encode }, datasets }: Wanted<T>,
): Promise<Loaded<T>> {
  const stream = await openRowStream(config, datasets);
  const counter = new RowCounter();
  const total = stream.evaluation.reduce((sum, set) => sum + set.rows.length, 0);
  const evaluationSets = await encodeSets(stream.evaluation, (rows) =>
    encodeGroups(rows, { config, options, encode, counter, total }),
  );
  const notes: Notes = { drop: (reason) => options.onDrop?.(reason), cut: () => undefined };
  const pass = async function* (epoch: number): AsyncGenerator<T> {
    let group: AlignedExample[] = [];
    for await (const row of stream.pass(epoch)) {
      group.push(row);
      if (group.length < config.preprocessing_batch_size) continue;
      yield* encode(group, notes);
      group = [];
    }
    yield* encode(group, notes);
  };
  const names = datasets.train.map(({ name }) => ({ name, rows: 0 }));
  return { train: [], stream: { pass }, evaluationSets, report: counter.report(names) };
}

async function encodeSets<T>(
  sets: readonly EvaluationRows[],
  encodeAll: (rows: readonly AlignedExample[]) => Promise<T[]>,
): Promise<EvaluationSet<T>[]> {
  const encoded: EvaluationSet<T>[] = [];
  for (const { name, rows } of sets) encoded.push({ name, rows: await encodeAll(rows) });
  return encoded;
}

interface GroupOptions<T> {
  readonly config: TrainConfig;
  readonly options: LoadOptions;
  readonly encode: GroupEncoder<T>;
  readonly counter: RowCounter;
  readonly total: number;
}

async function encodeGroups<T>(
  rows: readonly AlignedExample[],
  { config, options, encode, counter, total }: GroupOptions<T>,
): Promise<T[]> {
  const encoded: T[] = [];
  const size = config.preprocessing_batch_size;
  for (let at = 0; at < rows.length; at += size) {
    options.signal?.throwIfAborted();
    const group = rows.slice(at, at + size);
    for (const example of encode(group, counter)) encoded.push(example);
    counter.done += group.length;
    options.onProgress?.(counter.done, total);
    // Signals are heard between groups.
    await new Promise(setImmediate);
  }
  return encoded;
}

const SHOWN_REASONS = 5;

/** Counts what encoders tell. */
class RowCounter implements Notes {
  done = 0;
  private dropped = 0;
  private cutRows = 0;
  readonly dropReasons: string[] = [];

  drop(reason: string): void {
    this.dropped++;
    if (this.dropReasons.length < SHOWN_REASONS) this.dropReasons.push(reason);
  }

  cut(): void {
    this.cutRows++;
  }

  report(datasets: LoadReport["datasets"]): LoadReport {
    const { dropped, dropReasons, cutRows } = this;
    return { datasets, dropped, dropReasons, cut: cutRows, trainTokens: 0, trainLabelTokens: 0 };
  }
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
