/**
 * A row in the standard form that all formats are brought into, as LLaMA-Factory's converters do: the conversation up
 * to the last user message, and one answer (two for preference data).
 */
import type { Message } from "../tokenizer/templates/template";

export interface AlignedExample {
  /** Empty where the row was broken and has to be dropped. */
  readonly prompt: readonly Message[];
  readonly response: readonly Message[];
  readonly system: string | null;
  readonly tools: string | null;
  /** Why the row is to be dropped; null where it is sound. */
  readonly broken: string | null;
  readonly row: RowPlace;
}

/** Where a row stands, for messages. */
export interface RowPlace {
  readonly dataset: string;
  readonly file: string;
  /** Counted from 1: the row of a .json file or a table, the line of a .jsonl or .txt file. */
  readonly number: number;
}

/** `data set "identity" (data/identity.json, row 12)`. */
export function describeRow({ dataset, file, number }: RowPlace): string {
  return `data set "${dataset}" (${file}, ${/\.(jsonl|txt)$/.test(file) ? "line" : "row"} ${number})`;
}
