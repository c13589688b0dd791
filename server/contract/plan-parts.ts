/** What every plan for a file of rows is made of: its type, the columns it can do without naming, entries, system prompts. */
import type { DatasetEntry } from "./dataset-info";
import type { Mapping, Preset } from "./dataset-presets";
import { textOf, type Row } from "./raw-row";

/** What a file of these rows becomes. */
export interface Plan {
  /** null: the file is used as it is. */
  readonly convert: ((row: Row) => Converted) | null;
  /** The entry of dataset_info.json for a file of this name. */
  readonly entry: (fileName: string) => DatasetEntry;
}

/** A row as it will be written, or why it is left out. */
export type Converted = { readonly row: Record<string, unknown> } | { readonly skip: string };

export interface PlanRequest {
  readonly preset: Preset;
  readonly mapping: Mapping;
  /** For every row that has none of its own; "" for none. */
  readonly system: string;
  /** ".csv" and so on. */
  readonly fileKind: string;
  /** The first rows, which tell the shape of messages and answers. */
  readonly sample: readonly unknown[];
}

/** Whether rows must be rewritten whatever they are: out of a table, or with a system prompt put into each. */
export const mustConvert = ({ fileKind, system }: PlanRequest) => fileKind === ".csv" || system.trim() !== "";

/** Columns that an entry need not name. */
export const ALPACA_COLUMNS = { prompt: "instruction", query: "input", response: "output" };
export const SHAREGPT_COLUMNS = { messages: "conversations" };

/** An entry that says no more than where the rows are. */
export function base(fileName: string): DatasetEntry {
  return { file_name: fileName, formatting: "alpaca", ranking: false };
}

/** Two columns named alike mean that the entry need not name them. */
export function sameColumns(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}

/** The meanings that have a column. */
export function named(mapping: Mapping): Record<string, string> {
  return Object.fromEntries(Object.entries(mapping).filter(([, column]) => column !== ""));
}

/** The row's own system prompt, else the one for all; nothing where the dataset has none. */
export function systemOf(row: Row, mapping: Mapping, system: string): Record<string, string> {
  if (!mapping["system"] && system.trim() === "") return {};
  const own = textOf(row[mapping["system"] ?? ""]);
  return { system: own.trim() === "" ? system.trim() : own };
}

/** Why a row is left out whose column for a meaning is empty. */
export function emptyColumn(mapping: Mapping, id: string): string {
  return mapping[id] ? `"${mapping[id]}" is empty` : `no column is its ${id}`;
}
