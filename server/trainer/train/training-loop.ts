/**
 * The training loop, one for all stages: transformers' Trainer semantics (steps, epochs, accumulation, clipping, what is
 * logged, evaluated and saved when) as an async generator of events. It writes no files and knows no model families.
 */
import { AppError } from "../../contract/errors";
import type { StepPlan } from "../../contract/step-plan";
import type { TrainConfig } from "../../contract/train-config";
import type { Parameter } from "../models/causal-lm";
import { clipGradients } from "../optim/clip";
import type { Optimizer } from "../optim/optimizer";
import type { Schedule } from "../optim/schedules";
import {
  addTallies,
  meansOf,
  sumTokens,
  type Evaluation,
  type PreparedStage,
  type Stage,
  type StepBatches,
  type Tally,
} from "../stages/stage";
import { breathe, evaluateBatches, judgedMetric, judges, overallLoss, wantsGreater } from "./evaluation";
import { nothingAccumulated, type TrainerState } from "./trainer-state";
import type { Evaluated, StepMetrics, TrainingEvent } from "./training-events";

export interface TrainingJob<Batch> {
  readonly config: TrainConfig;
  readonly plan: StepPlan;
  readonly stage: Stage<Batch>;
  readonly parameters: readonly Parameter[];
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  /** Where to begin; changed in place, so that it is current at every event. */
  readonly state: TrainerState;
  /** The micro-batches of each optimizer step of a pass over the data, from step `skip` on. */
  readonly stepBatches: PreparedStage<Batch>["stepBatches"];
  readonly evaluations: readonly Evaluation<Batch>[];
  /** Floating point operations per token, for total_flos. */
  readonly flosPerToken: number;
  /** Asks for a stop: obeyed before the next micro-batch. */
  readonly signal: AbortSignal;
}

/**
 * Trains until all steps are done, the signal asks for a stop, or evaluation stops improving.
 * @throws AppError diverged where the loss or the gradient is no number any more
 */
export async function* runTraining<Batch>(
  job: TrainingJob<Batch>,
): AsyncGenerator<TrainingEvent, void, void> {
  const { config, plan, state, signal } = job;
  if ((config.eval_on_start && state.globalStep === 0) || state.owesEvaluation) yield* evaluate(job);

  while (state.globalStep < plan.totalSteps) {
    const { pass, step: firstStep } = placeOf(state, plan);
    let step = firstStep;
    const before = state.globalStep;
    for await (const { item, isLast } of withLast(job.stepBatches(pass, step))) {
      const { batches } = item;
      const first = step * config.gradient_accumulation_steps;
      const result = await trainStep(job, item, pass * plan.batchesPerEpoch + first);
      if (!result) return yield { type: "end", reason: "stopped" };
      step++;
      state.epoch = pass + (first + batches.length) / plan.batchesPerEpoch;
      state.place = isLast ? { pass: pass + 1, step: 0 } : { pass, step };

      const isLastStep = state.globalStep >= plan.totalSteps;
      yield* afterStep(job, result, { isLastStep, endsEpoch: isLastStep || isLast });
      const patience = config.early_stopping_steps;
      if (patience != null && state.evaluationsWithoutGain >= patience) {
        return yield { type: "end", reason: "early stopping" };
      }
      if (state.owesEvaluation) return yield { type: "end", reason: "stopped" };
      if (isLastStep) break;
      if (signal.aborted) return yield { type: "end", reason: "stopped" };
    }
    if (state.globalStep === before) throw nothingToTrainOn(config, step);
  }
  yield { type: "end", reason: "finished" };
}

/** Where the next step is: told by the number of steps, except in a stream, whose length nobody knows. */
function placeOf({ globalStep, place }: TrainerState, plan: StepPlan): { pass: number; step: number } {
  if (plan.streams) return { ...place };
  return { pass: Math.floor(globalStep / plan.stepsPerEpoch), step: globalStep % plan.stepsPerEpoch };
}

/** Items with the word whether another one follows. */
async function* withLast<T>(
  items: Iterable<T> | AsyncIterable<T>,
): AsyncGenerator<{ item: T; isLast: boolean }> {
  let held: { item: T } | null = null;
  for await (const item of items) {
    if (held) yield { ...held, isLast: false };
    held = { item };
  }
  if (held) yield { ...held, isLast: true };
}

function nothingToTrainOn(config: TrainConfig, step: number): AppError {
  const where =
    step > 0 ? ` after step ${step} of this pass; it may have become shorter since the checkpoint` : "";
  return new AppError(
    "dataset_malformed",
    `dataset: ${config.dataset} gives no rows to train on${where}. Check the data and cutoff_len.`,
  );
}

/** What the last step gave, for the log. */
interface StepResult {
  readonly gradNorm: number;
  readonly learningRate: number;
}

/** One step: an optimizer step for every pass. @returns null where a stop was asked for: nothing of it is kept then */
async function trainStep<Batch>(
  job: TrainingJob<Batch>,
  { batches, tokens: given }: StepBatches<Batch>,
  firstBatch: number,
): Promise<StepResult | null> {
  const { config, stage, state, signal } = job;
  const memory = { ...stage.memory };
  const seeds = batches.map((_, i) => seedOf(config.seed, firstBatch + i));
  await stage.begin?.(batches, { seed: seeds[0]!, signal });

  const passes = stage.passes ?? 1;
  const extra: Record<string, Tally> = {};
  let loss = 0;
  let result: StepResult | null = null;
  for (let pass = 0; pass < passes; pass++) {
    const passSeeds = pass === 0 ? seeds : seeds.map((seed) => seedOf(seed, pass));
    // Once weights have moved, the step is done to its end.
    const passed = await trainPass(job, batches, { seeds: passSeeds, mayStop: pass === 0 });
    if (!passed) {
      Object.assign(stage.memory ?? {}, memory);
      return null;
    }
    loss += passed.loss / passes;
    addTallies(extra, passed.extra);
    result = passed;
  }

  const tokens = given ?? sumTokens(batches.map((batch) => stage.tokensIn(batch)));
  const counted = config.include_num_input_tokens_seen === "non_padding" ? "real" : "all";
  state.globalStep++;
  state.tokensSeen += tokens[counted];
  state.totalFlos += passes * tokens.all * job.flosPerToken;
  state.lossSum += loss;
  const since = state.sinceLog;
  since.loss += loss;
  since.steps++;
  addTallies(since.extra, extra);
  return result;
}

interface PassResult extends StepResult {
  readonly loss: number;
  readonly extra: Record<string, Tally>;
}

/** Gradients of all micro-batches and one optimizer step. @returns null where a stop was asked for meanwhile */
async function trainPass<Batch>(
  { config, stage, parameters, optimizer, schedule, state, signal }: TrainingJob<Batch>,
  batches: readonly Batch[],
  { seeds, mayStop }: { seeds: readonly number[]; mayStop: boolean },
): Promise<PassResult | null> {
  const itemsInStep = batches.reduce((sum, batch) => sum + stage.itemsIn(batch), 0);
  for (const { grad } of parameters) grad.fill(0);
  let loss = 0;
  const extra: Record<string, Tally> = {};
  for (const [i, batch] of batches.entries()) {
    await breathe();
    if (signal.aborted && mayStop) return null;
    const result = await stage.accumulate(batch, {
      itemsInStep,
      batchesInStep: batches.length,
      dropoutSeed: seeds[i]!,
    });
    loss += result.loss;
    addTallies(extra, result.metrics);
  }

  const learningRate = schedule(state.globalStep);
  const gradNorm = clipGradients(parameters, config.max_grad_norm);
  if (!Number.isFinite(loss) || !Number.isFinite(gradNorm)) {
    throw diverged(state.globalStep + 1, { loss, gradNorm, learningRate });
  }
  optimizer.step(learningRate);
  return { loss, extra, gradNorm, learningRate };
}

function diverged(
  step: number,
  { loss, gradNorm, learningRate }: { loss: number; gradNorm: number; learningRate: number },
): AppError {
  const what = Number.isFinite(loss) ? `the gradient's norm is ${gradNorm}` : `the loss is ${loss}`;
  return new AppError(
    "diverged",
    `Training diverged at step ${step}: ${what} (learning rate ${learningRate}). Lower learning_rate, add warmup_steps, or set max_grad_norm to 1.0 or less; then start again or resume from the last checkpoint.`,
  );
}

/** A 32-bit mix of the run's seed and the number of the micro-batch (murmur3's finaliser). */
function seedOf(seed: number, batch: number): number {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(batch + 1, 0xc2b2ae35);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Log, evaluate, save: in transformers' order, by its rules. */
async function* afterStep<Batch>(
  job: TrainingJob<Batch>,
  result: StepResult,
  { isLastStep, endsEpoch }: { isLastStep: boolean; endsEpoch: boolean },
): AsyncGenerator<TrainingEvent, void, void> {
  const { config, plan, state } = job;
  const step = state.globalStep;
  const logs =
    (step === 1 && config.logging_first_step) ||
    (config.logging_strategy === "steps" && step % plan.loggingSteps === 0) ||
    (config.logging_strategy === "epoch" && endsEpoch);
  if (logs) yield { type: "log", metrics: takeMetrics(job, result) };

  const evaluates =
    (config.eval_strategy === "steps" &&
      (step % plan.evalSteps === 0 || isLastStep) &&
      step >= config.eval_delay) ||
    (config.eval_strategy === "epoch" && endsEpoch && state.epoch >= config.eval_delay);
  const isBest = evaluates ? yield* evaluate(job) : false;

  const saves =
    (config.save_strategy === "steps" && (step % plan.saveSteps === 0 || isLastStep)) ||
    (config.save_strategy === "epoch" && endsEpoch) ||
    (config.save_strategy === "best" && isBest);
  if (saves) yield { type: "checkpoint" };
}

/** The averages since the last log, which begin anew. */
function takeMetrics<Batch>(
  { state, stage }: TrainingJob<Batch>,
  { gradNorm, learningRate }: StepResult,
): StepMetrics {
  const { loss, steps, extra } = state.sinceLog;
  state.sinceLog = nothingAccumulated();
  return {
    loss: loss / steps,
    gradNorm,
    learningRate,
    extra: meansOf(extra, stage),
  };
}

/**
 * Evaluates every set and keeps the best metric. A stop that is asked for meanwhile leaves the evaluation owed, for the
 * run that goes on from here.
 * @returns whether it is the best so far
 */
async function* evaluate<Batch>(job: TrainingJob<Batch>): AsyncGenerator<TrainingEvent, boolean, void> {
  const { config, state, stage, evaluations, signal } = job;
  state.owesEvaluation = false;
  if (evaluations.length === 0) return false;
  const sets: Evaluated[] = [];
  for (const { name, rows, batches } of evaluations) {
    yield { type: "evaluate", rows };
    const metrics = await evaluateBatches(stage, batches(), { signal });
    if (!metrics) {
      state.owesEvaluation = true;
      return false;
    }
    sets.push({ name, metrics });
    const isLastOfSeveral = sets.length === evaluations.length && name !== null;
    yield {
      ...{ type: "evaluated", name, metrics },
      ...(isLastOfSeveral && { overallLoss: overallLoss(sets) }),
    };
  }
  if (!judges(config)) return false;
  const metric = judgedMetric(config, sets);
  const isBest =
    metric !== null &&
    (state.bestMetric === null ||
      (wantsGreater(config) ? metric > state.bestMetric : metric < state.bestMetric));
  if (isBest) {
    state.bestMetric = metric;
    state.bestStep = state.globalStep;
  }
  state.evaluationsWithoutGain = isBest ? 0 : state.evaluationsWithoutGain + 1;
  return isBest;
}
