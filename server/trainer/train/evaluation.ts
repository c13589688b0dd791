/** Evaluation over held-out rows, averaged as transformers' Trainer averages. */
import type { Stage } from "../stages/stage";
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
  const extra = new Map<string, { sum: number; batches: number }>();
  for (const batch of batches) {
    await breathe();
    const evaluated = await stage.evaluate(batch);
    count++;
    rows += evaluated.rows;
    if (evaluated.loss !== null && Number.isFinite(evaluated.loss)) {
      lossSum += evaluated.loss * evaluated.rows;
      lossRows += evaluated.rows;
    }
    for (const [key, value] of Object.entries(evaluated.metrics ?? {})) {
      const { sum, batches: seen } = extra.get(key) ?? { sum: 0, batches: 0 };
      extra.set(key, { sum: sum + value, batches: seen + 1 });
    }
  }
  return {
    loss: lossRows === 0 ? null : Math.fround(lossSum / lossRows),
    extra: Object.fromEntries([...extra].map(([key, { sum, batches: seen }]) => [key, sum / seen])),
    seconds: (performance.now() - start) / 1000,
    rows,
    batches: count,
  };
}
