/**
 * Which phase a run is in, told from the lines of its running_log.txt. Both engines write these lines (the embedded
 * trainer uses LLaMA-Factory's and transformers' own words), so the phase needs no file of its own.
 */
import type { RunPhase } from "./run";

/** Words that open a phase; the trainer logs them, the follower looks for them. */
export const PHASE_WORDS = {
  loadModel: "Loading model",
  loadDataset: "Loading dataset",
  tokenize: "Running tokenizer on dataset",
  train: "***** Running training *****",
  evaluate: "***** Running Evaluation *****",
  predict: "***** Running Prediction *****",
  save: "Saving model checkpoint to",
} as const;

/** Opens the last line of a run that was asked to stop: "Training stopped at step 12 of 40." */
export const STOPPED_WORDS = "Training stopped at step";

const PHASE_OF_WORDS: readonly (readonly [string, RunPhase])[] = [
  [PHASE_WORDS.loadModel, "load"],
  [PHASE_WORDS.loadDataset, "load"],
  [PHASE_WORDS.tokenize, "tokenize"],
  [PHASE_WORDS.train, "train"],
  [PHASE_WORDS.evaluate, "evaluate"],
  [PHASE_WORDS.predict, "evaluate"],
  [PHASE_WORDS.save, "save"],
  // A metrics line after an evaluation or a save means that training went on.
  ["'loss':", "train"],
];

/** The phase that a log line opens, or null where it opens none. */
export function phaseOfLogLine(line: string): RunPhase | null {
  return PHASE_OF_WORDS.find(([words]) => line.includes(words))?.[1] ?? null;
}
