/**
 * Evaluating a model on data: what is asked for, and the rows that come out. An evaluation is a run that trains nothing;
 * its folder holds LLaMA-Factory's files, and one of ours with each row's scores.
 */
import { z } from "zod";
import { engineWishSchema } from "./engine-id";

export const PREDICTIONS_FILE = "generated_predictions.jsonl";
/** One line for each line of the predictions, in their order: the scores of that row, in percent. */
export const SCORES_FILE = "prediction_scores.jsonl";

export const SIMILARITY_SCORES = ["rouge-1", "rouge-2", "rouge-l", "bleu-4"] as const;
export type SimilarityScore = (typeof SIMILARITY_SCORES)[number];

export const similaritySchema = z.object({
  "rouge-1": z.number(),
  "rouge-2": z.number(),
  "rouge-l": z.number(),
  "bleu-4": z.number(),
});

/** LLaMA Board's defaults, but greedy: an evaluation that is repeated should say the same. */
export const createEvaluationSchema = z.object({
  /** A chat target: "base:<model>", "run:<id>", "run:<id>/checkpoint-N". */
  target: z.string().min(1),
  datasets: z.array(z.string().min(1)).min(1, "Choose at least one dataset."),
  /** answers: generate and compare with the labels. loss: loss, perplexity and accuracy over the labels. */
  measure: z.enum(["answers", "loss"]).default("answers"),
  /** Empty: a name by the time. */
  name: z.string().max(100).default(""),
  engine: engineWishSchema.default("auto"),
  cutoff_len: z.number().int().min(4).max(131_072).default(1024),
  max_samples: z.number().int().min(1).default(100_000),
  batch_size: z.number().int().min(1).max(1024).default(2),
  max_new_tokens: z.number().int().min(1).max(4096).default(512),
  do_sample: z.boolean().default(false),
  temperature: z.number().min(0.01).max(1.5).default(0.95),
  top_p: z.number().min(0.01).max(1).default(0.7),
  seed: z.number().int().default(42),
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

export const PREDICTION_ORDERS = ["row", ...SIMILARITY_SCORES] as const;
export type PredictionOrder = (typeof PREDICTION_ORDERS)[number];

export const predictionsSchema = z.object({
  items: z.array(predictionSchema),
  total: z.number(),
});
export type Predictions = z.infer<typeof predictionsSchema>;

/** What an evaluation measured, by LLaMA-Factory's names: predict_rouge-l, eval_loss, eval_perplexity, … */
export const evaluationResultsSchema = z.object({ results: z.record(z.string(), z.number()) });
