/** Variants of the supervised loss. Evaluation stays plain with all of them, so that runs can be compared. */
import { anchoredLoss, entropyWeightedLoss, type LabelledRows, type LogitLoss } from "../losses/label-logits";
import { countLabels, labelsOf, type TokenBatch, type TrainableModel } from "../models/causal-lm";
import type { ReferenceLogits } from "./reference";
import type { Stage } from "./stage";
import { tokenStage } from "./token-stage";

type PlainModel = Pick<TrainableModel, "accumulateGradients" | "evaluate">;
type LogitModel = PlainModel & Pick<TrainableModel, "accumulateLogits">;

/**
 * Dynamic fine-tuning (https://arxiv.org/abs/2508.05629): every label's cross entropy times its probability, which no
 * gradient flows through.
 */
export function dynamicTokenStage(
  model: PlainModel & Pick<TrainableModel, "accumulateWeighted">,
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
  };
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
  return logitStage(model, async (batch) => {
    const anchor = await reference(batch);
    return async (rows, start) =>
      anchoredLoss({ ...rows, reference: await anchor.rows(start, rows.labels.length) }, alpha);
  });
}

/** The loss of some label rows, the first of which is the label number `start` of the batch. */
type RowsLoss = (rows: LabelledRows, start: number) => Promise<LogitLoss>;

/** A mean over the label tokens of the whole step. */
function logitStage(model: LogitModel, lossFor: (batch: TokenBatch) => Promise<RowsLoss>): Stage<TokenBatch> {
  return {
    ...tokenStage(model),
    async accumulate(batch, { itemsInStep, dropoutSeed }) {
      const labels = labelsOf(batch);
      if (labels.length === 0) return { loss: 0 };
      const lossOf = await lossFor(batch);
      // By chunk: the engine may run a batch twice to compare two ways of computing it.
      const sums = new Map<number, number>();
      await model.accumulateLogits(batch, {
        async derive(logits, start, count) {
          const rows = { logits, labels: labels.subarray(start, start + count) };
          const { sum, gradient } = await lossOf(rows, start);
          sums.set(start, sum);
          return gradient.map((value) => value / itemsInStep);
        },
        dropoutSeed,
      });
      return { loss: [...sums.values()].reduce((total, sum) => total + sum, 0) / itemsInStep };
    },
  };
}
