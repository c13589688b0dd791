/**
 * What to change after a run failed: reads the one line that names the cause and proposes changed settings. Knows the
 * argument names, not the pages.
 */
import { isEnded, type RunStatus } from "@/server/contract/run";

export type FailureKind = "memory" | "diverged" | "disk" | "missing" | "data" | "interrupted" | "other";

const PATTERNS: readonly (readonly [RegExp, FailureKind])[] = [
  [/out of memory|failed to allocate|allocation failed|SIGKILL|exit code 137|heap limit/i, "memory"],
  [/not a number|\bNaN\b|diverged|infinite loss/i, "diverged"],
  [/no space left|disk (is )?full|ENOSPC/i, "disk"],
  [/no such file|not found|ENOENT|does not exist|is missing/i, "missing"],
  [/column|dataset|\brow\b|template/i, "data"],
];

/** The kind of failure that a line tells. */
export function failureKind(status: RunStatus, error: string | null): FailureKind {
  const found = PATTERNS.find(([pattern]) => pattern.test(error ?? ""));
  if (found) return found[1];
  return isEnded(status) && status === "interrupted" ? "interrupted" : "other";
}

type AdviceKind = "smallerBatch" | "lora" | "shorterCutoff" | "lowerRate" | "warmup" | "fewerCheckpoints";

export interface Advice {
  kind: AdviceKind;
  /** New values by argument name; undefined removes the argument. */
  set: Readonly<Record<string, unknown>>;
  /** What the words about it need. */
  values: Readonly<Record<string, string | number>>;
}

/** Changes that may mend the failure, the likeliest first; each keeps the rest of the configuration. */
export function adviceFor(kind: FailureKind, config: Readonly<Record<string, unknown>>): Advice[] {
  switch (kind) {
    case "memory":
      return [smallerBatch(config), loraInstead(config), shorterCutoff(config)].filter(
        (advice) => advice !== null,
      );
    case "diverged":
      return [lowerRate(config), warmup(config)].filter((advice) => advice !== null);
    case "disk":
      return [{ kind: "fewerCheckpoints", set: { save_only_model: true, save_total_limit: 1 }, values: {} }];
    case "missing":
    case "data":
    case "interrupted":
    case "other":
      return [];
  }
}

function numberOf(config: Readonly<Record<string, unknown>>, key: string, fallback: number): number {
  const value = Number(config[key] ?? fallback);
  return Number.isFinite(value) ? value : fallback;
}

/** Fewer rows at a time, as many rows per step: the same result with less memory. */
function smallerBatch(config: Readonly<Record<string, unknown>>): Advice | null {
  const batch = numberOf(config, "per_device_train_batch_size", 8);
  const accumulation = numberOf(config, "gradient_accumulation_steps", 1);
  if (batch <= 1) return null;
  const total = batch * accumulation;
  return {
    kind: "smallerBatch",
    set: { per_device_train_batch_size: 1, gradient_accumulation_steps: total },
    values: { batch, accumulation, total },
  };
}

function loraInstead(config: Readonly<Record<string, unknown>>): Advice | null {
  if (config.finetuning_type !== "full") return null;
  return { kind: "lora", set: { finetuning_type: "lora", lora_rank: 8 }, values: { rank: 8 } };
}

function shorterCutoff(config: Readonly<Record<string, unknown>>): Advice | null {
  const cutoff = numberOf(config, "cutoff_len", 2048);
  if (cutoff < 256) return null;
  const shorter = Math.floor(cutoff / 2);
  return { kind: "shorterCutoff", set: { cutoff_len: shorter }, values: { from: cutoff, to: shorter } };
}

function lowerRate(config: Readonly<Record<string, unknown>>): Advice {
  const rate = numberOf(config, "learning_rate", 5e-5);
  const lower = Number((rate / 10).toPrecision(6));
  return {
    kind: "lowerRate",
    set: { learning_rate: lower },
    values: { from: rate.toExponential(1), to: lower.toExponential(1) },
  };
}

function warmup(config: Readonly<Record<string, unknown>>): Advice | null {
  if (numberOf(config, "warmup_steps", 0) > 0 || numberOf(config, "warmup_ratio", 0) > 0) return null;
  return { kind: "warmup", set: { warmup_ratio: 0.1 }, values: {} };
}
