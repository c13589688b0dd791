/**
 * Kinds of rows that a file may hold: which columns each asks for, and how kind and columns are told from the first rows.
 * What a file then becomes is `dataset-plan.ts`. Pure.
 */
import { z } from "zod";
import { asFlag, isObject, rowsOf } from "./raw-row";

export const presetSchema = z.enum([
  "alpaca",
  "sharegpt",
  "openai",
  "preference",
  "kto",
  "text",
  "qa",
  "reasoning",
]);
export type Preset = z.infer<typeof presetSchema>;

/** Meaning → column. */
export const mappingSchema = z.record(z.string(), z.string());
export type Mapping = z.infer<typeof mappingSchema>;

export interface Meaning {
  readonly id: string;
  readonly required: boolean;
  /** Column names that are taken for it, lower case; the first that is there wins. */
  readonly names: readonly string[];
}

const INSTRUCTION = ["instruction", "prompt", "question", "query", "input", "user"];
const ANSWER = ["output", "response", "answer", "completion", "target", "label", "reply", "assistant"];
const SYSTEM = ["system", "system_prompt"];

/** What each preset asks for, in the order of the form. */
export const PRESET_MEANINGS: Readonly<Record<Preset, readonly Meaning[]>> = {
  alpaca: [
    { id: "prompt", required: true, names: INSTRUCTION },
    { id: "query", required: false, names: ["input", "context"] },
    { id: "response", required: true, names: ANSWER },
    { id: "system", required: false, names: SYSTEM },
    { id: "history", required: false, names: ["history"] },
  ],
  sharegpt: [
    { id: "messages", required: true, names: ["conversations", "conversation", "messages"] },
    { id: "system", required: false, names: SYSTEM },
    { id: "tools", required: false, names: ["tools"] },
  ],
  openai: [
    { id: "messages", required: true, names: ["messages", "conversations", "conversation"] },
    { id: "tools", required: false, names: ["tools"] },
  ],
  preference: [
    { id: "prompt", required: false, names: [...INSTRUCTION, "conversations", "messages"] },
    { id: "query", required: false, names: ["input"] },
    { id: "chosen", required: true, names: ["chosen", "preferred", "better", "accepted", "response_chosen"] },
    { id: "rejected", required: true, names: ["rejected", "dispreferred", "worse", "response_rejected"] },
    { id: "system", required: false, names: SYSTEM },
  ],
  kto: [
    { id: "prompt", required: true, names: [...INSTRUCTION, "messages", "conversations"] },
    { id: "response", required: false, names: ANSWER.filter((name) => name !== "label") },
    { id: "kto_tag", required: true, names: ["kto_tag", "label", "liked", "good", "desirable", "thumbs_up"] },
    { id: "system", required: false, names: SYSTEM },
  ],
  text: [{ id: "prompt", required: true, names: ["text", "content", "document", "body"] }],
  qa: [
    {
      id: "prompt",
      required: true,
      names: ["question", "q", "prompt", "query", "instruction", "input", "title"],
    },
    { id: "response", required: true, names: ["answer", "a", "response", "output", "reply", "completion"] },
    { id: "system", required: false, names: SYSTEM },
  ],
  reasoning: [
    { id: "question", required: true, names: ["question", "problem", "prompt", "instruction"] },
    {
      id: "thought",
      required: true,
      names: ["complex_cot", "cot", "chain_of_thought", "reasoning", "thinking", "thought", "rationale"],
    },
    { id: "response", required: true, names: ["response", "answer", "output", "solution"] },
    { id: "system", required: false, names: SYSTEM },
  ],
};

export const PRESETS = presetSchema.options;

/** The system prompt that reasoning rows get unless another is written. */
export const REASONING_SYSTEM =
  "Work through the question step by step inside <think> and </think>, then give the answer.";

/** The kind of rows that these look like, and which column means what. */
export function guessPreset(
  sample: readonly unknown[],
  fileKind: string,
): { preset: Preset; mapping: Mapping } {
  const preset = likeliestPreset(sample, fileKind);
  return { preset, mapping: guessMapping(preset, columnsOf(sample)) };
}

function likeliestPreset(sample: readonly unknown[], fileKind: string): Preset {
  if (fileKind === ".txt") return "text";
  const columns = columnsOf(sample).map((column) => column.toLowerCase());
  const first = rowsOf(sample)[0] ?? {};
  const has = (preset: Preset, id: string) => {
    const { names } = PRESET_MEANINGS[preset].find((meaning) => meaning.id === id)!;
    return names.some((name) => columns.includes(name));
  };
  if (has("preference", "chosen") && has("preference", "rejected")) return "preference";
  if (has("reasoning", "thought") && has("reasoning", "question") && has("reasoning", "response"))
    return "reasoning";
  const flag = columnFor("kto", "kto_tag", columnsOf(sample));
  if (flag !== undefined && asFlag(first[flag]) !== null && has("kto", "prompt")) return "kto";
  const messages = columnFor("sharegpt", "messages", columnsOf(sample));
  if (messages !== undefined && Array.isArray(first[messages])) {
    const message = (first[messages] as unknown[])[0];
    return isObject(message) && "role" in message && "content" in message ? "openai" : "sharegpt";
  }
  if (columns.includes("instruction") || columns.includes("output")) return "alpaca";
  if (has("qa", "prompt") && has("qa", "response")) return fileKind === ".csv" ? "qa" : "alpaca";
  if (has("text", "prompt") && columns.length <= 4) return "text";
  if (fileKind === ".csv" && columns.length >= 2) return "qa";
  return columns.length === 1 ? "text" : "alpaca";
}

/** The columns that a preset's meanings have, by name; what is required and not found takes a column that is left. */
export function guessMapping(preset: Preset, columns: readonly string[]): Mapping {
  const mapping: Record<string, string> = {};
  const taken = () => Object.values(mapping);
  for (const { id } of PRESET_MEANINGS[preset]) {
    const column = columnFor(
      preset,
      id,
      columns.filter((each) => !taken().includes(each)),
    );
    if (column !== undefined) mapping[id] = column;
  }
  for (const { id, required } of PRESET_MEANINGS[preset]) {
    const left = columns.find((column) => !taken().includes(column));
    if (required && mapping[id] === undefined && left !== undefined) mapping[id] = left;
  }
  return mapping;
}

function columnFor(preset: Preset, id: string, columns: readonly string[]): string | undefined {
  const { names } = PRESET_MEANINGS[preset].find((meaning) => meaning.id === id)!;
  for (const name of names) {
    const column = columns.find((each) => each.trim().toLowerCase() === name);
    if (column !== undefined) return column;
  }
  return undefined;
}

/** Every column of the rows, in the order in which they appear. */
export function columnsOf(sample: readonly unknown[]): string[] {
  return [...new Set(rowsOf(sample).flatMap((row) => Object.keys(row)))];
}

/** The first meaning that must have a column and has none; null where the mapping is whole. */
export function missingMeaning(preset: Preset, mapping: Mapping): string | null {
  const missing = PRESET_MEANINGS[preset].find(({ id, required }) => required && !mapping[id]);
  return missing?.id ?? null;
}
