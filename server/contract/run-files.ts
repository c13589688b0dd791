/** Names of files in a run's folder that both engines, the console and the pages know. */

export const PREDICTIONS_FILE = "generated_predictions.jsonl";
/** One line for each line of the predictions, in their order: the scores of that row, in percent. */
export const SCORES_FILE = "prediction_scores.jsonl";
/** What a run answered at its checkpoints. */
export const SAMPLES_FILE = "samples.jsonl";
