/**
 * What a loss curve says, as facts for one or two sentences: where the loss went, where validation stands, what is
 * odd. It finds facts only; the words are in `i18n`.
 */
import type { RunCurve } from "@/components/charts/run-curve";
import { boardWeight, smooth } from "@/components/charts/smoothing";

export type CurveFact =
  /** Nothing logged yet. */
  | { kind: "nothing" }
  | { kind: "first"; loss: number }
  | { kind: "fell" | "rose" | "flat"; from: number; to: number }
  /** The loss stopped being a number. */
  | { kind: "broken"; step: number }
  /** One step far above its neighbours, after the first steep fall. */
  | { kind: "spike"; step: number; loss: number }
  /** The training loss has hardly moved since a step, though it fell before. */
  | { kind: "plateau"; step: number }
  | { kind: "validationFirst"; loss: number; step: number }
  /** The last validation is the best so far. */
  | { kind: "validationBest"; loss: number; step: number; improving: boolean }
  /** It does not move any more: the last one is as good as the best. */
  | { kind: "validationSettled"; loss: number; bestStep: number }
  /** Validation was better before: the run starts to learn its rows by heart. */
  | { kind: "validationPast"; best: number; bestStep: number; last: number; overfits: boolean };

/** A change of less than this share counts as flat. */
const FLAT_SHARE = 0.03;
/** Validations that differ by less than this share count as equal. */
const SETTLED_SHARE = 0.005;
/** A loss this many times the smoothed one is a spike. */
const SPIKE_FACTOR = 2;
/** Validations after the best one before "learned by heart" is said. */
const OVERFIT_AFTER = 2;

/** The facts of a curve, at most three, most important first. */
export function curveFacts(curve: RunCurve): CurveFact[] {
  const losses = curve.rows.filter((row) => row.loss !== null);
  const facts: CurveFact[] = [];
  if (curve.brokenAt !== null) facts.push({ kind: "broken", step: curve.brokenAt });
  if (losses.length === 0) return facts.length > 0 ? facts : [{ kind: "nothing" }];
  const values = losses.map((row) => row.loss!);
  const smoothed = smooth(values, boardWeight(values.length));
  if (curve.brokenAt === null) facts.push(lossFact(values, smoothed));
  const validation = validationFact(curve);
  if (validation) facts.push(validation);
  const flatSince = curve.brokenAt === null ? plateauStart(smoothed) : null;
  if (flatSince !== null && !validation) facts.push({ kind: "plateau", step: losses[flatSince]!.step });
  const spike = lateSpike(values, smoothed);
  if (spike !== null) facts.push({ kind: "spike", step: losses[spike]!.step, loss: values[spike]! });
  return facts;
}

function lossFact(values: readonly number[], smoothed: readonly number[]): CurveFact {
  const from = values[0]!;
  const to = smoothed.at(-1)!;
  if (values.length === 1) return { kind: "first", loss: from };
  if (Math.abs(to - from) <= FLAT_SHARE * Math.abs(from)) return { kind: "flat", from, to };
  return { kind: to < from ? "fell" : "rose", from, to };
}

function validationFact(curve: RunCurve): CurveFact | null {
  const checks = curve.rows
    .filter((row) => row.evalLoss !== null)
    .map((row) => ({ step: row.step, loss: row.evalLoss! }));
  const last = checks.at(-1);
  if (!last) return null;
  if (checks.length === 1) return { kind: "validationFirst", ...last };
  const best = checks.reduce((a, b) => (b.loss <= a.loss ? b : a));
  if (best === last) {
    const before = checks.at(-2)!.loss;
    return {
      kind: "validationBest",
      ...last,
      improving: before - last.loss > SETTLED_SHARE * Math.abs(before),
    };
  }
  if (last.loss - best.loss < SETTLED_SHARE * Math.abs(best.loss)) {
    return { kind: "validationSettled", loss: last.loss, bestStep: best.step };
  }
  const since = checks.filter((check) => check.step > best.step).length;
  const clearlyWorse = last.loss - best.loss > FLAT_SHARE * Math.abs(best.loss);
  return {
    kind: "validationPast",
    best: best.loss,
    bestStep: best.step,
    last: last.loss,
    overfits: since >= OVERFIT_AFTER && clearlyWorse,
  };
}

/** A plateau is at least this share of the curve, and of at least this many points. */
const PLATEAU_SHARE = 0.3;
const PLATEAU_POINTS = 20;
/** What a plateau may still move, as a share of all that the loss fell. */
const PLATEAU_MOVES = 0.02;

/** Where the smoothed loss stopped to move for good, as an index; null where it still moves or never fell. */
function plateauStart(smoothed: readonly number[]): number | null {
  const last = smoothed.at(-1);
  if (last === undefined || smoothed.length < 2 * PLATEAU_POINTS) return null;
  const fell = Math.max(...smoothed.slice(0, PLATEAU_POINTS)) - last;
  if (fell < FLAT_SHARE * Math.abs(last)) return null;
  let start = smoothed.length - 1;
  while (start > 0 && Math.abs(smoothed[start - 1]! - last) <= PLATEAU_MOVES * fell) start -= 1;
  const points = smoothed.length - start;
  return points >= PLATEAU_POINTS && points >= PLATEAU_SHARE * smoothed.length ? start : null;
}

/** The highest spike after the first tenth of a curve that has at least 20 points; its index. */
function lateSpike(values: readonly number[], smoothed: readonly number[]): number | null {
  if (values.length < 20) return null;
  let found: number | null = null;
  for (let index = Math.max(5, Math.floor(values.length / 10)); index < values.length; index += 1) {
    const usual = smoothed[index - 1]!;
    if (values[index]! > usual * SPIKE_FACTOR && (found === null || values[index]! > values[found]!))
      found = index;
  }
  return found;
}
