/**
 * What a training stage supplies to the one loop: batches, and what a batch adds to the gradients. The loop knows steps,
 * rates, logs and checkpoints; a stage knows its data and its loss; neither knows the other's business.
 */
import type { TrainConfig } from "../../contract/train-config";
import type { TrainableModel } from "../models/causal-lm";
import type { ValueModel } from "../models/value-head";
import type { Template } from "../tokenizer/templates/template";

/** How one micro-batch takes part in its optimizer step. */
export interface MicroBatchContext {
  /** Sum of `itemsIn` over all micro-batches of the step: what the loss is divided by (num_items_in_batch). */
  readonly itemsInStep: number;
  /** Micro-batches of the step. */
  readonly batchesInStep: number;
  /** Different for every micro-batch of a run, equal when the same run is resumed or repeated. */
  readonly dropoutSeed: number;
}

/** What a step begins with. */
export interface StepContext {
  /** Different for every step of a run, equal when the same run is resumed or repeated. */
  readonly seed: number;
  /** Asks for a stop: what is begun is then thrown away. */
  readonly signal: AbortSignal;
}

/** A mean that is still being gathered. */
export interface Tally {
  readonly sum: number;
  readonly count: number;
}
export type Tallies = Readonly<Record<string, Tally>>;

/** What a micro-batch gave: its share of the step's loss, and further metrics, which the log averages. */
export interface MicroBatchResult {
  readonly loss: number;
  readonly metrics?: Tallies;
}

/** What an evaluated batch gave; `loss` is the batch's mean, null where it has nothing to measure. */
export interface EvaluatedBatch {
  readonly loss: number | null;
  /** Rows of the batch. */
  readonly rows: number;
  readonly metrics?: Tallies;
}

/** Tokens of batches: all positions with padding, and those that are not padding. */
export interface TokenCount {
  readonly all: number;
  readonly real: number;
}

/** The micro-batches of one optimizer step. */
export interface StepBatches<Batch> {
  readonly batches: readonly Batch[];
  /** What logs count where rows were put together anew: the tokens of the micro-batches in the data's own order. */
  readonly tokens?: TokenCount;
}

/** @typeParam Batch rows padded and stacked as the stage needs them */
export interface Stage<Batch> {
  /** Makes the step's batches ready, where their data follows from the weights. */
  begin?(batches: readonly Batch[], context: StepContext): Promise<void>;
  /** How often a step goes over its batches, moving the weights each time; default: once. */
  readonly passes?: number;
  /** What the loss of a step is averaged over: label tokens where it is a mean over tokens. */
  itemsIn(batch: Batch): number;
  tokensIn(batch: Batch): TokenCount;
  /** Forward and backward: adds to the gradients of the model's parameters. */
  accumulate(batch: Batch, context: MicroBatchContext): Promise<MicroBatchResult>;
  evaluate(batch: Batch): Promise<EvaluatedBatch>;
  /** Whether a batch that is not full weighs as a full one in an evaluation's loss; default: by its rows. */
  readonly batchesWeighAlike?: boolean;
  /** Numbers that carry over from one batch to the next, by name; changed in place, kept in checkpoints. */
  readonly memory?: Record<string, number>;
  /** Metrics that are logged as sums over micro-batches, where all others are averaged. */
  readonly summedMetrics?: readonly string[];
  /** Metrics that follow from the averaged ones. */
  deriveMetrics?(metrics: Readonly<Record<string, number>>): Record<string, number>;
}

/** Held-out rows that are evaluated together. */
export interface Evaluation<Batch> {
  /** The data set's, where each is evaluated on its own; null: all that is held out. */
  readonly name: string | null;
  readonly rows: number;
  readonly batches: () => Iterable<Batch>;
}

/** A stage with its data, ready to train. */
export interface PreparedStage<Batch> {
  readonly stage: Stage<Batch>;
  readonly model: TrainableModel;
  /** null: rows come as a stream. */
  readonly trainRows: number | null;
  /** Tokens of the training rows without padding; missing where the stage does not tell, or rows come as a stream. */
  readonly trainTokens?: number;
  /** The micro-batches of each optimizer step of an epoch, from step `skip` on; the same whenever it is asked for. */
  readonly stepBatches: (
    epoch: number,
    skip: number,
  ) => Iterable<StepBatches<Batch>> | AsyncIterable<StepBatches<Batch>>;
  readonly evaluations: readonly Evaluation<Batch>[];
  /** Gives back what the stage holds beside the model. */
  readonly dispose?: () => Promise<void>;
  /** Further entries of eval_results.json that follow from the loss. */
  readonly deriveResults?: (evalLoss: number) => Readonly<Record<string, number>>;
}

/** What a stage is prepared from. */
export interface StageContext {
  readonly config: TrainConfig;
  readonly template: Template;
  /** What relative paths of the configuration start from. */
  readonly baseDir: string;
  readonly log: { info(message: string): void; warn(message: string): void };
  /** Asks for a stop while data is prepared. */
  readonly signal: AbortSignal;
  /** Loads the model; called after the data, whose mistakes are found faster. */
  readonly openModel: () => Promise<TrainableModel>;
  /** The same with a value head. */
  readonly openValueModel: () => Promise<ValueModel>;
  /** The reward model of stage ppo, frozen, with its value head. */
  readonly openRewardModel: () => Promise<ValueModel>;
  /** Loads a model with nothing to train: the reference that a policy is compared with. */
  readonly openFrozen: (model: FrozenModel) => Promise<TrainableModel>;
}

/** A model's folder, and adapters on it that are part of it. */
export interface FrozenModel {
  readonly folder: string;
  readonly adapters: readonly string[];
}

/** The tokens of several batches together. */
export function sumTokens(counts: readonly TokenCount[]): TokenCount {
  return counts.reduce((sum, { all, real }) => ({ all: sum.all + all, real: sum.real + real }), {
    all: 0,
    real: 0,
  });
}

/** Adds tallies up, by name. */
export function addTallies(into: Record<string, Tally>, more: Tallies = {}): void {
  for (const [key, { sum, count }] of Object.entries(more)) {
    const { sum: sumSoFar, count: countSoFar } = into[key] ?? { sum: 0, count: 0 };
    into[key] = { sum: sumSoFar + sum, count: countSoFar + count };
  }
}

/** The means of tallies, or their sums where the stage has it so, and what follows from them. */
export function meansOf(
  tallies: Tallies,
  stage: Pick<Stage<never>, "deriveMetrics" | "summedMetrics">,
): Record<string, number> {
  const means = Object.fromEntries(
    Object.entries(tallies).map(([key, { sum, count }]) => [
      key,
      stage.summedMetrics?.includes(key) ? sum : sum / count,
    ]),
  );
  return { ...means, ...stage.deriveMetrics?.(means) };
}
