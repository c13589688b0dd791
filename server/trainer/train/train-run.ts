/**
 * One run from loaded parts to saved results: resume or begin, train, save, evaluate. It knows the order of things;
 * what the parts are made of (families, templates, stages) is not its business.
 */
import path from "node:path";
import { AppError } from "../../contract/errors";
import { PHASE_WORDS } from "../../contract/phase";
import { planSteps, type StepPlan } from "../../contract/step-plan";
import type { TrainConfig } from "../../contract/train-config";
import type { Parameter } from "../models/causal-lm";
import { createOptimizer } from "../optim/create-optimizer";
import { createSchedule, resolveWarmupSteps, type Schedule } from "../optim/schedules";
import type { PreparedStage } from "../stages/stage";
import { restoreBestWeights, restoreCheckpoint, saveCheckpoint } from "./checkpoint-folder";
import { evaluateBatches } from "./evaluation";
import { evaluationOnlyLine } from "./progress";
import { pythonFloat } from "./python-format";
import { saveResults, type Results } from "./result-files";
import type { RunFolder } from "./run-folder";
import type { RunLog } from "./run-log";
import { announceEvaluation, evaluationResults, RunRecorder } from "./run-recorder";
import { initialState, readTrainerState, type TrainerState } from "./trainer-state";
import { runTraining } from "./training-loop";

/** Everything that was loaded for a run. */
export interface TrainingParts<Batch> extends Omit<PreparedStage<Batch>, "model"> {
  readonly parameters: readonly Parameter[];
  /** Floating point operations per token, for total_flos. */
  readonly flosPerToken: number;
  /** Writes weights and tokenizer files. */
  readonly saveModel: (folder: string) => Promise<void>;
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
  const { parameters, trainRows } = parts;
  const plan = planSteps(config, trainRows);
  if (trainRows === 0)
    throw new AppError("dataset_malformed", `dataset: ${config.dataset} leaves no rows to train on.`);
  const optimizer = createOptimizer(parameters, config);
  const schedule = scheduleOf(config, plan);
  let state = initialState();
  if (folder.checkpoint !== null) {
    state = await readTrainerState(folder.checkpoint);
    await restoreCheckpoint(folder.checkpoint, { parameters, optimizer });
  }
  if (parts.stage.memory) state.stageMemory = Object.assign(parts.stage.memory, state.stageMemory);
  if (config.eval_strategy !== "no" && parts.evalRows === 0) {
    log.warn(
      "No row is left to evaluate on, so nothing is evaluated. Use a larger val_size, or set packing to false.",
    );
  }
  announceTraining(context, plan, { state, rows: trainRows, parameters });

  const recorder = new RunRecorder({
    ...{ config, plan, state, log, lines: folder.lines, runFolder: folder.path, trainRows },
    saveCheckpoint: () =>
      saveCheckpoint({
        ...{ config, plan, state, optimizer, parameters, runFolder: folder.path, argsText: folder.argsText },
        learningRate: schedule(state.globalStep),
        saveModel: parts.saveModel,
      }),
  });
  let isStopped = false;
  for await (const event of runTraining({ ...parts, config, plan, optimizer, schedule, state, signal })) {
    await recorder.record(event);
    isStopped = event.type === "end" && event.reason === "stopped";
  }
  if (isStopped) return "stopped";

  const evaluated = (await bringBackBest(context, state, parameters)) ? null : recorder.evaluationOfThisStep;
  log.info(`${PHASE_WORDS.save} ${folder.path}`);
  await parts.saveModel(folder.path);
  await saveResults(folder.path, "train", recorder.trainResults);
  if (parts.evalRows > 0 && (config.do_eval || config.eval_strategy !== "no")) {
    const results = evaluated ?? { ...(await evaluateNow(parts, context)), ...recorder.stamp() };
    await saveEvaluation(parts, folder.path, results);
  }
  log.info("Training completed.");
  return "finished";
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
  { state, rows, parameters }: { state: TrainerState; rows: number; parameters: readonly Parameter[] },
): void {
  const count = (value: number) => value.toLocaleString("en-US");
  const trainable = parameters.reduce((sum, { data }) => sum + data.length, 0);
  const batch = config.per_device_train_batch_size;
  log.info(PHASE_WORDS.train);
  log.info(`  Num examples = ${count(rows)}`);
  log.info(`  Num Epochs = ${count(plan.epochs)}`);
  log.info(`  Num update steps per epoch = ${count(plan.stepsPerEpoch)}`);
  log.info(`  Instantaneous batch size per device = ${count(batch)}`);
  log.info(
    `  Total train batch size (w. parallel, distributed & accumulation) = ${count(batch * config.gradient_accumulation_steps)}`,
  );
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

async function evaluateNow<Batch>(
  { stage, evalRows, evalBatches }: TrainingParts<Batch>,
  { config, log }: RunContext,
): Promise<Results> {
  announceEvaluation(log, evalRows, config);
  return evaluationResults(await evaluateBatches(stage, evalBatches(), () => Promise.resolve()));
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

/** A run with do_eval alone: evaluates and writes its results, as LLaMA-Factory does. */
export async function evaluateRun<Batch>(parts: TrainingParts<Batch>, context: RunContext): Promise<void> {
  const { folder, config } = context;
  const results: Results = { epoch: 0, ...(await evaluateNow(parts, context)) };
  const batches = Math.ceil(parts.evalRows / config.per_device_eval_batch_size);
  folder.lines.append(evaluationOnlyLine(results["eval_loss"] ?? null, batches));
  await saveEvaluation(parts, folder.path, results);
}
