/**
 * Where a training run stands: transformers' TrainerState with what an exact resume needs on top, and its file,
 * trainer_state.json. Plain data; the loop changes it, checkpoints keep it.
 */
import path from "node:path";
import { z } from "zod";
import { AppError } from "../../contract/errors";
import type { StepPlan } from "../../contract/step-plan";
import type { TrainConfig } from "../../contract/train-config";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { readJsonObject } from "../checkpoint/json-file";
import type { Tally } from "../stages/stage";
import { float, pythonJson, type PythonValue } from "./python-format";

export const TRAINER_STATE_FILE = "trainer_state.json";
/** The place that transformers has for state of others. */
const OWN_STATE = "TuneboardLoop";

/** An entry of log_history: numbers by transformers' names. */
export type LogEntry = Readonly<Record<string, number | null>>;

/** What was summed up since the last log line. */
export interface Accumulated {
  loss: number;
  steps: number;
  extra: Record<string, Tally>;
}

export interface TrainerState {
  globalStep: number;
  /** Passes over the data, with the fraction of the present one. */
  epoch: number;
  /** Positions fed so far, as include_num_input_tokens_seen counts them. */
  tokensSeen: number;
  totalFlos: number;
  /** Sum of all steps' losses, for train_loss. */
  lossSum: number;
  sinceLog: Accumulated;
  bestMetric: number | null;
  bestStep: number | null;
  /** Evaluations in a row without a better metric. */
  evaluationsWithoutGain: number;
  /** Whether the last step's evaluation was broken off by a stop. */
  owesEvaluation: boolean;
  /** In a stream, the pass over the data and the steps done of it. */
  place: { pass: number; step: number };
  /** What the stage carries over from batch to batch. */
  stageMemory: Record<string, number>;
  logHistory: LogEntry[];
}

/** The state before the first step. */
export function initialState(): TrainerState {
  return {
    globalStep: 0,
    epoch: 0,
    tokensSeen: 0,
    totalFlos: 0,
    lossSum: 0,
    sinceLog: nothingAccumulated(),
    bestMetric: null,
    bestStep: null,
    evaluationsWithoutGain: 0,
    owesEvaluation: false,
    place: { pass: 0, step: 0 },
    stageMemory: {},
    logHistory: [],
  };
}

export function nothingAccumulated(): Accumulated {
  return { loss: 0, steps: 0, extra: {} };
}

/** Keys of log_history that Python has as integers. */
const INTEGER_KEYS = new Set(["step", "num_input_tokens_seen"]);

/** Writes trainer_state.json as transformers does: keys sorted, two spaces, a newline at the end. */
export async function writeTrainerState(
  folder: string,
  state: TrainerState,
  { config, plan, runFolder }: { config: TrainConfig; plan: StepPlan; runFolder: string },
): Promise<void> {
  const document: Record<string, PythonValue> = {
    best_global_step: state.bestStep,
    best_metric: state.bestMetric === null ? null : float(state.bestMetric),
    best_model_checkpoint:
      state.bestStep === null ? null : path.posix.join(runFolder, `checkpoint-${state.bestStep}`),
    epoch: float(state.epoch),
    eval_steps: plan.evalSteps,
    global_step: state.globalStep,
    is_hyper_param_search: false,
    is_local_process_zero: true,
    is_world_process_zero: true,
    log_history: state.logHistory.map(sortedEntry),
    logging_steps: plan.loggingSteps,
    max_steps: plan.totalSteps,
    num_input_tokens_seen: config.include_num_input_tokens_seen ? state.tokensSeen : 0,
    num_train_epochs: plan.epochs,
    save_steps: plan.saveSteps,
    stateful_callbacks: { [OWN_STATE]: ownState(state) },
    total_flos: float(state.totalFlos),
    train_batch_size: config.per_device_train_batch_size,
    trial_name: null,
    trial_params: null,
  };
  await replaceTextFile(path.join(folder, TRAINER_STATE_FILE), `${pythonJson(document, 2)}\n`);
}

function sortedEntry(entry: LogEntry): PythonValue {
  const keys = Object.keys(entry).sort();
  return Object.fromEntries(
    keys.map((key) => {
      const value = entry[key] ?? null;
      return [key, value === null || INTEGER_KEYS.has(key) ? value : float(value)];
    }),
  );
}

function ownState(state: TrainerState): PythonValue {
  const { sinceLog } = state;
  return {
    evaluations_without_gain: state.evaluationsWithoutGain,
    loss_sum: float(state.lossSum),
    owes_evaluation: state.owesEvaluation,
    place: state.place,
    since_log: {
      extra: Object.fromEntries(
        Object.entries(sinceLog.extra).map(([key, { sum, count }]) => [key, { count, sum: float(sum) }]),
      ),
      loss: float(sinceLog.loss),
      steps: sinceLog.steps,
    },
    stage_memory: Object.fromEntries(
      Object.entries(state.stageMemory).map(([key, value]) => [key, float(value)]),
    ),
    tokens_seen: state.tokensSeen,
  };
}

const stateSchema = z.object({
  global_step: z.number().int().min(0),
  epoch: z.number(),
  total_flos: z.number().default(0),
  best_metric: z.number().nullable().default(null),
  best_global_step: z.number().nullable().default(null),
  log_history: z.array(z.record(z.string(), z.number().nullable())),
  stateful_callbacks: z.object({
    [OWN_STATE]: z.object({
      evaluations_without_gain: z.number(),
      loss_sum: z.number(),
      tokens_seen: z.number(),
      owes_evaluation: z.boolean().default(false),
      place: z.object({ pass: z.number(), step: z.number() }).default({ pass: 0, step: 0 }),
      stage_memory: z.record(z.string(), z.number()).default({}),
      since_log: z.object({
        loss: z.number(),
        steps: z.number(),
        extra: z.record(z.string(), z.object({ sum: z.number(), count: z.number() })),
      }),
    }),
  }),
});

/**
 * The state that a checkpoint holds.
 * @throws AppError checkpoint_malformed naming the file and the key; unsupported where another program wrote it
 */
export async function readTrainerState(folder: string): Promise<TrainerState> {
  const file = path.join(folder, TRAINER_STATE_FILE);
  const document = await readJsonObject(file);
  if (!document) {
    throw new AppError(
      "checkpoint_malformed",
      `${file} is missing; ${folder} cannot be resumed from. Choose another checkpoint.`,
    );
  }
  const parsed = stateSchema.safeParse(document);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError(
      "checkpoint_malformed",
      `${file}: ${issue.path.join(".")} is missing or wrong (${issue.message}). Only checkpoints of the embedded trainer can be resumed here.`,
    );
  }
  const { data } = parsed;
  const own = data.stateful_callbacks[OWN_STATE];
  return {
    globalStep: data.global_step,
    epoch: data.epoch,
    tokensSeen: own.tokens_seen,
    totalFlos: data.total_flos,
    lossSum: own.loss_sum,
    sinceLog: {
      loss: own.since_log.loss,
      steps: own.since_log.steps,
      extra: own.since_log.extra,
    },
    bestMetric: data.best_metric,
    bestStep: data.best_global_step,
    evaluationsWithoutGain: own.evaluations_without_gain,
    owesEvaluation: own.owes_evaluation,
    place: own.place,
    stageMemory: own.stage_memory,
    logHistory: data.log_history,
  };
}
