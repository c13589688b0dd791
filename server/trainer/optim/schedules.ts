/**
 * Learning rate schedules: transformers' `get_scheduler` as functions from the step to the rate.
 * Step k (0-based) is the rate that the k-th update uses.
 */
import { AppError } from "../../contract/errors";
import { ScheduleOptions, type Curve } from "./schedule-options";

/** The rate of update `step` (0-based); defined past the end as transformers defines it. */
export type Schedule = (step: number) => number;

export interface ScheduleSettings {
  /** transformers' SchedulerType. */
  readonly type: string;
  readonly baseRate: number;
  readonly totalSteps: number;
  readonly warmupSteps: number;
  /** `lr_scheduler_kwargs`. */
  readonly kwargs?: Readonly<Record<string, unknown>> | null;
}

/**
 * Steps of warm-up: `warmup_ratio` where it is given, else `warmup_steps`, which is a share of all steps below 1.
 */
export function resolveWarmupSteps(
  config: { warmup_steps: number; warmup_ratio?: number | null },
  totalSteps: number,
): number {
  const value = config.warmup_ratio ?? config.warmup_steps;
  const isShare = config.warmup_ratio != null || value < 1;
  return isShare ? Math.ceil(totalSteps * value) : Math.trunc(value);
}

/** Factor on the base rate. */
type Factor = (step: number) => number;

interface Phases {
  readonly baseRate: number;
  readonly totalSteps: number;
  readonly warmupSteps: number;
  readonly options: ScheduleOptions;
}

/** Builds a schedule. @throws AppError invalid_config naming a type or an option that does not exist */
export function createSchedule({
  type,
  baseRate,
  totalSteps,
  warmupSteps,
  kwargs,
}: ScheduleSettings): Schedule {
  const build = Object.hasOwn(BUILDERS, type) ? BUILDERS[type] : undefined;
  if (!build) {
    throw new AppError(
      "invalid_config",
      `lr_scheduler_type: ${type} is not available in the embedded trainer. Use one of ${SCHEDULE_TYPES.join(", ")}.`,
    );
  }
  const options = new ScheduleOptions(type, kwargs ?? {});
  const factor = build({ baseRate, totalSteps, warmupSteps, options });
  options.rejectUnknown();
  return (step) => baseRate * factor(step);
}

const BUILDERS: Readonly<Record<string, (phases: Phases) => Factor>> = {
  linear: ({ totalSteps, warmupSteps }) =>
    afterWarmup(warmupSteps, (step) =>
      Math.max(0, (totalSteps - step) / Math.max(1, totalSteps - warmupSteps)),
    ),
  cosine: (phases) => cosine(phases, 0),
  cosine_with_restarts: cosineWithRestarts,
  polynomial,
  constant: () => () => 1,
  constant_with_warmup: ({ warmupSteps }) => afterWarmup(warmupSteps, () => 1),
  inverse_sqrt: inverseSquareRoot,
  cosine_with_min_lr: (phases) => cosine(phases, minimumRate(phases)),
  cosine_warmup_with_min_lr: cosineWarmupWithMinimum,
  warmup_stable_decay: warmupStableDecay,
};

/** The schedules that exist here, in the words of `lr_scheduler_type`. */
export const SCHEDULE_TYPES = Object.keys(BUILDERS);

/** Linear from 0 over the warm-up, then `rest`. */
function afterWarmup(warmupSteps: number, rest: Factor): Factor {
  return (step) => (step < warmupSteps ? step / Math.max(1, warmupSteps) : rest(step));
}

/** Share of the steps after the warm-up that lie behind; above 1 past the end. */
function progressOf({ totalSteps, warmupSteps }: Phases, step: number): number {
  return (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
}

/** Half a wave per 0.5 cycles, from 1 down to 0. */
function wave(cycles: number, progress: number): number {
  return 0.5 * (1 + Math.cos(Math.PI * cycles * 2 * progress));
}

function cosine(phases: Phases, minimum: number): Factor {
  const cycles = phases.options.number("num_cycles", 0.5);
  return afterWarmup(phases.warmupSteps, (step) =>
    Math.max(0, wave(cycles, progressOf(phases, step)) * (1 - minimum) + minimum),
  );
}

function cosineWithRestarts(phases: Phases): Factor {
  const cycles = phases.options.number("num_cycles", 1);
  return afterWarmup(phases.warmupSteps, (step) => {
    const progress = progressOf(phases, step);
    return progress >= 1 ? 0 : Math.max(0, wave(0.5, (cycles * progress) % 1));
  });
}

function polynomial({ baseRate, totalSteps, warmupSteps, options }: Phases): Factor {
  const endRate = options.number("lr_end", 1e-7);
  const power = options.number("power", 1);
  if (baseRate <= endRate) {
    throw new AppError(
      "invalid_config",
      `lr_scheduler_kwargs: lr_end (${endRate}) must be smaller than learning_rate (${baseRate}).`,
    );
  }
  return afterWarmup(warmupSteps, (step) => {
    if (step > totalSteps) return endRate / baseRate;
    const remaining = 1 - (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
    return ((baseRate - endRate) * remaining ** power + endRate) / baseRate;
  });
}

function inverseSquareRoot({ warmupSteps, options }: Phases): Factor {
  const timescale = options.number("timescale", warmupSteps || 10_000);
  const shift = timescale - warmupSteps;
  return afterWarmup(warmupSteps, (step) => 1 / Math.sqrt((step + shift) / timescale));
}

function minimumRate({ baseRate, options }: Phases): number {
  const rate = options.optionalNumber("min_lr");
  const share = options.optionalNumber("min_lr_rate");
  if ((rate === undefined) === (share === undefined)) {
    throw new AppError(
      "invalid_config",
      "lr_scheduler_kwargs: give either min_lr or min_lr_rate for this schedule.",
    );
  }
  return share ?? rate! / baseRate;
}

/** Counts steps from 1, so that the first update already has a rate. */
function cosineWarmupWithMinimum(phases: Phases): Factor {
  const { warmupSteps, options } = phases;
  const minimum = minimumRate(phases);
  const cycles = options.number("num_cycles", 0.5);
  const start = options.optionalNumber("warmup_lr_rate");
  return (step) => {
    if (step < warmupSteps) {
      if (start === undefined) return (step + 1) / Math.max(1, warmupSteps);
      return start + ((1 - start) * step) / Math.max(1, warmupSteps - 1);
    }
    return Math.max(0, wave(cycles, progressOf(phases, step + 1)) * (1 - minimum) + minimum);
  };
}

/** Without lengths of the phases: a third of what follows the warm-up is stable, as LLaMA-Factory sets it. */
function warmupStableDecay({ totalSteps, warmupSteps, options }: Phases): Factor {
  const remaining = totalSteps - warmupSteps;
  const stable = options.number("num_stable_steps", Math.floor(remaining / 3));
  const decay = options.number("num_decay_steps", remaining - Math.floor(remaining / 3));
  const rise = options.choice("warmup_type", "linear");
  const fall = options.choice("decay_type", "cosine");
  const minimum = options.number("min_lr_ratio", 0);
  const cycles = options.number("num_cycles", 0.5);
  const atLeast = (factor: number) => Math.max(0, factor * (1 - minimum) + minimum);
  return (step) => {
    if (step < warmupSteps) return atLeast(risen(rise, step / Math.max(1, warmupSteps)));
    const decayed = step - warmupSteps - stable;
    if (decayed < 0) return 1;
    if (decayed < decay) return atLeast(fallen(fall, decayed / Math.max(1, decay), cycles));
    return minimum;
  };
}

function risen(curve: Curve, progress: number): number {
  switch (curve) {
    case "linear":
      return progress;
    case "cosine":
      return 0.5 * (1 - Math.cos(Math.PI * progress));
    case "1-sqrt":
      return 1 - Math.sqrt(1 - progress);
  }
}

function fallen(curve: Curve, progress: number, cycles: number): number {
  switch (curve) {
    case "linear":
      return 1 - progress;
    case "cosine":
      return wave(cycles, progress);
    case "1-sqrt":
      return 1 - Math.sqrt(progress);
  }
}
