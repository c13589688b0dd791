/**
 * What the training loop tells while it runs. It writes nothing itself: whoever iterates over it records, saves and
 * shows. The loop waits while an event is handled, so a checkpoint event sees the state of exactly its step.
 */

/** What was measured since the last log, named as transformers names it. */
export interface StepMetrics {
  /** Mean over the steps since the last log. */
  readonly loss: number;
  /** Before clipping, of the last step. */
  readonly gradNorm: number;
  /** The rate that the last step used. */
  readonly learningRate: number;
  /** A stage's further metrics (rewards/…, logps/…), averaged over the micro-batches since the last log. */
  readonly extra: Readonly<Record<string, number>>;
}

export interface EvaluationMetrics {
  /** null where no row had a label. */
  readonly loss: number | null;
  readonly extra: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly rows: number;
  readonly batches: number;
}

/** One set of rows was evaluated. */
export interface Evaluated {
  /** The set's, where each data set is evaluated on its own; null: all that is held out. */
  readonly name: string | null;
  readonly metrics: EvaluationMetrics;
  /** Mean loss of all sets, told with the last of several. */
  readonly overallLoss?: number | null;
}

export type TrainingEvent =
  | { readonly type: "log"; readonly metrics: StepMetrics }
  | { readonly type: "evaluate"; readonly rows: number }
  | ({ readonly type: "evaluated" } & Evaluated)
  | { readonly type: "checkpoint" }
  | { readonly type: "end"; readonly reason: "finished" | "stopped" | "early stopping" };
