/**
 * The datasets that ship with the console, and the dataset_info.json that registers them. The files under
 * server/starter/data are what this writes; a test keeps the two equal.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { chineseRows } from "./chinese";
import { generalInstructionRows } from "./general-instructions";
import { identityRows, SHIPPED_PERSONA } from "./identity";
import { reasoningRows } from "./reasoning";
import type { AlpacaRow, SharegptRow } from "./row";

export interface ShippedDataset {
  readonly name: string;
  readonly formatting: "alpaca" | "sharegpt";
  readonly rows: readonly (AlpacaRow | SharegptRow)[];
}

/** All of them, freshly made. */
export function shippedDatasets(): ShippedDataset[] {
  return [
    {
      name: "identity",
      formatting: "alpaca",
      rows: identityRows(SHIPPED_PERSONA.name, SHIPPED_PERSONA.author),
    },
    { name: "general_instructions", formatting: "alpaca", rows: generalInstructionRows() },
    { name: "reasoning", formatting: "sharegpt", rows: reasoningRows() },
    { name: "chinese", formatting: "alpaca", rows: chineseRows() },
  ];
}

/** dataset_info.json for them, as LLaMA-Factory reads it. */
export function datasetInfo(datasets: readonly ShippedDataset[]): Record<string, Record<string, string>> {
  return Object.fromEntries(
    datasets.map(({ name, formatting }) => [
      name,
      { file_name: `${name}.json`, ...(formatting === "sharegpt" && { formatting }) },
    ]),
  );
}

/** Writes every dataset and dataset_info.json into `folder`. */
export async function writeShippedDatasets(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const datasets = shippedDatasets();
  const write = (name: string, value: unknown) =>
    writeFile(path.join(folder, name), `${JSON.stringify(value, null, 2)}\n`);
  for (const { name, rows } of datasets) await write(`${name}.json`, rows);
  await write("dataset_info.json", datasetInfo(datasets));
}
