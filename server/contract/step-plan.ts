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
>;

export interface StepPlan {
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

/** The plan for `rows` training rows. */
export function planSteps(config: StepConfig, rows: number): StepPlan {
  const batchesPerEpoch = Math.ceil(rows / config.per_device_train_batch_size);
  const stepsPerEpoch = Math.max(1, Math.ceil(batchesPerEpoch / config.gradient_accumulation_steps));
  const totalSteps =
    config.max_steps > 0 ? config.max_steps : Math.ceil(config.num_train_epochs * stepsPerEpoch);
  // Below 1 it is a share of all steps.
  const interval = (steps: number) => (steps < 1 ? Math.ceil(totalSteps * steps) : Math.trunc(steps));
  return {
    batchesPerEpoch,
    stepsPerEpoch,
    totalSteps,
    epochs: config.max_steps > 0 ? Math.ceil(totalSteps / stepsPerEpoch) : Math.ceil(config.num_train_epochs),
    loggingSteps: interval(config.logging_steps),
    evalSteps: interval(config.eval_steps ?? config.logging_steps),
    saveSteps: interval(config.save_steps),
  };
}
