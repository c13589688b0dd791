/** What loading a configuration's data is given and gives. */
import type { Template } from "../tokenizer/templates/template";

export interface LoadOptions {
  readonly template: Template;
  /** What relative paths of the configuration start from. */
  readonly baseDir: string;
  /** Called now and then while rows are encoded. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Told what a user should know about where the data comes from. */
  readonly onNotice?: (text: string) => void;
  /** Told why a row of a stream is left out. */
  readonly onDrop?: (reason: string) => void;
  /** Ends the encoding early, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What happened on the way, for the log. */
export interface LoadReport {
  /** None where the data came tokenised. */
  readonly datasets: readonly { name: string; rows: number }[];
  /** Rows left out, and why the first ones were. */
  readonly dropped: number;
  readonly dropReasons: readonly string[];
  /** Rows, validation included, that were longer than `cutoff_len` and lost their end. */
  readonly cut: number;
  /** Ids in the training examples. */
  readonly trainTokens: number;
  /** Positions of the training examples that are trained on. */
  readonly trainLabelTokens: number;
}

/** Examples that are evaluated together. */
export interface EvaluationSet<T> {
  /** The data set's name, where each is evaluated on its own; null: all that is held out. */
  readonly name: string | null;
  readonly rows: readonly T[];
}

/** Examples that are read while training. */
export interface ExampleStream<T> {
  /** The examples of pass `epoch`, from 0; the same ones in the same order whenever it is asked for. */
  pass(epoch: number): AsyncGenerator<T>;
}

export interface LoadedData<T> {
  /** Empty where there is a stream. */
  readonly train: T[];
  readonly stream: ExampleStream<T> | null;
  readonly evaluationSets: readonly EvaluationSet<T>[];
  /** The rows of all sets. */
  readonly evaluation: readonly T[];
  readonly report: LoadReport;
}
