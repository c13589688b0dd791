/**
 * From which checkpoint a run goes on, by LLaMA-Factory's rules: the one that was named, else the last one that lies in
 * output_dir, unless overwrite_output_dir asks to begin anew.
 */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../contract/errors";
import type { TrainConfig } from "../../contract/train-config";
import { listCheckpoints, resumeObstacle } from "./checkpoint-folder";
import { SAMPLES_FILE } from "../../contract/samples";
import { TRAINER_LOG_FILE } from "./progress";

/** What a finished training leaves in its folder. */
const FINAL_WEIGHTS = ["adapter_model.safetensors", "model.safetensors", "model.safetensors.index.json"];

export interface ResumePoint {
  /** The checkpoint to go on from; null begins at step 0. */
  readonly checkpoint: string | null;
  /** What to tell the user about the choice; null where there is nothing to tell. */
  readonly note: string | null;
}

type ResumeConfig = Pick<TrainConfig, "resume_from_checkpoint" | "overwrite_output_dir">;

/**
 * @throws AppError invalid_config where the named checkpoint is not there, cannot be resumed from, or where output_dir
 * holds a finished model that would be overwritten
 */
export async function findResumePoint(config: ResumeConfig, outputDir: string): Promise<ResumePoint> {
  const named = config.resume_from_checkpoint;
  if (named !== undefined && !/^(true|false)$/i.test(named))
    return { checkpoint: await checkNamed(named), note: null };
  const anew = named !== undefined && /^false$/i.test(named);
  if (anew || (named === undefined && config.overwrite_output_dir)) return { checkpoint: null, note: null };

  const { last, passedOver } = await lastComplete(outputDir);
  if (named !== undefined) {
    if (last) return { checkpoint: last, note: passedOver };
    throw new AppError(
      "invalid_config",
      `resume_from_checkpoint is true and ${outputDir} holds no checkpoint that can be resumed from. Remove resume_from_checkpoint to begin anew.`,
    );
  }
  if (last) {
    return {
      checkpoint: last,
      note: `${passedOver ? `${passedOver} ` : ""}Resuming training from ${last}. Change \`output_dir\` or use \`overwrite_output_dir\` to avoid.`,
    };
  }
  const found = FINAL_WEIGHTS.find((name) => existsSync(path.join(outputDir, name)));
  if (found) {
    throw new AppError(
      "invalid_config",
      `output_dir: ${outputDir} already holds ${found} of an earlier run. Choose another output_dir, or set overwrite_output_dir to true.`,
    );
  }
  return { checkpoint: null, note: null };
}

/** The newest checkpoint that is whole, and what to tell of newer ones. */
async function lastComplete(outputDir: string): Promise<{ last: string | null; passedOver: string | null }> {
  let passedOver: string | null = null;
  for (const { folder } of (await listCheckpoints(outputDir)).reverse()) {
    const obstacle = await resumeObstacle(folder);
    if (obstacle === null) return { last: folder, passedOver };
    if (obstacle.startsWith("is incomplete")) passedOver ??= `${folder} ${obstacle}; an older one is taken.`;
  }
  return { last: null, passedOver };
}

async function checkNamed(folder: string): Promise<string> {
  const why = await resumeObstacle(folder);
  if (why === null) return folder;
  throw new AppError(
    "invalid_config",
    `resume_from_checkpoint: ${folder} ${why}. Choose another checkpoint, or remove the argument to begin anew.`,
  );
}

/** What overwrite_output_dir overwrites: the log, the samples and the checkpoints of the run that was there. @returns their names */
export async function removeEarlierRun(outputDir: string): Promise<string[]> {
  const files = [TRAINER_LOG_FILE, SAMPLES_FILE].map((name) => path.join(outputDir, name));
  const targets = [
    ...files.filter((file) => existsSync(file)),
    ...(await listCheckpoints(outputDir)).map(({ folder }) => folder),
  ];
  for (const target of targets) await rm(target, { recursive: true, force: true });
  return targets.map((target) => path.basename(target));
}
