/**
 * How training and evaluation go through rows: the rows of each optimizer step in the epoch's order, or as a stream gives
 * them, and how a stage stacks them into micro-batches. It does not know what rows are.
 */
import { epochOrder } from "../data/epoch-order";
import type { LoadedData } from "../data/loaded-data";
import type { Evaluation, PreparedStage, StageContext, StepBatches } from "./stage";

export interface Stacking<Row, Batch> {
  /** Tokens of a row, for grouping by length. */
  readonly lengthOf: (row: Row) => number;
  /** The micro-batches of one step's rows. */
  readonly stackStep: (rows: readonly Row[]) => StepBatches<Batch>;
  /** Looks at rows that nobody has seen before: those of a stream. */
  readonly check: (rows: readonly Row[]) => void;
}

type StageConfig = Pick<StageContext, "config">;
type Rows<Row> = Pick<LoadedData<Row>, "train" | "stream">;
interface StepPlace {
  readonly epoch: number;
  readonly skip: number;
}

/** Training's way through rows. */
export function trainingSteps<Row, Batch>(
  { config }: StageConfig,
  { train, stream }: Rows<Row>,
  { lengthOf, stackStep, check }: Stacking<Row, Batch>,
): Pick<PreparedStage<Batch>, "trainRows" | "stepBatches"> {
  if (stream) {
    return {
      trainRows: null,
      async *stepBatches(epoch, skip) {
        let step = 0;
        for await (const rows of stepsOfStream(config, stream.pass(epoch))) {
          if (step++ < skip) continue;
          check(rows);
          yield stackStep(rows);
        }
      },
    };
  }
  const lengths = train.map(lengthOf);
  return {
    trainRows: train.length,
    *stepBatches(epoch, skip) {
      for (const rows of stepsOfRows(config, { rows: train, lengths }, { epoch, skip }))
        yield stackStep(rows);
    },
  };
}

/** Evaluation's way through every set of rows that is held out; sets without rows are left out. */
export function evaluationsOf<Row, Batch>(
  { config }: StageConfig,
  { evaluationSets }: Pick<LoadedData<Row>, "evaluationSets">,
  stack: (rows: readonly Row[]) => Batch,
): Evaluation<Batch>[] {
  return evaluationSets
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => ({
      name,
      rows: rows.length,
      *batches() {
        for (const part of cut(rows, config.per_device_eval_batch_size)) yield stack(part);
      },
    }));
}

function rowsPerStep(config: StageContext["config"]): number {
  return config.per_device_train_batch_size * config.gradient_accumulation_steps;
}

/** The rows of each optimizer step of an epoch, from step `skip` on. `lengths` are the rows' token counts. */
function* stepsOfRows<Row>(
  config: StageContext["config"],
  { rows, lengths }: { rows: readonly Row[]; lengths: readonly number[] },
  { epoch, skip }: StepPlace,
): Generator<Row[]> {
  const perStep = rowsPerStep(config);
  const strategy = config.disable_shuffling ? "sequential" : config.train_sampling_strategy;
  const order = epochOrder(lengths, {
    ...{ epoch, strategy, rowsPerStep: perStep },
    // transformers seeds the order of rows alone by data_seed, and groups of like length by the generator of all else.
    seed: strategy === "random" ? (config.data_seed ?? config.seed) : config.seed,
  });
  const used = order.slice(0, wholeBatches(config, order.length));
  for (let at = skip * perStep; at < used.length; at += perStep) {
    yield used.slice(at, at + perStep).map((i) => rows[i]!);
  }
}

async function* stepsOfStream<Row>(
  config: StageContext["config"],
  rows: AsyncIterable<Row>,
): AsyncGenerator<Row[]> {
  let step: Row[] = [];
  for await (const row of rows) {
    step.push(row);
    if (step.length < rowsPerStep(config)) continue;
    yield step;
    step = [];
  }
  const rest = step.slice(0, wholeBatches(config, step.length));
  if (rest.length > 0) yield rest;
}

/** With `dataloader_drop_last`, rows that do not fill a micro-batch are left out. */
function wholeBatches(config: StageContext["config"], count: number): number {
  return config.dataloader_drop_last ? count - (count % config.per_device_train_batch_size) : count;
}

/** Consecutive pieces of at most `size`. */
export function cut<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
