/** How alike predictions and labels are: BLEU-4 and ROUGE in percent, as LLaMA-Factory's ComputeSimilarity. */
import { type SimilarityScore } from "../../contract/evaluation";
import { bleu4 } from "./bleu";
import { rougeScores } from "./rouge";
import type { WordCutter } from "./word-cutter";

export type SimilarityScores = Readonly<Record<SimilarityScore, number>>;

/** Scores of one pair, in percent, rounded to four decimals. */
export function scorePair(prediction: string, label: string, cut: WordCutter): SimilarityScores {
  const rouge = rougeScores(cut(prediction), cut(label));
  const percent = (value: number) => Number((value * 100).toFixed(4));
  return {
    "rouge-1": percent(rouge["rouge-1"]),
    "rouge-2": percent(rouge["rouge-2"]),
    "rouge-l": percent(rouge["rouge-l"]),
    "bleu-4": percent(bleu4(prediction, label)),
  };
}

/** Plain means over all pairs; there is at least one. */
export function meanScores(pairs: readonly SimilarityScores[]): SimilarityScores {
  const mean = (name: keyof SimilarityScores) =>
    pairs.reduce((sum, scores) => sum + scores[name], 0) / pairs.length;
  return {
    "rouge-1": mean("rouge-1"),
    "rouge-2": mean("rouge-2"),
    "rouge-l": mean("rouge-l"),
    "bleu-4": mean("bleu-4"),
  };
}
