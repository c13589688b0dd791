/**
 * `tuneboard score`: compares each prediction of a run folder with its label and writes the scores beside them, so that
 * the worst rows can be found whoever made the predictions. Means are the run's own business.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { PREDICTIONS_FILE, SCORES_FILE } from "../../contract/evaluation";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { scorePair } from "./similarity";
import { loadWordCutter } from "./word-cutter";

/**
 * Writes prediction_scores.jsonl into `folder`: a line of four percentages for each line of generated_predictions.jsonl,
 * `null` for one that is no prediction.
 * @returns the number of lines
 * @throws AppError not_found where the folder holds no predictions
 */
export async function scorePredictions(folder: string): Promise<number> {
  const file = path.join(folder, PREDICTIONS_FILE);
  if (!existsSync(file)) throw new AppError("not_found", `${file}: there are no predictions to score.`);
  const cut = await loadWordCutter();
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const scores = lines.map((line) => {
    const pair = parsePair(line);
    return pair && scorePair(pair.predict, pair.label, cut);
  });
  await replaceTextFile(
    path.join(folder, SCORES_FILE),
    scores.map((score) => `${JSON.stringify(score)}\n`).join(""),
  );
  return lines.length;
}

function parsePair(line: string): { predict: string; label: string } | null {
  try {
    const { predict, label } = JSON.parse(line) as Record<string, unknown>;
    return typeof predict === "string" && typeof label === "string" ? { predict, label } : null;
  } catch {
    return null;
  }
}
