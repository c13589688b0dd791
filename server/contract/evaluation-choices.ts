/** What an evaluation is asked for where nobody chose, and how its rows can be ordered. It knows no schema, so pages may have it at once. */

export const SIMILARITY_SCORES = ["rouge-1", "rouge-2", "rouge-l", "bleu-4"] as const;
export type SimilarityScore = (typeof SIMILARITY_SCORES)[number];

export const PREDICTION_ORDERS = ["row", ...SIMILARITY_SCORES] as const;
export type PredictionOrder = (typeof PREDICTION_ORDERS)[number];

/** LLaMA Board's defaults, but greedy: an evaluation that is repeated should say the same. */
export const EVALUATION_DEFAULTS = {
  engine: "auto",
  cutoff_len: 1024,
  max_samples: 100_000,
  batch_size: 2,
  max_new_tokens: 512,
  do_sample: false,
  temperature: 0.95,
  top_p: 0.7,
  seed: 42,
} as const;
