/**
 * trainer_state.json as metric points: the curve of a folder that has no trainer_log.jsonl (any Hugging Face trainer
 * writes the state), and what LLaMA-Factory notes only there (gradient norm, rewards, KL). It knows no runs.
 */
import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import type { MetricPoint } from "@/server/contract/run";
import { parsePythonJson } from "./python-json";

const stateSchema = z.object({
  max_steps: z.number().catch(0),
  global_step: z.number().catch(0),
  log_history: z.array(z.record(z.string(), z.unknown())),
});

/** A longer history than this is not worth the seconds that it takes to read. */
const LARGEST_STATE_BYTES = 32e6;
/** Names that trainer_log.jsonl has in other words, or that tell nothing about a step. */
const RENAMED = [
  "step",
  "learning_rate",
  "num_input_tokens_seen",
  "train_runtime",
  "train_tokens_per_second",
];

/** The points of a state file in its order, the closing summary last; none where it cannot be read. */
export function readStatePoints(file: string): MetricPoint[] {
  let value: unknown;
  try {
    if (statSync(file).size > LARGEST_STATE_BYTES) return [];
    value = parsePythonJson(readFileSync(file, "utf8"));
  } catch {
    return [];
  }
  const state = stateSchema.safeParse(value);
  if (!state.success) return [];
  const { log_history: history, max_steps: planned, global_step: reached } = state.data;
  const total = Math.max(planned, reached);
  return history.flatMap((entry) => {
    const step = numberOf(entry.step);
    if (step === undefined) return [];
    const rest = Object.entries(entry).filter(
      ([name, value]) => typeof value === "number" && !RENAMED.includes(name),
    );
    return {
      ...Object.fromEntries(rest),
      // A loss that was no number stays in sight as a line without one.
      ...("loss" in entry && { loss: numberOf(entry.loss) ?? null }),
      current_steps: step,
      total_steps: total,
      ...optional("lr", numberOf(entry.learning_rate)),
      ...optional("total_tokens", numberOf(entry.num_input_tokens_seen)),
      ...optional("elapsed_time", elapsedText(numberOf(entry.train_runtime))),
    };
  });
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function optional<T>(name: string, value: T | undefined): Record<string, T> {
  return value === undefined ? {} : { [name]: value };
}

/** Python's timedelta of whole seconds. */
function elapsedText(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const whole = Math.floor(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  const days = Math.floor(whole / 86_400);
  const clock = `${Math.floor((whole % 86_400) / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  return days === 0 ? clock : `${days} day${days === 1 ? "" : "s"}, ${clock}`;
}
