/** Which of an evaluation's numbers are shown, in which order, and which way is better. */

export interface Measure {
  /** LLaMA-Factory's key in all_results.json. */
  key: string;
  /** How it is written: percent of 100, a loss, a share between 0 and 1, seconds, rows in a second. */
  kind: "percent" | "loss" | "share" | "seconds" | "rate";
  /** null: neither way is better. */
  better: "more" | "less" | null;
}

const MEASURES: readonly Measure[] = [
  { key: "predict_rouge-l", kind: "percent", better: "more" },
  { key: "predict_rouge-1", kind: "percent", better: "more" },
  { key: "predict_rouge-2", kind: "percent", better: "more" },
  { key: "predict_bleu-4", kind: "percent", better: "more" },
  { key: "eval_loss", kind: "loss", better: "less" },
  { key: "eval_perplexity", kind: "loss", better: "less" },
  { key: "perplexity", kind: "loss", better: "less" },
  { key: "eval_accuracy", kind: "share", better: "more" },
  { key: "predict_runtime", kind: "seconds", better: null },
  { key: "eval_runtime", kind: "seconds", better: null },
  { key: "predict_samples_per_second", kind: "rate", better: null },
  { key: "eval_samples_per_second", kind: "rate", better: null },
];

/** The measures that any of the results has. */
export function measuresIn(results: readonly Readonly<Record<string, number>>[]): Measure[] {
  return MEASURES.filter(({ key }) => results.some((each) => key in each));
}

/** Results with perplexity, e to the loss, where the engine leaves that to the reader: the same number, said for people. */
export function withPerplexity(results: Readonly<Record<string, number>>): Record<string, number> {
  const loss = results["eval_loss"];
  const known = "eval_perplexity" in results || "perplexity" in results;
  return known || loss === undefined ? { ...results } : { ...results, eval_perplexity: Math.exp(loss) };
}

/** The key that stands for an evaluation in a list. */
export function mainMeasure(results: Readonly<Record<string, number>>): Measure | null {
  return MEASURES.find(({ key, better }) => better !== null && key in results) ?? null;
}

/** A measure's key without what messages do not take for a name. */
export function measureName(key: string) {
  return key.replace(/^(?:predict|eval)_/, "").replaceAll("-", "_") as
    | "rouge_l"
    | "rouge_1"
    | "rouge_2"
    | "bleu_4"
    | "loss"
    | "perplexity"
    | "accuracy"
    | "runtime"
    | "samples_per_second";
}
