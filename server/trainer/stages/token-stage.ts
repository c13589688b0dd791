/** The plain loss on label tokens, which other losses on tokens begin from. */
import { countLabels, type TokenBatch, type TrainableModel } from "../models/causal-lm";
import { tokensOf } from "./answer-logps";
import type { Stage } from "./stage";

/**
 * What a loss over label tokens is divided by: all labels, as transformers counts them (num_items_in_batch). A row that is
 * trained from its first token on has one label more there than tokens that are predicted.
 */
export function labelItems({ labels }: Pick<TokenBatch, "labels">): number {
  return labels.reduce((count, label) => count + (label === -100 ? 0 : 1), 0);
}

/** Cross entropy of the label tokens of the whole step. */
export function tokenStage(
  model: Pick<TrainableModel, "accumulateGradients" | "evaluate">,
): Stage<TokenBatch> {
  return {
    itemsIn: labelItems,
    tokensIn: tokensOf,
    async accumulate(batch, { itemsInStep, dropoutSeed }) {
      if (countLabels(batch) === 0) return { loss: 0 };
      return { loss: await model.accumulateGradients(batch, { denominator: itemsInStep, dropoutSeed }) };
    },
    async evaluate(batch) {
      if (countLabels(batch) === 0) return { loss: null, rows: batch.rows };
      const { lossSum } = await model.evaluate(batch);
      return { loss: lossSum / labelItems(batch), rows: batch.rows };
    },
  };
}
