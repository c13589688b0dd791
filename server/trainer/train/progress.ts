/**
 * The lines of trainer_log.jsonl and the metric lines of running_log.txt, as LLaMA-Factory's LogCallback makes them.
 * Numbers in, text out: it knows neither files nor clocks.
 */
import { float, pythonDuration, pythonJson, rounded, type PythonValue } from "./python-format";

export const TRAINER_LOG_FILE = "trainer_log.jsonl";

export interface Progress {
  readonly step: number;
  readonly totalSteps: number;
  /** Steps done in this session, which the time to come is reckoned from; a resumed run has done others before. */
  readonly sessionSteps: number;
  /** Seconds of training in this session. */
  readonly elapsed: number;
  readonly epoch: number;
  /** Tokens seen in all and in this session; null where they are not counted. */
  readonly tokens: { readonly total: number; readonly session: number } | null;
}

export interface ProgressMetrics {
  readonly loss?: number;
  readonly evalLoss?: number | null;
  readonly reward?: number;
  readonly accuracy?: number;
  readonly learningRate?: number;
  readonly gradNorm?: number;
  /** Further numbers under their own names, such as the loss on one of several data sets. */
  readonly named?: Readonly<Record<string, number | null>>;
}

/** One line of trainer_log.jsonl without its newline; `grad_norm` last, where LLaMA-Factory has nothing. */
export function progressLine(progress: Progress, metrics: ProgressMetrics): string {
  const { step, totalSteps, elapsed, epoch, tokens } = progress;
  const optional = (value: number | undefined) => (value === undefined ? undefined : float(value));
  const entry: Record<string, PythonValue | undefined> = {
    current_steps: step,
    total_steps: totalSteps,
    loss: optional(metrics.loss),
    eval_loss: metrics.evalLoss === null ? null : optional(metrics.evalLoss),
    ...Object.fromEntries(
      Object.entries(metrics.named ?? {}).map(([name, value]) => [
        name,
        value === null ? null : float(value),
      ]),
    ),
    reward: optional(metrics.reward),
    accuracy: optional(metrics.accuracy),
    lr: optional(metrics.learningRate),
    epoch: float(epoch),
    percentage: float(totalSteps === 0 ? 100 : rounded((step / totalSteps) * 100, 2)),
    elapsed_time: pythonDuration(elapsed),
    remaining_time: pythonDuration(remainingSeconds(progress)),
    throughput: tokens ? float(throughput(progress)) : undefined,
    total_tokens: tokens?.total,
    grad_norm: optional(metrics.gradNorm),
  };
  return pythonJson(entry);
}

/** The one line of a run that only evaluates: LLaMA-Factory has it stand at step 0, with an integer as its epoch. */
export function evaluationOnlyLine(evalLoss: number | null, batches: number): string {
  const clock = pythonDuration(0);
  return pythonJson({
    current_steps: 0,
    total_steps: batches,
    eval_loss: evalLoss === null ? null : float(evalLoss),
    epoch: 0,
    percentage: float(0),
    elapsed_time: clock,
    remaining_time: clock,
  });
}

/** Batches between two lines of a run that does not train. */
export const BATCHES_PER_LINE = 5;

/** A line of a run that only evaluates or predicts: batches take the place of steps, and nothing is known but the time. */
export function predictionLine(batch: number, batches: number, elapsed: number): string {
  return pythonJson({
    current_steps: batch,
    total_steps: batches,
    percentage: float(rounded((batch / batches) * 100, 2)),
    elapsed_time: pythonDuration(elapsed),
    remaining_time: pythonDuration(((batches - batch) * elapsed) / batch),
  });
}

function remainingSeconds({ step, totalSteps, sessionSteps, elapsed }: Progress): number {
  return sessionSteps === 0 ? 0 : ((totalSteps - step) * elapsed) / sessionSteps;
}

/** Tokens per second of this session, padding included. */
function throughput({ elapsed, tokens }: Progress): number {
  return tokens && elapsed > 0 ? rounded(tokens.session / elapsed, 2) : 0;
}

/** The metric line of running_log.txt: `{'loss': 10.4451, 'learning_rate': 5.0000e-05, 'epoch': 0.06, …}`. */
export function metricWords(progress: Progress, metrics: ProgressMetrics): string {
  const parts = [
    `'loss': ${(metrics.loss ?? 0).toFixed(4)}`,
    `'learning_rate': ${scientific(metrics.learningRate ?? 0)}`,
    `'epoch': ${progress.epoch.toFixed(2)}`,
  ];
  if (metrics.reward !== undefined) parts.push(`'reward': ${metrics.reward.toFixed(4)}`);
  if (metrics.accuracy !== undefined) parts.push(`'accuracy': ${metrics.accuracy.toFixed(4)}`);
  if (progress.tokens) parts.push(`'throughput': ${throughput(progress).toFixed(2)}`);
  return `{${parts.join(", ")}}`;
}

/** Python's `:2.4e`: five digits, an exponent of at least two. */
function scientific(value: number): string {
  return value.toExponential(4).replace(/e([+-])(\d)$/, "e$10$2");
}
