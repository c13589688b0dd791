/**
 * Reads a row's columns by their meaning, with errors that name the file, the row, the column and what is there.
 */
import { AppError } from "@/server/contract/errors";
import type { DatasetColumns } from "@/server/contract/dataset-info";
import { dumpJson, fromPlain } from "../tokenizer/templates/python-json";
import { describeRow } from "./aligned-example";
import type { Dataset } from "./dataset-registry";
import type { DatasetRow } from "./dataset-rows";

type Meaning = keyof DatasetColumns;

export class RowColumns {
  constructor(
    private readonly dataset: Dataset,
    readonly row: DatasetRow,
  ) {}

  /** Whether the data set maps this meaning to a column. */
  has(meaning: Meaning): boolean {
    return this.dataset.columns[meaning] !== null;
  }

  /** The value; undefined where the data set has no such column. @throws AppError where the row lacks it. */
  required(meaning: Meaning): unknown {
    const column = this.dataset.columns[meaning];
    if (column === null) return undefined;
    if (Object.hasOwn(this.row.value, column)) return this.row.value[column];
    const present = Object.keys(this.row.value).join(", ");
    throw new AppError(
      "dataset_malformed",
      `${describeRow(this.row.place)} has no column "${column}", which is its ${meaning}. Columns present: ` +
        `${present || "none"}. Add it, or name the right one under "columns" in ${this.dataset.registryFile}.`,
    );
  }

  /** The value; undefined where the row or the data set lacks it. */
  optional(meaning: Meaning): unknown {
    const column = this.dataset.columns[meaning];
    return column === null ? undefined : this.row.value[column];
  }

  /** A text, or null where it is missing or null. @throws AppError where it is something else */
  text(meaning: Meaning, options: { required: boolean }): string | null {
    const value = options.required ? this.required(meaning) : this.optional(meaning);
    if (value === undefined || value === null) return null;
    if (typeof value === "string") return value;
    throw this.wrong(`column "${this.dataset.columns[meaning]}" is ${shown(value)}, text is needed`);
  }

  /** Tools as JSON text, whether written as text or as a list. */
  tools(): string | null {
    const value = this.optional("tools");
    if (value === undefined || value === null) return null;
    return typeof value === "string" ? value : dumpJson(fromPlain(value));
  }

  /** @throws AppError unsupported where the row holds images, videos or sounds: only text is trained on. */
  checkTextOnly(): void {
    for (const meaning of ["images", "videos", "audios"] as const) {
      const value = this.optional(meaning);
      const empty =
        value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
      if (empty) continue;
      throw this.multimodal(`it holds ${meaning}`);
    }
  }

  /** What is told of a row that is more than text. */
  multimodal(what: string): AppError {
    return new AppError(
      "unsupported",
      `${describeRow(this.row.place)}: ${what}, and Tuneboard trains on text only. Use a text data set, or the LLaMA-Factory engine.`,
    );
  }

  wrong(what: string): AppError {
    return new AppError("dataset_malformed", `${describeRow(this.row.place)}: ${what}.`);
  }
}

/** A value as it may stand in a message. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
