/**
 * dataset_info.json as a file that people edit too: read anew when it changes, changed entry by entry with everything
 * else left as it is written, and mended where it is broken. It does not know data files.
 */
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { applyEdits, modify } from "jsonc-parser";
import { jsonrepair } from "jsonrepair";
import { DATASET_INFO_FILE, datasetInfoSchema } from "@/server/contract/dataset-info";
import type { RegistryText } from "@/server/contract/datasets";
import { AppError } from "@/server/contract/errors";
import { writeWhole } from "@/server/disk/whole-file";
import { listDataset, type ListedDataset } from "./listed-dataset";
import { jsonFault, placeInText } from "./text-place";

export class RegistryFile {
  private known: { version: string; datasets: ListedDataset[] } | null = null;
  /** Changes are made one after another. */
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param folder absolute, of dataset_info.json
   * @param shown how it is called in messages: "data"
   */
  constructor(
    readonly folder: string,
    private readonly shown: string,
  ) {}

  get file(): string {
    return path.join(this.folder, DATASET_INFO_FILE);
  }

  /** Every entry, usable or not. @throws AppError not_found, dataset_malformed with line and column */
  async entries(): Promise<ListedDataset[]> {
    const found = await stat(this.file).catch(() => null);
    if (!found) {
      throw new AppError(
        "not_found",
        `${this.shown}/${DATASET_INFO_FILE} is missing. It lists the datasets of that folder.`,
      );
    }
    const version = `${found.size}:${found.mtimeMs}`;
    if (this.known?.version === version) return this.known.datasets;
    const registry = this.parsed(await readFile(this.file, "utf8"));
    const datasets = Object.entries(registry).map(([name, entry]) => listDataset(name, entry));
    this.known = { version, datasets };
    return datasets;
  }

  /** The file's text, what is wrong with it and what it may be meant to say. */
  async text(): Promise<RegistryText> {
    const text = await this.read();
    const fault = jsonFault(text);
    if (!fault && isRegistry(text)) return { text, problem: null, repaired: null };
    const problem = fault
      ? { message: `not valid JSON: ${fault.words}`, place: placeInText(text, fault.offset) }
      : { message: "it must be one object: a name, then what is known of that dataset", place: null };
    return { text, problem, repaired: repairedText(text) };
  }

  /**
   * Puts another text in the file's place.
   * @returns the text that was there
   * @throws AppError dataset_malformed where the new one is not a registry
   */
  replace(text: string): Promise<string> {
    return this.inTurn(async () => {
      this.parsed(text);
      const before = await this.read();
      await this.write(text);
      return before;
    });
  }

  /**
   * Sets, adds or (with undefined) removes entries; keys and layout of all others stay as they are written.
   * @returns the text that was there before
   * @throws AppError dataset_malformed where the file is broken already
   */
  change(entries: Readonly<Record<string, Record<string, unknown> | undefined>>): Promise<string> {
    return this.inTurn(async () => {
      const before = await this.read();
      this.parsed(before);
      const formattingOptions = { insertSpaces: true, tabSize: indentOf(before), eol: "\n" };
      let text = before;
      for (const [name, entry] of Object.entries(entries))
        text = applyEdits(text, modify(text, [name], entry, { formattingOptions }));
      await this.write(text);
      return before;
    });
  }

  /** Takes back what `replace` or `change` did: the text that they returned. */
  restore(text: string): Promise<void> {
    return this.inTurn(() => this.write(text));
  }

  private async read(): Promise<string> {
    return readFile(this.file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return "{}\n";
      throw error;
    });
  }

  private async write(text: string): Promise<void> {
    await writeWhole(this.file, text);
    this.known = null;
  }

  private parsed(text: string): Record<string, unknown> {
    const where = `${this.shown}/${DATASET_INFO_FILE}`;
    const fault = jsonFault(text);
    if (fault) {
      const { line, column } = placeInText(text, fault.offset);
      throw new AppError(
        "dataset_malformed",
        `${where}, line ${line}, column ${column}: not valid JSON: ${fault.words}.`,
      );
    }
    if (!isRegistry(text)) {
      throw new AppError(
        "dataset_malformed",
        `${where} must be one object: a name, then what is known of that dataset.`,
      );
    }
    return datasetInfoSchema.parse(JSON.parse(text.replace(/^\ufeff/, "")));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

function isRegistry(text: string): boolean {
  return datasetInfoSchema.safeParse(JSON.parse(text.replace(/^\ufeff/, ""))).success;
}

function repairedText(text: string): string | null {
  try {
    const repaired = jsonrepair(text);
    return isRegistry(repaired) ? repaired : null;
  } catch {
    return null;
  }
}

/** Spaces before the first name. */
function indentOf(text: string): number {
  return /^\s*\{\r?\n( +)/.exec(text)?.[1]?.length ?? 2;
}
