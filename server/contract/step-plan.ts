/**
 * How many steps a training run has, and when it logs, evaluates and saves: transformers' arithmetic, used by the
 * trainer to run and by the console to foretell. Pure numbers; it knows no data.
 */
import type { TrainConfig } from "./train-config";

type StepConfig = Pick<
  TrainConfig,
  | "per_device_train_batch_size"
  | "gradient_accumulation_steps"
  | "num_train_epochs"
  | "max_steps"
  | "logging_steps"
  | "eval_steps"
  | "save_steps"
> &
  Partial<Pick<TrainConfig, "dataloader_drop_last">>;

export interface StepPlan {
  /** Whether rows come as a stream: how many steps a pass has shows only at its end. */
  readonly streams: boolean;
  /** Micro-batches of one pass over the data. */
  readonly batchesPerEpoch: number;
  /** Optimizer steps of one pass; the last one may have fewer micro-batches. */
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** Passes begun, the last one possibly not finished. */
  readonly epochs: number;
  readonly loggingSteps: number;
  readonly evalSteps: number;
  readonly saveSteps: number;
}

/** The plan for `rows` training rows; null: a stream, whose end nobody knows, so that max_steps takes the place of a pass. */
export function planSteps(config: StepConfig, rows: number | null): StepPlan {
  if (rows === null) return planStream(config);
  const round = config.dataloader_drop_last ? Math.floor : Math.ceil;
  const batchesPerEpoch = round(rows / config.per_device_train_batch_size);
  const stepsPerEpoch = Math.max(1, Math.ceil(batchesPerEpoch / config.gradient_accumulation_steps));
  const totalSteps =
    config.max_steps > 0 ? config.max_steps : Math.ceil(config.num_train_epochs * stepsPerEpoch);
  return {
    streams: false,
    batchesPerEpoch,
    stepsPerEpoch,
    totalSteps,
    epochs: config.max_steps > 0 ? Math.ceil(totalSteps / stepsPerEpoch) : Math.ceil(config.num_train_epochs),
    ...intervals(config, totalSteps),
  };
}

function planStream(config: StepConfig): StepPlan {
  const totalSteps = Math.max(1, config.max_steps);
  return {
    streams: true,
    batchesPerEpoch: totalSteps * config.gradient_accumulation_steps,
    stepsPerEpoch: totalSteps,
    totalSteps,
    // As often as it takes, in transformers' way of writing it.
    epochs: Number.MAX_SAFE_INTEGER,
    ...intervals(config, totalSteps),
  };
}

function intervals(config: StepConfig, totalSteps: number) {
  // Below 1 it is a share of all steps.
  const interval = (steps: number) => (steps < 1 ? Math.ceil(totalSteps * steps) : Math.trunc(steps));
  return {
    loggingSteps: interval(config.logging_steps),
    evalSteps: interval(config.eval_steps ?? config.logging_steps),
    saveSteps: interval(config.save_steps),
  };
}
