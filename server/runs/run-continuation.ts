/**
 * Going on for more epochs after a run has ended, in a run of its own: from which weights that is possible, and the
 * configuration that does it. It makes no folder.
 */
import path from "node:path";
import { textOf } from "@/server/contract/configuration-values";
import { AppError } from "@/server/contract/errors";
import type { Continuations } from "@/server/contract/run";
import type { ContinueRun } from "@/server/contract/run-changes";
import { splitList } from "@/server/contract/train-config";
import { latestResumable } from "./checkpoint-list";
import type { Run } from "./run";
import { checkpointFolders, hasFullModel, hasWeights } from "./run-files";

/** What belongs to the earlier start and not to the new one. */
const LEFT_OUT = ["output_dir", "overwrite_output_dir", "resume_from_checkpoint", "max_steps"] as const;

/** Both ways to go on, each with what it starts from or why it cannot. */
export function continuationsOf(run: Run): Continuations {
  const no = (reason: string) => ({ from: null, step: null, reason });
  if (run.isActive) {
    const reason = "The run has not ended yet.";
    return { fresh: no(reason), extended: no(reason) };
  }
  if (run.yaml === "") {
    const reason = "It has no training_args.yaml, so its exact settings are not known.";
    return { fresh: no(reason), extended: no(reason) };
  }
  const last = latestResumable(run.folder);
  const weights = lastWeights(run);
  return {
    fresh: weights ? { ...weights, reason: null } : no("It left no weights to go on from."),
    extended:
      "reason" in last
        ? no(last.reason)
        : Number(run.config.max_steps ?? -1) > 0
          ? no("Its length is set in steps (max_steps), not in epochs.")
          : { from: last.name, step: last.step, reason: null },
  };
}

/** @returns the new run's configuration, and the checkpoint that it resumes from where the schedule is stretched */
export function continuedConfig(
  run: Run,
  { epochs, schedule }: ContinueRun,
): { config: Record<string, unknown>; checkpoint: string | null } {
  const way = continuationsOf(run)[schedule];
  if (way.from === null) throw new AppError("unsupported", way.reason ?? "It cannot go on.");
  const kept = Object.fromEntries(
    Object.entries(run.config).filter(([name]) => !(LEFT_OUT as readonly string[]).includes(name)),
  );
  if (schedule === "extended") {
    const before = Number(run.config.num_train_epochs ?? 3);
    return {
      config: { ...kept, num_train_epochs: before + epochs },
      checkpoint: `${run.relativeFolder}/${way.from}`,
    };
  }
  const weights = way.from === "final" ? run.relativeFolder : `${run.relativeFolder}/${way.from}`;
  const isModel = hasFullModel(way.from === "final" ? run.folder : path.join(run.folder, way.from));
  const earlier = splitList(textOf(run.config.adapter_name_or_path));
  return {
    config: {
      ...kept,
      num_train_epochs: epochs,
      ...(isModel
        ? { model_name_or_path: weights, adapter_name_or_path: null }
        : // A run that made a new adapter on top of others left only the new one.
          {
            adapter_name_or_path: [...(kept.create_new_adapter === true ? earlier : []), weights].join(","),
            create_new_adapter: false,
          }),
    },
    checkpoint: null,
  };
}

function lastWeights(run: Run): { from: string; step: number | null } | null {
  if (hasWeights(run.folder)) return { from: "final", step: run.logs.digest.step || null };
  const last = checkpointFolders(run.folder).findLast(({ name }) => hasWeights(path.join(run.folder, name)));
  return last ? { from: last.name, step: last.step } : null;
}
