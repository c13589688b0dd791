/** Evaluation over held-out rows, averaged as transformers' Trainer averages, and which evaluation was the best. */
import { AppError } from "../../contract/errors";
import type { TrainConfig } from "../../contract/train-config";
import { addTallies, meansOf, type Stage, type Tally } from "../stages/stage";
import type { Evaluated, EvaluationMetrics } from "./training-events";

/**
 * Mean of the batches' mean losses, not of all tokens, each weighted by its rows as transformers' Trainer does it, or all
 * alike where the stage says so.
 * @returns null where the signal asked for a stop meanwhile; it is heard between batches
 */
export async function evaluateBatches<Batch>(
  stage: Stage<Batch>,
  batches: Iterable<Batch>,
  { signal, onBatch }: { signal: AbortSignal; onBatch?: (done: number) => void },
): Promise<EvaluationMetrics | null> {
  const start = performance.now();
  let [lossSum, weights, rows, count] = [0, 0, 0, 0];
  const extra: Record<string, Tally> = {};
  for (const batch of batches) {
    await breathe();
    if (signal.aborted) return null;
    const evaluated = await stage.evaluate(batch);
    count++;
    rows += evaluated.rows;
    if (evaluated.loss !== null && Number.isFinite(evaluated.loss)) {
      const weight = stage.batchesWeighAlike ? 1 : evaluated.rows;
      lossSum += evaluated.loss * weight;
      weights += weight;
    }
    addTallies(extra, evaluated.metrics);
    onBatch?.(count);
  }
  return {
    loss: weights === 0 ? null : Math.fround(lossSum / weights),
    extra: meansOf(extra, stage),
    seconds: (performance.now() - start) / 1000,
    rows,
    batches: count,
  };
}

/** Lets signals and timers in: a micro-batch blocks the thread from its start to its end. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Mean loss of several sets, each weighted by its rows; null where no row had a label. */
export function overallLoss(sets: readonly Evaluated[]): number | null {
  let [sum, rows] = [0, 0];
  for (const { metrics } of sets) {
    if (metrics.loss === null) continue;
    sum += metrics.loss * metrics.rows;
    rows += metrics.rows;
  }
  return rows === 0 ? null : sum / rows;
}

type BestConfig = Pick<TrainConfig, "metric_for_best_model" | "greater_is_better">;

/** Whether anything asks which evaluation was the best; otherwise transformers does not keep count, and so here. */
export function judges(
  config: Pick<
    TrainConfig,
    "load_best_model_at_end" | "metric_for_best_model" | "save_strategy" | "early_stopping_steps"
  >,
): boolean {
  return (
    config.load_best_model_at_end ||
    config.metric_for_best_model !== undefined ||
    config.save_strategy === "best" ||
    config.early_stopping_steps != null
  );
}

/** Whether a larger metric is better: as told, else everything but a loss. */
export function wantsGreater({
  metric_for_best_model: name = "loss",
  greater_is_better: told,
}: BestConfig): boolean {
  return told ?? !name.endsWith("loss");
}

/**
 * The number by which an evaluation is judged: `metric_for_best_model` with or without its `eval_`, the loss by default.
 * With several sets a name like `eval_<data set>_loss` is one set's; `loss` is that of all rows together.
 * @throws AppError invalid_config naming the metrics that there are
 */
export function judgedMetric(config: BestConfig, sets: readonly Evaluated[]): number | null {
  const metrics: Record<string, number | null> = { loss: overallLoss(sets) };
  for (const { name, metrics: own } of sets) {
    const prefix = name === null ? "" : `${name}_`;
    for (const [key, value] of Object.entries({ loss: own.loss, ...own.extra }))
      metrics[prefix + key] ??= value;
  }
  const wanted = (config.metric_for_best_model ?? "loss").replace(/^eval_/, "");
  if (Object.hasOwn(metrics, wanted)) return metrics[wanted]!;
  const known = Object.keys(metrics).map((key) => `eval_${key}`);
  throw new AppError(
    "invalid_config",
    `metric_for_best_model: ${config.metric_for_best_model} is none of the metrics of this evaluation: ${known.join(", ")}.`,
  );
}
