/** The scores of prediction against jieba, nltk and rouge-chinese, and compute_accuracy, case by case. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { SIMILARITY_SCORES } from "@/server/contract/evaluation";
import { meanScores, scorePair } from "@/server/trainer/predict/similarity";
import { loadWordCutter, type WordCutter } from "@/server/trainer/predict/word-cutter";
import { rowAccuracy } from "@/server/trainer/stages/token-accuracy";
import { goldenRoot } from "./golden-root";

interface SimilarityFile {
  overall: Record<string, number>;
  pairs: {
    prediction: string;
    label: string;
    prediction_words: string[];
    label_words: string[];
    scores: Record<string, number>;
  }[];
}

const file = path.join(goldenRoot, "eval", "similarity.json");

describe.runIf(existsSync(file))("similarity", () => {
  const { pairs, overall } = JSON.parse(readFileSync(file, "utf8")) as SimilarityFile;
  let cut: WordCutter;
  beforeAll(async () => {
    cut = await loadWordCutter();
  });

  for (const [i, pair] of pairs.entries()) {
    it(`pair ${i + 1} has jieba's words and the same scores`, () => {
      expect(cut(pair.prediction)).toEqual(pair.prediction_words);
      expect(cut(pair.label)).toEqual(pair.label_words);
      const scores = scorePair(pair.prediction, pair.label, cut);
      for (const name of SIMILARITY_SCORES) expect(scores[name], name).toBeCloseTo(pair.scores[name]!, 4);
    });
  }

  it("the means over all pairs are the same", () => {
    const means = meanScores(pairs.map(({ prediction, label }) => scorePair(prediction, label, cut)));
    for (const name of SIMILARITY_SCORES) expect(means[name], name).toBeCloseTo(overall[name]!, 4);
  });
});

const accuracyFile = path.join(goldenRoot, "eval", "accuracy.json");

describe.runIf(existsSync(accuracyFile))("accuracy", () => {
  it("is the mean over rows of each row's share of labels that were predicted", () => {
    const { predictions, labels, accuracy } = JSON.parse(readFileSync(accuracyFile, "utf8")) as {
      predictions: number[][];
      labels: number[][];
      accuracy: number;
    };
    // The prediction at a position is for the next one's label.
    const hits = labels.map((row, i) =>
      row.slice(1).flatMap((label, t) => (label === -100 ? [] : [predictions[i]![t] === label])),
    );
    const { sum, count } = rowAccuracy(
      hits.map(({ length }) => length),
      hits.flat(),
    );
    expect(sum / count).toBeCloseTo(accuracy, 6);
  });
});
