/**
 * Turns the loop's events into the run folder: trainer_log.jsonl, log_history, the running log, checkpoints, results.
 * It knows files and formats; it does not know models, and cannot change how training goes.
 */
import path from "node:path";
import { PHASE_WORDS, STOPPED_WORDS } from "../../contract/phase";
import type { StepPlan } from "../../contract/step-plan";
import type { TrainConfig } from "../../contract/train-config";
import { removeOldCheckpoints } from "./checkpoint-folder";
import type { LineFile } from "./line-file";
import { metricWords, progressLine, type Progress } from "./progress";
import { rounded } from "./python-format";
import type { Results } from "./result-files";
import type { RunLog } from "./run-log";
import { writeTrainerState, type LogEntry, type TrainerState } from "./trainer-state";
import type { Evaluated, EvaluationMetrics, StepMetrics, TrainingEvent } from "./training-events";

export interface RecorderOptions {
  readonly runFolder: string;
  readonly config: TrainConfig;
  readonly plan: StepPlan;
  readonly state: TrainerState;
  /** null: rows come as a stream. */
  readonly trainRows: number | null;
  /** Tokens of the training rows, for `include_effective_tokens_per_second`. */
  readonly trainTokens?: number;
  readonly log: RunLog;
  readonly lines: LineFile;
  /** Saves `checkpoint-<globalStep>`. */
  readonly saveCheckpoint: () => Promise<void>;
  /** Milliseconds; given by tests. */
  readonly now?: () => number;
}

export class RunRecorder {
  private readonly start: number;
  private readonly startStep: number;
  private readonly startTokens: number;
  private savedStep: number;
  /** What train_results.json will hold; there when the loop has ended. */
  trainResults: Results = {};
  private lastEvaluation: { step: number; results: Results } | null = null;

  constructor(private readonly options: RecorderOptions) {
    const { state } = options;
    this.start = this.now();
    this.startStep = state.globalStep;
    this.startTokens = state.tokensSeen;
    this.savedStep = state.globalStep;
  }

  /** Records one event; returns when everything about it is on disk. */
  async record(event: TrainingEvent): Promise<void> {
    switch (event.type) {
      case "log":
        return this.logStep(event.metrics);
      case "evaluate":
        return this.announceEvaluation(event.rows);
      case "evaluated":
        return this.logEvaluation(event);
      case "checkpoint":
        return this.checkpoint();
      case "end":
        return this.end(event.reason);
    }
  }

  /** The results of the last evaluation, where it was of the present step. */
  get evaluationOfThisStep(): Results | null {
    const last = this.lastEvaluation;
    return last?.step === this.options.state.globalStep ? last.results : null;
  }

  private now(): number {
    return (this.options.now ?? performance.now.bind(performance))();
  }

  private get elapsed(): number {
    return (this.now() - this.start) / 1000;
  }

  private progress(totalSteps = this.options.plan.totalSteps): Progress {
    const { state, config } = this.options;
    const counts =
      config.include_num_input_tokens_seen !== false && config.include_num_input_tokens_seen !== "no";
    return {
      step: state.globalStep,
      totalSteps,
      sessionSteps: state.globalStep - this.startStep,
      elapsed: this.elapsed,
      epoch: state.epoch,
      tokens: counts ? { total: state.tokensSeen, session: state.tokensSeen - this.startTokens } : null,
    };
  }

  /** Keys that every entry of log_history and every results file has. */
  stamp(): LogEntry {
    const { state } = this.options;
    const tokens = this.progress().tokens;
    return { epoch: state.epoch, ...(tokens && { num_input_tokens_seen: tokens.total }) };
  }

  private logStep(metrics: StepMetrics): void {
    const { state, lines, log } = this.options;
    const progress = this.progress();
    const loss = asFloat32(metrics.loss);
    const gradNorm = asFloat32(metrics.gradNorm);
    const seconds = this.elapsed;
    state.logHistory.push({
      ...metrics.extra,
      ...this.stamp(),
      grad_norm: gradNorm,
      learning_rate: metrics.learningRate,
      loss,
      step: state.globalStep,
      ...(progress.tokens && {
        train_runtime: rounded(seconds, 4),
        train_tokens_per_second: seconds > 0 ? rounded(progress.tokens.session / seconds, 3) : 0,
      }),
    });
    const shown = {
      loss,
      learningRate: metrics.learningRate,
      gradNorm,
      accuracy: metrics.extra["rewards/accuracies"],
      reward: metrics.extra["reward"],
    };
    lines.append(progressLine(progress, shown));
    log.info(metricWords(progress, shown));
  }

  private announceEvaluation(rows: number): void {
    announceEvaluation(this.options.log, rows, this.options.config);
  }

  private logEvaluation({ name, metrics, overallLoss }: Evaluated): void {
    const { state, lines } = this.options;
    const results = evaluationResults(metrics, name);
    state.logHistory.push({ ...results, ...this.stamp(), step: state.globalStep });
    this.lastEvaluation = {
      step: state.globalStep,
      results: { ...this.evaluationOfThisStep, ...results, ...this.stamp() },
    };
    const shown =
      name === null
        ? { evalLoss: metrics.loss }
        : {
            ...(overallLoss !== undefined && { evalLoss: overallLoss }),
            named: { [`eval_${name}_loss`]: metrics.loss },
          };
    lines.append(progressLine(this.progress(), shown));
  }

  private async checkpoint(): Promise<void> {
    const { runFolder, config, state, log } = this.options;
    const name = `checkpoint-${state.globalStep}`;
    log.info(`${PHASE_WORDS.save} ${path.join(runFolder, name)}`);
    await this.options.saveCheckpoint();
    this.savedStep = state.globalStep;
    if (config.save_total_limit == null) return;
    for (const folder of await removeOldCheckpoints(runFolder, config.save_total_limit, state.bestStep)) {
      log.info(`Deleting older checkpoint [${folder}] due to args.save_total_limit`);
    }
  }

  private async end(reason: "finished" | "stopped" | "early stopping"): Promise<void> {
    const { plan, state, log, runFolder } = this.options;
    if (reason === "stopped" && this.savedStep !== state.globalStep) await this.checkpoint();
    const seconds = this.elapsed;
    this.trainResults = { ...this.measureTraining(seconds), ...this.stamp() };
    state.logHistory.push({ ...this.trainResults, step: state.globalStep });
    // Readers tell "stopped" from "finished" by this line: a run that ended early on its own has no steps to come.
    const total = reason === "early stopping" ? state.globalStep : plan.totalSteps;
    this.options.lines.append(progressLine(this.progress(total), {}));
    await writeTrainerState(runFolder, state, this.options);
    if (reason === "early stopping") log.info("Evaluation stopped improving; training ends early.");
    if (reason === "stopped") {
      const saved = state.globalStep === 0 ? "" : ` Resume from checkpoint-${state.globalStep}.`;
      log.info(`${STOPPED_WORDS} ${state.globalStep} of ${plan.totalSteps}.${saved}`);
    }
  }

  private measureTraining(seconds: number): Results {
    const { state, config, plan, trainRows, trainTokens } = this.options;
    const steps = state.globalStep - this.startStep;
    const rowsPerStep = config.per_device_train_batch_size * config.gradient_accumulation_steps;
    const allRows =
      config.max_steps > 0 || trainRows === null
        ? plan.totalSteps * rowsPerStep
        : trainRows * config.num_train_epochs;
    const rows = (allRows * steps) / plan.totalSteps;
    const effective: Results =
      config.include_effective_tokens_per_second && trainTokens !== undefined && seconds > 0
        ? { effective_tokens_per_sec: (trainTokens * state.epoch) / seconds }
        : {};
    return {
      ...effective,
      total_flos: state.totalFlos,
      train_loss: state.globalStep === 0 ? 0 : state.lossSum / state.globalStep,
      train_runtime: rounded(seconds, 4),
      train_samples_per_second: seconds > 0 ? rounded(rows / seconds, 3) : 0,
      train_steps_per_second: seconds > 0 ? rounded(steps / seconds, 3) : 0,
    };
  }
}

/** The log lines that open an evaluation. */
export function announceEvaluation(
  log: RunLog,
  rows: number,
  config: Pick<TrainConfig, "per_device_eval_batch_size">,
): void {
  log.info(PHASE_WORDS.evaluate);
  log.info(`  Num examples = ${rows}`);
  log.info(`  Batch size = ${config.per_device_eval_batch_size}`);
}

/** An evaluation under transformers' names; `name` is the data set's where each is evaluated on its own. */
export function evaluationResults(
  { loss, extra, seconds, rows, batches }: EvaluationMetrics,
  name: string | null,
): Results {
  const prefix = name === null ? "eval" : `eval_${name}`;
  return {
    ...Object.fromEntries(
      Object.entries(extra).map(([key, value]) => [key === "kl" ? key : `${prefix}_${key}`, value]),
    ),
    [`${prefix}_loss`]: loss,
    [`${prefix}_runtime`]: rounded(seconds, 4),
    [`${prefix}_samples_per_second`]: seconds > 0 ? rounded(rows / seconds, 3) : 0,
    [`${prefix}_steps_per_second`]: seconds > 0 ? rounded(batches / seconds, 3) : 0,
  };
}

/** PyTorch's losses and norms are float32: the same digits here. */
function asFloat32(value: number): number {
  return Math.fround(value);
}
