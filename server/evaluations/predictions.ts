/**
 * The rows of an evaluation's folder, sorted and cut into pages, and its measured numbers. Scoring is another program's
 * work: it is asked for once, when the rows are first wanted, and leaves its file beside them.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import {
  PREDICTIONS_FILE,
  predictionSchema,
  SCORES_FILE,
  similaritySchema,
  type Prediction,
  type PredictionOrder,
  type Predictions,
} from "@/server/contract/evaluation";

export interface PageWish {
  offset: number;
  limit: number;
  order: PredictionOrder;
  descending: boolean;
  /** Only these, in this order, whatever else is wished: to lay another evaluation's answers beside. */
  rows?: readonly number[];
}

/** Writes SCORES_FILE into a folder. */
export type Scorer = (folder: string) => Promise<void>;

interface Kept {
  /** Sizes and times of the files that the rows came from. */
  signature: string;
  rows: Prediction[];
}

/** Evaluations of which the rows stay in memory. */
const MOST_KEPT = 4;

export class PredictionFiles {
  private readonly kept = new Map<string, Kept>();
  private readonly scoring = new Map<string, Promise<void>>();

  constructor(private readonly score: Scorer) {}

  /** One page of a folder's predictions; none where it has no such file. */
  async page(folder: string, wish: PageWish): Promise<Predictions> {
    const { offset, limit, order, descending } = wish;
    const rows = await this.rows(folder);
    if (wish.rows) {
      const byRow = new Map(rows.map((row) => [row.row, row]));
      return { items: wish.rows.flatMap((row) => byRow.get(row) ?? []), total: rows.length };
    }
    const sorted = order === "row" ? rows : [...rows].sort((a, b) => scoreOf(a, order) - scoreOf(b, order));
    const items = (descending ? [...sorted].reverse() : sorted).slice(offset, offset + limit);
    return { items, total: rows.length };
  }

  private async rows(folder: string): Promise<Prediction[]> {
    const predictions = path.join(folder, PREDICTIONS_FILE);
    const scores = path.join(folder, SCORES_FILE);
    const written = await stat(predictions).catch(() => null);
    if (!written) return [];
    const scored = await stat(scores).catch(() => null);
    // Scores that are older than a line of the predictions miss that line.
    if (!scored || scored.mtimeMs < written.mtimeMs) await this.scoreOnce(folder);
    const signature = `${written.size} ${written.mtimeMs}`;
    const known = this.kept.get(folder);
    if (known?.signature === signature) return known.rows;
    const rows = joinRows(await readFile(predictions, "utf8"), await readFile(scores, "utf8"));
    this.kept.delete(folder);
    this.kept.set(folder, { signature, rows });
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    return rows;
  }

  /** Two viewers that come at once share one scoring. */
  private scoreOnce(folder: string): Promise<void> {
    const running = this.scoring.get(folder);
    if (running) return running;
    const started = this.score(folder).finally(() => this.scoring.delete(folder));
    this.scoring.set(folder, started);
    return started;
  }
}

/** A row without scores counts as the worst. */
function scoreOf(row: Prediction, order: Exclude<PredictionOrder, "row">): number {
  return row.scores?.[order] ?? -1;
}

function joinRows(predictions: string, scores: string): Prediction[] {
  const scoreLines = scores.split("\n");
  return predictions
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line, row) => {
      const parsed = predictionSchema.omit({ row: true, scores: true }).safeParse(parseJson(line));
      if (!parsed.success) return [];
      const score = similaritySchema.safeParse(parseJson(scoreLines[row] ?? "null"));
      return [{ row, ...parsed.data, scores: score.success ? score.data : null }];
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The numbers of all_results.json and its parts; none where nothing has been measured yet. */
export async function measuredResults(folder: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of ["all_results.json", "eval_results.json", "predict_results.json"]) {
    const text = await readFile(path.join(folder, name), "utf8").catch(() => "{}");
    for (const [key, value] of Object.entries((parseJson(text) ?? {}) as Record<string, unknown>))
      if (typeof value === "number") found[key] = value;
  }
  return found;
}
