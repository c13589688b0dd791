/** Data sets of a few rows in a temporary folder, and a tokenizer and template to encode them with. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { trainConfigSchema, type TrainConfig } from "@/server/contract/train-config";
import { loadRows, nameDatasets, type AlignedRows } from "@/server/trainer/data/load-rows";
import type { LoadOptions } from "@/server/trainer/data/loaded-data";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { getTemplate } from "@/server/trainer/tokenizer/templates/get-template";

const tokenizer = await loadTokenizer(path.join("test", "fixtures", "golden", "tokenizers", "bpe"));

/** A folder with dataset_info.json and the given files (objects as JSON, text as it is). */
export function dataFolder(
  info: Record<string, unknown> | string,
  files: Record<string, unknown> = {},
): string {
  const folder = mkdtempSync(path.join(tmpdir(), "tiny-data-"));
  for (const [name, content] of Object.entries({ "dataset_info.json": info, ...files })) {
    writeFileSync(path.join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
  return folder;
}

/** A configuration that reads from `folder`. */
export function configFor(folder: string, values: Record<string, unknown> = {}): TrainConfig {
  return trainConfigSchema.parse({
    model_name_or_path: "none",
    dataset: "rows",
    dataset_dir: folder,
    ...values,
  });
}

export function loadOptions(templateName = "qwen"): LoadOptions {
  const template = getTemplate(templateName, tokenizer, { today: new Date(2025, 2, 7) });
  return { template, baseDir: process.cwd() };
}

/** The rows that a configuration names, in the standard form. `ranking`: for a stage that needs pairs. */
export async function rowsOf(config: TrainConfig, ranking = false): Promise<AlignedRows> {
  return loadRows(config, await nameDatasets(config, { ranking, baseDir: process.cwd() }));
}
