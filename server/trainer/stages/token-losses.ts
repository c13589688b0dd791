/** Variants of the loss on label tokens. Evaluation measures the same loss, as it does in transformers. */
import {
  anchoredLoss,
  entropyWeightedLoss,
  smoothedLoss,
  type LabelledRows,
  type LogitLoss,
} from "../losses/label-logits";
import { countLabels, labelsOf, type TokenBatch, type TrainableModel } from "../models/causal-lm";
import type { ReferenceLogits } from "./reference";
import type { Stage } from "./stage";
import { ROWS_AT_ONCE } from "./token-accuracy";
import { labelItems, tokenStage } from "./token-stage";

type PlainModel = Pick<TrainableModel, "accumulateGradients" | "evaluate">;
type LogitModel = PlainModel & Pick<TrainableModel, "accumulateLogits" | "labelLogits">;

/**
 * Dynamic fine-tuning (https://arxiv.org/abs/2508.05629): every label's cross entropy times its probability, which no
 * gradient flows through.
 */
export function dynamicTokenStage(
  model: PlainModel & Pick<TrainableModel, "accumulateWeighted" | "labelLosses">,
): Stage<TokenBatch> {
  return {
    ...tokenStage(model),
    async accumulate(batch, { itemsInStep, dropoutSeed }) {
      if (countLabels(batch) === 0) return { loss: 0 };
      let loss = 0;
      const weigh = (losses: Float32Array) => {
        loss = 0;
        return losses.map((crossEntropy) => {
          const weight = Math.exp(-crossEntropy) / itemsInStep;
          loss += weight * crossEntropy;
          return weight;
        });
      };
      await model.accumulateWeighted(batch, { weigh, dropoutSeed });
      return { loss };
    },
    async evaluate(batch) {
      const losses = await model.labelLosses(batch, "model");
      const sum = losses.reduce((total, crossEntropy) => total + Math.exp(-crossEntropy) * crossEntropy, 0);
      return { loss: losses.length === 0 ? null : sum / labelItems(batch), rows: batch.rows };
    },
  };
}

/**
 * Cross entropy with smoothed labels, see `smoothedLoss`. transformers' label smoother knows the labels of a micro-batch
 * alone and its Trainer divides nothing after it, so that a step's loss is the sum of its micro-batches' means.
 */
export function smoothedTokenStage(model: LogitModel, smoothing: number): Stage<TokenBatch> {
  const lossFor = () =>
    Promise.resolve((rows: LabelledRows) => Promise.resolve(smoothedLoss(rows, smoothing)));
  return logitStage(model, lossFor, { itemsIn: countLabels, isSumOfMeans: true });
}

/** Entropy-adaptive fine-tuning, see `entropyWeightedLoss`. */
export function entropyTokenStage(model: LogitModel, alpha: number): Stage<TokenBatch> {
  return logitStage(model, () =>
    Promise.resolve((rows) => Promise.resolve(entropyWeightedLoss(rows, alpha))),
  );
}

/** Anchored supervised fine-tuning, see `anchoredLoss`. */
export function anchoredTokenStage(
  model: LogitModel,
  reference: ReferenceLogits,
  alpha: number,
): Stage<TokenBatch> {
  const lossFor = async (batch: TokenBatch): Promise<RowsLoss> => {
    const anchor = await reference(batch);
    return async (rows, start) =>
      anchoredLoss({ ...rows, reference: await anchor.rows(start, rows.labels.length) }, alpha);
  };
  return logitStage(model, lossFor, { itemsIn: countLabels });
}

/** The loss of some label rows, the first of which is the label number `start` of the batch. */
type RowsLoss = (rows: LabelledRows, start: number) => Promise<LogitLoss>;

interface LossDivision {
  /** What of a batch its loss is divided by. */
  readonly itemsIn?: (batch: TokenBatch) => number;
  /** Whether a step's loss is the sum of its micro-batches' means instead of a mean over all of its items. */
  readonly isSumOfMeans?: boolean;
}

/** A mean over the label tokens of the whole step, unless told otherwise. */
function logitStage(
  model: LogitModel,
  lossFor: (batch: TokenBatch) => Promise<RowsLoss>,
  { itemsIn = labelItems, isSumOfMeans = false }: LossDivision = {},
): Stage<TokenBatch> {
  return {
    ...tokenStage(model),
    itemsIn,
    async accumulate(batch, { itemsInStep, dropoutSeed }) {
      const labels = labelsOf(batch);
      if (labels.length === 0) return { loss: 0 };
      const divisor = isSumOfMeans ? itemsIn(batch) : itemsInStep;
      const lossOf = await lossFor(batch);
      // By chunk: the engine may run a batch twice to compare two ways of computing it.
      const sums = new Map<number, number>();
      await model.accumulateLogits(batch, {
        async derive(logits, start, count) {
          const rows = { logits, labels: labels.subarray(start, start + count) };
          const { sum, gradient } = await lossOf(rows, start);
          sums.set(start, sum);
          return gradient.map((value) => value / divisor);
        },
        dropoutSeed,
      });
      return { loss: [...sums.values()].reduce((total, sum) => total + sum, 0) / divisor };
    },
    async evaluate(batch) {
      const given = await model.labelLogits(batch, "model");
      const { labels } = given;
      if (labels.length === 0) return { loss: null, rows: batch.rows };
      const lossOf = await lossFor(batch);
      let sum = 0;
      for (let start = 0; start < labels.length; start += ROWS_AT_ONCE) {
        const some = labels.subarray(start, start + ROWS_AT_ONCE);
        sum += (await lossOf({ logits: await given.rows(start, some.length), labels: some }, start)).sum;
      }
      return { loss: sum / itemsIn(batch), rows: batch.rows };
    },
  };
}
