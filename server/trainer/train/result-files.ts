/**
 * train_results.json, eval_results.json, predict_results.json and all_results.json: keys sorted, indent 4, no newline at the end, as
 * transformers' `save_metrics` leaves them.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { readJsonObject } from "../checkpoint/json-file";
import { float, pythonJson, type PythonValue } from "./python-format";

export type Results = Readonly<Record<string, number | null>>;

const ALL_RESULTS_FILE = "all_results.json";
const RESULT_FILES = [ALL_RESULTS_FILE, "train_results.json", "eval_results.json", "predict_results.json"];
/** Counts, which Python has as integers. */
const INTEGER_KEYS = new Set(["num_input_tokens_seen", "train_peak_memory_bytes"]);

/** Writes `<split>_results.json` and merges the same into all_results.json. @throws AppError disk_full */
export async function saveResults(
  folder: string,
  split: "train" | "eval" | "predict",
  results: Results,
): Promise<void> {
  await replaceTextFile(path.join(folder, `${split}_results.json`), pythonJson(sorted(results), 4));
  const all = path.join(folder, ALL_RESULTS_FILE);
  const merged = { ...(await readJsonObject(all)), ...results } as Results;
  await replaceTextFile(all, pythonJson(sorted(merged), 4));
}

/** Removes the results of an earlier run in this folder: all_results.json there means that a run is finished. */
export async function removeResults(folder: string): Promise<void> {
  await Promise.all(RESULT_FILES.map((name) => rm(path.join(folder, name), { force: true })));
}

function sorted(results: Results): PythonValue {
  const keys = Object.keys(results).sort();
  return Object.fromEntries(keys.map((key) => [key, marked(key, results[key] ?? null)]));
}

function marked(key: string, value: number | null): PythonValue {
  // A run that only evaluates has trained no epoch: there it is the integer 0.
  const isInteger = INTEGER_KEYS.has(key) || (key === "epoch" && value === 0);
  return typeof value === "number" && !isInteger ? float(value) : value;
}
