/** The plain loss on label tokens, which other losses on tokens begin from. */
import { countLabels, type TokenBatch, type TrainableModel } from "../models/causal-lm";
import { tokensOf } from "./answer-logps";
import type { Stage } from "./stage";

/** Mean cross entropy over the label tokens of the whole step. */
export function tokenStage(
  model: Pick<TrainableModel, "accumulateGradients" | "evaluate">,
): Stage<TokenBatch> {
  return {
    itemsIn: countLabels,
    tokensIn: tokensOf,
    async accumulate(batch, { itemsInStep, dropoutSeed }) {
      if (countLabels(batch) === 0) return { loss: 0 };
      return { loss: await model.accumulateGradients(batch, { denominator: itemsInStep, dropoutSeed }) };
    },
    async evaluate(batch) {
      if (countLabels(batch) === 0) return { loss: null, rows: batch.rows };
      const { lossSum, labelTokens } = await model.evaluate(batch);
      return { loss: lossSum / labelTokens, rows: batch.rows };
    },
  };
}
