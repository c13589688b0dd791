/**
 * Which way to train, and why: from the model's size, the rows, the memory there is and what it is for. Rules of thumb,
 * each of which can be said in one sentence; the words are the interface's.
 */
import type { TrainingWay, WayId } from "./training-ways";

/** What the training is for. */
export const GOALS = ["style", "knowledge", "language"] as const;
/** A tone, a format, an identity; facts of a field; a language or a kind of text that the model hardly knows. */
export type Goal = (typeof GOALS)[number];

export const REASONS = [
  "few_rows",
  "style_needs_little",
  "knowledge_wants_weights",
  "language_wants_weights",
  "many_rows",
  "full_too_large",
  "lora_too_large",
  "needs_sharding",
  "needs_offload",
  "freeze_is_between",
  "more_than_needed",
  "much_slower",
  "does_not_fit",
  "host_too_small",
  "fits_with_room",
  "fits",
] as const;
export type Reason = (typeof REASONS)[number];

export interface AdvisedWay {
  way: TrainingWay;
  /** "best": taken by one click; "no": does not fit. */
  verdict: "best" | "possible" | "no";
  /** The one that matters most. */
  reason: Reason;
}

export interface MethodAdvice {
  /** null where nothing fits. */
  best: TrainingWay | null;
  /** Why that one, the weightiest first. */
  reasons: Reason[];
  /** All of them, in their order. */
  ways: AdvisedWay[];
  /** Fewer rows that would show in minutes whether it works; null where the run is short or small already. */
  sample: { rows: number; seconds: number } | null;
}

export interface AdviceQuestion {
  ways: readonly TrainingWay[];
  /** Rows to train on; null where the data is not known. */
  rows: number | null;
  goal: Goal;
}

/** With fewer rows than this, moving all weights learns them by heart. */
const FEW_ROWS = 1_000;
/** From here on an adapter of usual rank may be too small to hold what is in them. */
const MANY_ROWS = 20_000;
/** A first try that takes longer than this is better made on a sample. */
const LONG_SECONDS = 30 * 60;
const SAMPLE_ROWS = 1_000;

/** Adapters first where little is to be learned, weights first where much is. */
const PREFERENCE: Record<"little" | "much", readonly WayId[]> = {
  little: ["lora", "lora8", "qlora", "freeze", "full", "zero3", "zero3_offload"],
  much: ["full", "zero3", "zero3_offload", "freeze", "lora", "lora8", "qlora"],
};

/** The advice for a question. It asks for no way that does not fit. */
export function adviseMethod({ ways, rows, goal }: AdviceQuestion): MethodAdvice {
  const learns = howMuch(rows, goal);
  const ordered = PREFERENCE[learns].flatMap((id) => ways.filter((way) => way.id === id));
  const best = ordered.find(canRun) ?? null;
  return {
    best,
    reasons: best ? reasonsFor(best, { ways, rows, goal }) : [],
    ways: ways.map((way) => ({ way, ...verdictOf(way, best, learns) })),
    sample: best && sampleOf(best, rows),
  };
}

function howMuch(rows: number | null, goal: Goal): "little" | "much" {
  if (rows !== null && rows < FEW_ROWS) return "little";
  if (goal === "style") return "little";
  return rows !== null && (goal === "language" || rows >= MANY_ROWS) ? "much" : "little";
}

function canRun(way: TrainingWay): boolean {
  return way.memory.fits !== "no" && way.host_fits;
}

function reasonsFor(best: TrainingWay, { ways, rows, goal }: AdviceQuestion): Reason[] {
  const blocked = (id: WayId) => ways.some((way) => way.id === id && !canRun(way));
  const isAdapter = ["lora", "lora8", "qlora"].includes(best.id);
  const reasons: Reason[] = [];
  if (rows !== null && rows < FEW_ROWS) reasons.push("few_rows");
  else if (goal === "style") reasons.push("style_needs_little");
  else if (!isAdapter)
    reasons.push(goal === "language" ? "language_wants_weights" : "knowledge_wants_weights");
  if (rows !== null && rows >= MANY_ROWS && !isAdapter) reasons.push("many_rows");
  if (best.id === "lora8" || best.id === "qlora") reasons.push("lora_too_large");
  else if (best.id === "zero3") reasons.push("needs_sharding");
  else if (best.id === "zero3_offload") reasons.push("needs_offload");
  else if (best.id === "freeze") reasons.push("freeze_is_between");
  else if (isAdapter && blocked("full")) reasons.push("full_too_large");
  if (best.memory.fits !== null) reasons.push(best.memory.fits === "room" ? "fits_with_room" : "fits");
  return reasons;
}

function verdictOf(
  way: TrainingWay,
  best: TrainingWay | null,
  learns: "little" | "much",
): Pick<AdvisedWay, "verdict" | "reason"> {
  if (!way.host_fits) return { verdict: "no", reason: "host_too_small" };
  if (way.memory.fits === "no") return { verdict: "no", reason: "does_not_fit" };
  const fits: Reason = way.memory.fits === "room" ? "fits_with_room" : "fits";
  if (way === best) return { verdict: "best", reason: fits };
  if (way.seconds !== null && best?.seconds != null && way.seconds > 2 * best.seconds)
    return { verdict: "possible", reason: "much_slower" };
  const isWhole = ["full", "zero3", "zero3_offload"].includes(way.id);
  return { verdict: "possible", reason: learns === "little" && isWhole ? "more_than_needed" : fits };
}

function sampleOf(best: TrainingWay, rows: number | null): MethodAdvice["sample"] {
  if (rows === null || rows <= SAMPLE_ROWS || best.seconds === null || best.seconds <= LONG_SECONDS)
    return null;
  return { rows: SAMPLE_ROWS, seconds: (best.seconds * SAMPLE_ROWS) / rows };
}
