/**
 * A sweep: one configuration tried with every combination of one or two arguments' values. Pure: the dialog counts with
 * it and the server makes the runs with it.
 */
import { z } from "zod";
import { argumentSpec } from "./argument-table";
import { createRunSchema } from "./api";
import { folderNameFrom } from "./plain-name";

/** More runs than this in one grid are hardly ever meant. */
export const MAX_SWEEP_RUNS = 64;

export const sweepAxisSchema = z.object({
  /** A numeric argument of LLaMA-Factory. */
  argument: z
    .string()
    .refine(isNumericArgument, { error: (issue) => `${String(issue.input)} is not a number to sweep over.` }),
  values: z.array(z.number()).min(1, "A sweep needs values.").max(MAX_SWEEP_RUNS),
});
export type SweepAxis = z.infer<typeof sweepAxisSchema>;

export const createSweepSchema = createRunSchema.extend({
  axes: z.array(sweepAxisSchema).min(1, "A sweep needs an argument.").max(2, "At most two arguments."),
});
export type CreateSweep = z.infer<typeof createSweepSchema>;

/** Whether an argument holds a number, so that a sweep can go over it. */
export function isNumericArgument(name: string): boolean {
  const type = argumentSpec(name)?.type;
  return type === "int" || type === "float";
}

/** Every combination of the axes' values, the last axis fastest. */
export function sweepGrid(axes: readonly SweepAxis[]): Record<string, number>[] {
  return axes.reduce<Record<string, number>[]>(
    (grid, { argument, values }) =>
      grid.flatMap((point) => [...new Set(values)].map((value) => ({ ...point, [argument]: value }))),
    [{}],
  );
}

/** What a run of a sweep is called: the sweep's name and its values, in letters that a folder name may have. */
export function sweepRunName(name: string, values: Readonly<Record<string, number>>): string {
  const parts = Object.entries(values).map(
    ([argument, value]) => `${shortName(argument)}${valueName(value)}`,
  );
  return folderNameFrom([name, ...parts].join("-")).slice(0, 100);
}

/** "learning_rate" → "lr", "lora_rank" → "rank": the words that people use, else the initials. */
function shortName(argument: string): string {
  const known: Record<string, string> = {
    learning_rate: "lr",
    lora_rank: "rank",
    lora_alpha: "alpha",
    num_train_epochs: "epochs",
    per_device_train_batch_size: "batch",
    gradient_accumulation_steps: "accum",
    cutoff_len: "cutoff",
  };
  return known[argument] ?? argument;
}

function valueName(value: number): string {
  const small = value !== 0 && Math.abs(value) < 1e-3;
  return small ? value.toExponential() : String(value);
}

/**
 * Values as a person writes them: "1e-4, 2e-4", or a range: "1e-5 .. 1e-3 x 5" (evenly), "… log" (evenly by factor).
 * @returns the numbers, or what is wrong in words
 */
export function parseSweepValues(
  text: string,
  isWhole: boolean,
): number[] | { problem: "empty" | "number" | "range" } {
  const range = /^\s*(\S+)\s*(?:\.\.|…)\s*(\S+?)\s*[x×*]\s*(\d+)\s*(log)?\s*$/i.exec(text);
  if (range) {
    const [from, to, count] = [Number(range[1]), Number(range[2]), Number(range[3])];
    const log = range[4] !== undefined;
    if (
      ![from, to].every(Number.isFinite) ||
      count < 2 ||
      count > MAX_SWEEP_RUNS ||
      (log && (from <= 0 || to <= 0))
    )
      return { problem: "range" };
    const at = (share: number) => (log ? from * (to / from) ** share : from + (to - from) * share);
    const values = Array.from({ length: count }, (_, i) => tidy(at(i / (count - 1)), isWhole));
    return [...new Set(values)];
  }
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  if (parts.length === 0) return { problem: "empty" };
  const values = parts.map(Number);
  if (!values.every(Number.isFinite) || (isWhole && !values.every(Number.isInteger)))
    return { problem: "number" };
  return [...new Set(values)];
}

/** Six digits are enough to type and to read. */
function tidy(value: number, isWhole: boolean): number {
  return isWhole ? Math.round(value) : Number(value.toPrecision(6));
}
