/**
 * One run from loaded parts to saved results: resume or begin, train, save, evaluate. It knows the order of things;
 * what the parts are made of (families, templates, stages) is not its business.
 */
import path from "node:path";
import { AppError } from "../../contract/errors";
import { PHASE_WORDS, STOPPED_WORDS } from "../../contract/phase";
import { planSteps, type StepPlan } from "../../contract/step-plan";
import type { TrainConfig } from "../../contract/train-config";
import type { Parameter } from "../models/causal-lm";
import { createOptimizer } from "../optim/create-optimizer";
import { createSchedule, resolveWarmupSteps, type Schedule } from "../optim/schedules";
import type { PreparedStage } from "../stages/stage";
import { restoreBestWeights, restoreCheckpoint, saveCheckpoint } from "./checkpoint-folder";
import { evaluateBatches } from "./evaluation";
import { writeModelCard } from "./model-card";
import { BATCHES_PER_LINE, evaluationOnlyLine, predictionLine } from "./progress";
import { pythonFloat, rounded } from "./python-format";
import { saveResults, type Results } from "./result-files";
import type { RunFolder } from "./run-folder";
import type { RunLog } from "./run-log";
import { announceEvaluation, evaluationResults, RunRecorder } from "./run-recorder";
import type { RunSamples } from "./run-samples";
import { initialState, readTrainerState, type TrainerState } from "./trainer-state";
import { runTraining } from "./training-loop";

/** Everything that was loaded for a run. */
export interface TrainingParts<Batch> extends Omit<PreparedStage<Batch>, "model"> {
  readonly parameters: readonly Parameter[];
  /** Floating point operations per token, for total_flos. */
  readonly flosPerToken: number;
  /** What it is computed with, in words. */
  readonly device: string;
  /** Seconds that loading took, data included. */
  readonly preparationSeconds: number;
  /** Writes weights and tokenizer files. */
  readonly saveModel: (folder: string) => Promise<void>;
  /** Answers to the sample prompts, where the run has some. */
  readonly samples: RunSamples | null;
}

export interface RunContext {
  readonly config: TrainConfig;
  readonly folder: RunFolder;
  readonly log: RunLog;
  readonly signal: AbortSignal;
}

/**
 * Trains and writes the run folder.
 * @returns how it ended
 * @throws AppError diverged, disk_full, checkpoint_malformed, …; the folder then holds the last good checkpoint
 */
export async function trainRun<Batch>(
  parts: TrainingParts<Batch>,
  context: RunContext,
): Promise<"finished" | "stopped"> {
  const { config, folder, log, signal } = context;
  const { parameters, trainRows, trainTokens, evaluations, samples } = parts;
  const plan = planSteps(config, trainRows);
  if (plan.batchesPerEpoch === 0)
    throw new AppError("dataset_malformed", `dataset: ${config.dataset} leaves no rows to train on.`);
  const optimizer = createOptimizer(parameters, config);
  const schedule = scheduleOf(config, plan);
  let state = initialState();
  if (folder.checkpoint !== null) {
    state = await readTrainerState(folder.checkpoint);
    await restoreCheckpoint(folder.checkpoint, { parameters, optimizer });
  }
  if (parts.stage.memory) state.stageMemory = Object.assign(parts.stage.memory, state.stageMemory);
  if (config.eval_strategy !== "no" && evaluations.length === 0) {
    log.warn(
      "No row is left to evaluate on, so nothing is evaluated. Use a larger val_size, or set packing to false.",
    );
  }
  await samples?.answer(state.globalStep, folder.checkpoint);
  announceTraining(context, plan, { state, rows: trainRows, parameters });

  const recorder = new RunRecorder({
    ...{ config, plan, state, log, lines: folder.lines, runFolder: folder.path, trainRows, trainTokens },
    async saveCheckpoint() {
      const saved = await saveCheckpoint({
        ...{ config, plan, state, optimizer, parameters, runFolder: folder.path, argsText: folder.argsText },
        learningRate: schedule(state.globalStep),
        saveModel: parts.saveModel,
      });
      await samples?.answer(state.globalStep, saved);
    },
  });
  let isStopped = false;
  for await (const event of runTraining({ ...parts, config, plan, optimizer, schedule, state, signal })) {
    await recorder.record(event);
    isStopped = event.type === "end" && event.reason === "stopped";
  }
  if (isStopped) return "stopped";

  const isOther = await bringBackBest(context, state, parameters);
  log.info(`${PHASE_WORDS.save} ${folder.path}`);
  await parts.saveModel(folder.path);
  if (!isOther) await samples?.answer(state.globalStep, folder.path);
  await saveResults(folder.path, "train", {
    ...recorder.trainResults,
    train_peak_memory_bytes: peakMemory(),
  });
  let evaluation: Results | null = null;
  if (evaluations.length > 0 && (config.do_eval || config.eval_strategy !== "no")) {
    evaluation = (isOther ? null : recorder.evaluationOfThisStep) ?? (await evaluateNow(parts, context));
    if (evaluation) await saveEvaluation(parts, folder.path, { ...evaluation, ...recorder.stamp() });
    else log.warn("The evaluation was stopped; the trained model is saved.");
  }
  const { globalStep: steps, logHistory } = state;
  const { trainResults } = recorder;
  await writeModelCard(folder.path, {
    config,
    steps,
    logHistory,
    trainResults,
    evaluation,
    device: parts.device,
  });
  log.info("Training completed.");
  return "finished";
}

/** Bytes of memory that this process has held at most, loading included: what the console's forecast is held against. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}

function scheduleOf(config: TrainConfig, { totalSteps }: StepPlan): Schedule {
  return createSchedule({
    type: config.lr_scheduler_type,
    baseRate: config.learning_rate,
    totalSteps,
    warmupSteps: resolveWarmupSteps(config, totalSteps),
    kwargs: config.lr_scheduler_kwargs,
  });
}

/** transformers' opening lines; the console reads the phase from the first. */
function announceTraining(
  { config, log }: RunContext,
  plan: StepPlan,
  { state, rows, parameters }: { state: TrainerState; rows: number | null; parameters: readonly Parameter[] },
): void {
  const count = (value: number) => value.toLocaleString("en-US");
  const trainable = parameters.reduce((sum, { data }) => sum + data.length, 0);
  const batch = config.per_device_train_batch_size;
  log.info(PHASE_WORDS.train);
  const perStep = batch * config.gradient_accumulation_steps;
  log.info(`  Num examples = ${count(rows ?? perStep * plan.totalSteps)}`);
  log.info(`  Num Epochs = ${count(plan.epochs)}`);
  log.info(`  Num update steps per epoch = ${count(plan.stepsPerEpoch)}`);
  log.info(`  Instantaneous batch size per device = ${count(batch)}`);
  log.info(`  Total train batch size (w. parallel, distributed & accumulation) = ${count(perStep)}`);
  log.info(`  Gradient Accumulation steps = ${config.gradient_accumulation_steps}`);
  log.info(`  Total optimization steps = ${count(plan.totalSteps)}`);
  log.info(`  Number of trainable parameters = ${count(trainable)}`);
  if (state.globalStep === 0) return;
  log.info(
    `  Resuming training from checkpoint with epoch ${pythonFloat(state.epoch)} and global step ${state.globalStep}`,
  );
  if (state.globalStep >= plan.totalSteps) {
    log.warn(
      `All ${plan.totalSteps} steps are done already. Raise num_train_epochs or max_steps to train on, or set overwrite_output_dir to begin anew.`,
    );
  }
}

/** load_best_model_at_end: brings the best weights back. @returns whether weights changed */
async function bringBackBest(
  { config, folder, log }: RunContext,
  state: TrainerState,
  parameters: readonly Parameter[],
): Promise<boolean> {
  if (!config.load_best_model_at_end || state.bestStep === null) return false;
  if (state.bestStep === state.globalStep) return false;
  const best = path.join(folder.path, `checkpoint-${state.bestStep}`);
  log.info(`Loading best model from ${best} (score: ${state.bestMetric}).`);
  await restoreBestWeights(best, parameters);
  return true;
}

/** @returns null where a stop was asked for meanwhile */
async function evaluateNow<Batch>(
  { stage, evaluations }: TrainingParts<Batch>,
  { config, log, signal }: RunContext,
  onBatch: (done: number) => void = () => undefined,
): Promise<Results | null> {
  let results: Results = {};
  let batchesBefore = 0;
  for (const { name, rows, batches } of evaluations) {
    announceEvaluation(log, rows, config);
    const metrics = await evaluateBatches(stage, batches(), {
      signal,
      onBatch: (done) => onBatch(batchesBefore + done),
    });
    if (!metrics) return null;
    batchesBefore += metrics.batches;
    results = { ...results, ...evaluationResults(metrics, name) };
  }
  return results;
}

async function saveEvaluation<Batch>(
  parts: TrainingParts<Batch>,
  folder: string,
  results: Results,
): Promise<void> {
  const loss = results["eval_loss"] ?? null;
  const derived = loss === null ? {} : parts.deriveResults?.(loss);
  await saveResults(folder, "eval", { ...results, ...derived });
}

/**
 * A run with do_eval alone: evaluates and writes its results, as LLaMA-Factory does.
 * @returns how it ended
 */
export async function evaluateRun<Batch>(
  parts: TrainingParts<Batch>,
  context: RunContext,
): Promise<"finished" | "stopped"> {
  const { folder, config, log } = context;
  if (parts.evaluations.length === 0)
    throw new AppError(
      "dataset_malformed",
      "do_eval: no row is left to evaluate. Check eval_dataset and val_size.",
    );
  const size = config.per_device_eval_batch_size;
  const batches = parts.evaluations.reduce((sum, { rows }) => sum + Math.ceil(rows / size), 0);
  const start = performance.now();
  const results = await evaluateNow(parts, context, (done) => {
    if (done % BATCHES_PER_LINE === 0)
      folder.lines.append(predictionLine(done, batches, (performance.now() - start) / 1000));
  });
  if (!results) {
    log.info(`${STOPPED_WORDS} 0 of 0, while evaluating.`);
    return "stopped";
  }
  folder.lines.append(evaluationOnlyLine(results["eval_loss"] ?? null, batches));
  const preparation = { eval_model_preparation_time: rounded(parts.preparationSeconds, 4) };
  await saveEvaluation(parts, folder.path, { epoch: 0, ...results, ...preparation });
  return "finished";
}
