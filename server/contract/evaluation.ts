/**
 * Evaluating a model on data: what is asked for, and the rows that come out. An evaluation is a run that trains nothing;
 * its folder holds LLaMA-Factory's files, and one of ours with each row's scores.
 */
import { z } from "zod";
import { engineWishSchema } from "./engine-id";
import { EVALUATION_DEFAULTS } from "./evaluation-choices";

export {
  PREDICTION_ORDERS,
  type PredictionOrder,
  SIMILARITY_SCORES,
  type SimilarityScore,
} from "./evaluation-choices";
export { PREDICTIONS_FILE, SCORES_FILE } from "./run-files";

export const similaritySchema = z.object({
  "rouge-1": z.number(),
  "rouge-2": z.number(),
  "rouge-l": z.number(),
  "bleu-4": z.number(),
});

export const createEvaluationSchema = z.object({
  /** A chat target: "base:<model>", "run:<id>", "run:<id>/checkpoint-N". */
  target: z.string().min(1),
  datasets: z.array(z.string().min(1)).min(1, "Choose at least one dataset."),
  /** answers: generate and compare with the labels. loss: loss, perplexity and accuracy over the labels. */
  measure: z.enum(["answers", "loss"]).default("answers"),
  /** Empty: a name by the time. */
  name: z.string().max(100).default(""),
  engine: engineWishSchema.default(EVALUATION_DEFAULTS.engine),
  cutoff_len: z.number().int().min(4).max(131_072).default(EVALUATION_DEFAULTS.cutoff_len),
  max_samples: z.number().int().min(1).default(EVALUATION_DEFAULTS.max_samples),
  batch_size: z.number().int().min(1).max(1024).default(EVALUATION_DEFAULTS.batch_size),
  max_new_tokens: z.number().int().min(1).max(4096).default(EVALUATION_DEFAULTS.max_new_tokens),
  do_sample: z.boolean().default(EVALUATION_DEFAULTS.do_sample),
  temperature: z.number().min(0.01).max(1.5).default(EVALUATION_DEFAULTS.temperature),
  top_p: z.number().min(0.01).max(1).default(EVALUATION_DEFAULTS.top_p),
  seed: z.number().int().default(EVALUATION_DEFAULTS.seed),
});
export type CreateEvaluation = z.infer<typeof createEvaluationSchema>;

export const predictionSchema = z.object({
  /** From 0, in the order of the data. */
  row: z.number(),
  prompt: z.string(),
  predict: z.string(),
  label: z.string(),
  /** In percent; null where the row could not be scored. */
  scores: similaritySchema.nullable(),
});
export type Prediction = z.infer<typeof predictionSchema>;

export const predictionsSchema = z.object({
  items: z.array(predictionSchema),
  total: z.number(),
});
export type Predictions = z.infer<typeof predictionsSchema>;

/** What an evaluation measured, by LLaMA-Factory's names: predict_rouge-l, eval_loss, eval_perplexity, … */
export const evaluationResultsSchema = z.object({ results: z.record(z.string(), z.number()) });
export type EvaluationResults = z.infer<typeof evaluationResultsSchema>;
