/** The names of the files of a run folder (LLaMA-Factory's and PEFT's), and what tells such a folder from another. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { RECORD_FILE } from "./run-record";

export const ARGS_FILE = "training_args.yaml";
export const METRICS_FILE = "trainer_log.jsonl";
export const LOG_FILE = "running_log.txt";
/** Raw output of the training program, LLaMA Board's name for it. */
export const OUTPUT_FILE = "webui_subprocess.log";
export const STATE_FILE = "trainer_state.json";

/** LLaMA Board's form as it stood at the start. */
export const BOARD_FILE = "llamaboard_config.yaml";

/** Files of which each tells something about a run; a folder with none of them is no run. */
export const RUN_SOURCES = [
  METRICS_FILE,
  STATE_FILE,
  ARGS_FILE,
  BOARD_FILE,
  "adapter_config.json",
  "all_results.json",
] as const;
const SIGNS: readonly string[] = [RECORD_FILE, ...RUN_SOURCES];
const WEIGHTS = /^(adapter_model|model)(-\d+-of-\d+)?\.safetensors$/;
const CHECKPOINT = /^checkpoint-(\d+)$/;
/** saves/<model>/<method>/<run>, and one more for models named `org/name`. */
const DEEPEST = 4;

/**
 * Every run folder below `saves`; folders inside a run (its checkpoints) are not runs.
 * @param isKnown whether a folder is known to be a run's: it is not looked into again
 */
export function findRunFolders(saves: string, isKnown: (folder: string) => boolean = () => false): string[] {
  const found: string[] = [];
  const visit = (folder: string, depth: number) => {
    if (isKnown(folder)) {
      found.push(folder);
      return;
    }
    let entries;
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    if (depth > 0 && entries.some((entry) => entry.isFile() && SIGNS.includes(entry.name))) {
      found.push(folder);
      return;
    }
    if (depth === DEEPEST) return;
    for (const entry of entries) {
      if (entry.isDirectory() && !CHECKPOINT.test(entry.name))
        visit(path.join(folder, entry.name), depth + 1);
    }
  };
  visit(saves, 0);
  return found;
}

/** Whether a folder is a run's own. */
export function isRunFolder(folder: string): boolean {
  return namesIn(folder).some((name) => SIGNS.includes(name));
}

/** Checkpoint folders of a run, by step. */
export function checkpointFolders(folder: string): { name: string; step: number }[] {
  return namesIn(folder)
    .map((name) => ({ name, step: Number(CHECKPOINT.exec(name)?.[1] ?? NaN) }))
    .filter(({ step }) => !Number.isNaN(step))
    .sort((a, b) => a.step - b.step);
}

/** Whether the folder holds weights that can be loaded: an adapter or a model, safetensors only. */
export function hasWeights(folder: string): boolean {
  return namesIn(folder).some((name) => WEIGHTS.test(name));
}

/** Whether the folder holds a whole model, not an adapter. */
export function hasFullModel(folder: string): boolean {
  const names = namesIn(folder);
  return names.includes("config.json") && !names.includes("adapter_config.json") && hasWeights(folder);
}

/** Names of what lies in a folder; empty where it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Bytes of a file, or of everything below a folder; 0 where it is gone. */
export function bytesOf(target: string): number {
  try {
    const stat = statSync(target);
    if (!stat.isDirectory()) return stat.size;
    return namesIn(target).reduce((sum, name) => sum + bytesOf(path.join(target, name)), 0);
  } catch {
    return 0;
  }
}
