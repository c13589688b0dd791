/** `compute_accuracy`: how many labels were the most likely token, told at evaluation beside the loss. */
import { argmax, crossEntropy } from "../losses/label-logits";
import type { LabelLogits, TokenBatch, TrainableModel } from "../models/causal-lm";
import { labelCounts } from "./answer-logps";
import type { Stage, Tally } from "./stage";
import { labelItems } from "./token-stage";

/** Rows of logits that are looked at together. */
export const ROWS_AT_ONCE = 64;

/**
 * The stage with `accuracy` among the metrics of evaluation: the mean over rows of each row's share, as LLaMA-Factory has it.
 * @param plain whether the stage's loss is the plain cross entropy, which the same logits tell
 */
export function withAccuracy(
  stage: Stage<TokenBatch>,
  model: Pick<TrainableModel, "labelLogits">,
  { plain }: { plain: boolean },
): Stage<TokenBatch> {
  return {
    ...stage,
    async evaluate(batch) {
      const { hits, lossSum } = await judgeLabels(await model.labelLogits(batch, "model"));
      const plainLoss = hits.length === 0 ? null : lossSum / labelItems(batch);
      const loss = plain ? plainLoss : (await stage.evaluate(batch)).loss;
      return { loss, rows: batch.rows, metrics: { accuracy: rowAccuracy(labelCounts(batch), hits) } };
    },
  };
}

/** Whether each label is the most likely token, and the sum of their cross entropies. */
async function judgeLabels(given: LabelLogits): Promise<{ hits: boolean[]; lossSum: number }> {
  const { labels } = given;
  const hits: boolean[] = [];
  let lossSum = 0;
  for (let start = 0; start < labels.length; start += ROWS_AT_ONCE) {
    const some = labels.subarray(start, start + ROWS_AT_ONCE);
    const logits = await given.rows(start, some.length);
    const V = logits.length / some.length;
    for (const [row, label] of some.entries()) {
      const at = logits.subarray(row * V, (row + 1) * V);
      hits.push(argmax(at) === label);
      lossSum += crossEntropy(at, label);
    }
  }
  return { hits, lossSum };
}

/** The share of hits of every row that has labels, to be averaged. */
export function rowAccuracy(counts: readonly number[], hits: readonly boolean[]): Tally {
  let [at, sum, rows] = [0, 0, 0];
  for (const count of counts) {
    if (count === 0) continue;
    sum += hits.slice(at, (at += count)).filter(Boolean).length / count;
    rows++;
  }
  return { sum, count: rows };
}
