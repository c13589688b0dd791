/** What ended and running runs offer to other rooms: weights to chat with, whole models, measured pace. */
import path from "node:path";
import type { EngineId } from "@/server/contract/api";
import { savedWeights } from "./checkpoint-list";
import type { MeasuredRun } from "./forecast";
import type { Run } from "./run";
import { hasFullModel } from "./run-files";
import { newestFirst, summarize } from "./run-summary";

/** A run that left weights: an adapter on top of its base, or whole models. */
export interface RunWithWeights {
  id: string;
  name: string;
  folder: string;
  detail: string;
  template: string | null;
  baseFolder: string;
  kind: "adapter" | "model";
  /** The engine that trained it. */
  engine: EngineId;
  /** "" for the run's own folder, else a checkpoint's name. */
  saved: { name: string; step: number | null }[];
  createdAt: string;
}

/** @param home what the run's model_name_or_path is relative to */
export function runsWithWeights(runs: readonly Run[], home: string): RunWithWeights[] {
  return runs.flatMap((run) => {
    const saved = savedWeights(run.folder);
    if (saved.length === 0) return [];
    const { id, name, method, lora_rank, datasets, template, created_at } = summarize(run);
    const base = run.config.model_name_or_path;
    const how = method === "lora" ? `lora r${lora_rank}` : method;
    return {
      id,
      name,
      folder: run.folder,
      detail: [how, datasets.join(", ")].filter(Boolean).join(" · "),
      template,
      baseFolder: path.resolve(home, typeof base === "string" ? base : ""),
      kind: saved[0]!.kind,
      engine: run.engine,
      saved,
      createdAt: created_at,
    };
  });
}

/** Folders of runs that ended with a whole model in them. */
export function fullModels(runs: readonly Run[]): { name: string; folder: string }[] {
  return runs
    .filter((run) => hasFullModel(run.folder) && !run.isActive)
    .map(({ name, folder }) => ({ name, folder }));
}

/** Runs that have measured how long a step takes, newest first. */
export function measuredRuns(runs: readonly Run[]): MeasuredRun[] {
  return runs
    .map((run) => ({ run, secondsPerStep: run.logs.digest.secondsPerStep ?? 0 }))
    .filter(({ secondsPerStep }) => secondsPerStep > 0)
    .map((measured) => ({ ...measured, createdAt: measured.run.createdAt }))
    .sort((a, b) => newestFirst(a.createdAt, b.createdAt))
    .map(({ run, secondsPerStep }) => ({
      name: run.name,
      engine: run.engine,
      config: run.config,
      secondsPerStep,
    }));
}
