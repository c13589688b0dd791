/** Stage rm: a reward model, whose value at an answer's last token is its score. */
import { loadPreferencePairs } from "../data/load-examples";
import { rewardLoss } from "../losses/reward";
import type { TokenBatch } from "../models/causal-lm";
import type { ValueModel } from "../models/value-head";
import { announceData } from "./announce-data";
import { tokensOf } from "./answer-logps";
import { pairBatches, type PairBatch } from "./pair-rows";
import type { PreparedStage, Stage, StageContext } from "./stage";

/** Loads pairs, then the model with its value head. @throws AppError naming what is wrong with either */
export async function prepareReward(context: StageContext): Promise<PreparedStage<PairBatch>> {
  const announce = announceData(context);
  const data = await loadPreferencePairs(context.config, announce.options);
  announce.done(data.report);
  const model = await context.openValueModel();
  return { stage: rewardStage(model), model, ...pairBatches(context, data, model) };
}

/** The last token's position of every row [rows]: row * length + t. */
export function lastPositions({ rows, length, attentionMask }: TokenBatch): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => {
    const tokens = attentionMask.subarray(row * length, (row + 1) * length).filter((mask) => mask !== 0);
    return row * length + tokens.length - 1;
  });
}

/** The pairwise loss, a mean over pairs and micro-batches; evaluation tells how many pairs are ranked right. */
export function rewardStage(model: Pick<ValueModel, "values" | "accumulateValues">): Stage<PairBatch> {
  const compare = (values: readonly number[], { pairs }: PairBatch) =>
    rewardLoss(values.slice(0, pairs), values.slice(pairs));
  return {
    itemsIn: ({ pairs }) => pairs,
    tokensIn: ({ tokens }) => tokensOf(tokens),
    async accumulate(batch, { batchesInStep, dropoutSeed }) {
      let loss = 0;
      const derive = (values: readonly number[]) => {
        const result = compare(values, batch);
        loss = result.loss / batchesInStep;
        return [...result.chosenGradients, ...result.rejectedGradients].map((dv) => dv / batchesInStep);
      };
      await model.accumulateValues(batch.tokens, {
        positions: lastPositions(batch.tokens),
        derive,
        dropoutSeed,
      });
      return { loss };
    },
    async evaluate(batch) {
      const values = await model.values(batch.tokens, lastPositions(batch.tokens));
      const { loss, correct } = compare(values, batch);
      return { loss, rows: batch.pairs, metrics: { accuracy: { sum: correct, count: batch.pairs } } };
    },
  };
}
