/** Evaluation over held-out rows, averaged as transformers' Trainer averages. */
import { addTallies, meansOf, type Stage, type Tally } from "../stages/stage";
import type { EvaluationMetrics } from "./training-events";

/**
 * Mean of the batches' mean losses, each weighted by its rows, as transformers does it (not the mean over all tokens).
 * `breathe` is awaited before each batch, so that signals are seen between them.
 */
export async function evaluateBatches<Batch>(
  stage: Stage<Batch>,
  batches: Iterable<Batch>,
  breathe: () => Promise<void>,
): Promise<EvaluationMetrics> {
  const start = performance.now();
  let [lossSum, lossRows, rows, count] = [0, 0, 0, 0];
  const extra: Record<string, Tally> = {};
  for (const batch of batches) {
    await breathe();
    const evaluated = await stage.evaluate(batch);
    count++;
    rows += evaluated.rows;
    if (evaluated.loss !== null && Number.isFinite(evaluated.loss)) {
      lossSum += evaluated.loss * evaluated.rows;
      lossRows += evaluated.rows;
    }
    addTallies(extra, evaluated.metrics);
  }
  return {
    loss: lossRows === 0 ? null : Math.fround(lossSum / lossRows),
    extra: meansOf(extra, stage),
    seconds: (performance.now() - start) / 1000,
    rows,
    batches: count,
  };
}
