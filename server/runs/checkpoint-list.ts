/** What a run saved: its checkpoints and the final weights, and whether training can go on from them. */
import { existsSync } from "node:fs";
import path from "node:path";
import type { EngineId } from "@/server/contract/api";
import type { Checkpoint } from "@/server/contract/run";
import { bytesOf, checkpointFolders, hasFullModel, hasWeights, namesIn, STATE_FILE } from "./run-files";

/** The embedded trainer keeps optimizer state in safetensors, LLaMA-Factory in a pickled file. */
const OPTIMIZER_FILES = [
  { engine: "embedded", name: /^optimizer.*\.safetensors$/ },
  { engine: "llamafactory", name: /^optimizer\.(pt|bin)$/ },
] as const;

/** Checkpoints by step, then what lies in the folder itself as "final". */
export function listCheckpoints(
  folder: string,
  evalLosses: ReadonlyMap<number, number>,
  lastStep: number,
): Checkpoint[] {
  const saved = checkpointFolders(folder).map(({ name, step }) => ({
    name,
    step,
    bytes: bytesOf(path.join(folder, name)),
    eval_loss: evalLosses.get(step) ?? null,
    resumable: isResumable(path.join(folder, name)),
  }));
  if (!hasWeights(folder)) return saved;
  const bytes = namesIn(folder)
    .filter((name) => name.endsWith(".safetensors"))
    .reduce((sum, name) => sum + bytesOf(path.join(folder, name)), 0);
  return [
    ...saved,
    {
      name: "final",
      step: lastStep || null,
      bytes,
      eval_loss: evalLosses.get(lastStep) ?? null,
      resumable: false,
    },
  ];
}

/** Where a run holds weights that can answer: "" for the run's own folder, then its checkpoints. */
export function savedWeights(
  folder: string,
): { name: string; step: number | null; kind: "adapter" | "model" }[] {
  const places = [{ name: "", step: null }, ...checkpointFolders(folder)];
  return places
    .filter(({ name }) => hasWeights(path.join(folder, name)))
    .map((place) => ({ ...place, kind: hasFullModel(path.join(folder, place.name)) ? "model" : "adapter" }));
}

/** The last checkpoint that training can go on from, and what stands in the way where there is none. */
export function latestResumable(folder: string): { name: string; step: number } | { reason: string } {
  const saved = checkpointFolders(folder);
  const usable = saved.findLast(({ name }) => isResumable(path.join(folder, name)));
  if (usable) return usable;
  return {
    reason:
      saved.length === 0
        ? "No checkpoint was saved before it ended. Save more often (save_steps) to be able to go on."
        : "Its checkpoints hold weights only (save_only_model), without the optimizer's state.",
  };
}

/** Which engine wrote a checkpoint, told from its optimizer file; null where it cannot be resumed. */
export function checkpointEngine(checkpoint: string): EngineId | null {
  const names = namesIn(checkpoint);
  return OPTIMIZER_FILES.find(({ name }) => names.some((file) => name.test(file)))?.engine ?? null;
}

function isResumable(checkpoint: string): boolean {
  return (
    hasWeights(checkpoint) &&
    existsSync(path.join(checkpoint, STATE_FILE)) &&
    checkpointEngine(checkpoint) !== null
  );
}
