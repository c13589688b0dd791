/**
 * `checkpoint-N`: all that an exact resume needs, written into a folder of another name and renamed when it is complete,
 * so that a kill in between leaves the last good one. Nothing in it is pickled.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../contract/errors";
import type { StepPlan } from "../../contract/step-plan";
import type { TrainConfig } from "../../contract/train-config";
import { writeError } from "../checkpoint/atomic-file";
import { openModelFolder } from "../checkpoint/model-folder";
import { openSafetensors, writeSafetensors, type SafetensorsFile } from "../checkpoint/safetensors";
import type { Parameter } from "../models/causal-lm";
import { VALUE_HEAD_FILE } from "../models/value-head";
import type { Optimizer } from "../optim/optimizer";
import { pythonJson, float } from "./python-format";
import { readTrainerState, TRAINER_STATE_FILE, writeTrainerState, type TrainerState } from "./trainer-state";

const OPTIMIZER_FILE = "optimizer.safetensors";
const ADAPTER_FILE = "adapter_model.safetensors";
const CHECKPOINT_NAME = /^checkpoint-(\d+)$/;
/** What an interrupted save or replacement leaves behind; removed at the next start. */
const LEFTOVER_NAME = /^\.checkpoint-\d+\.(partial|replaced)$/;
/** Before the names of float32 weights where the weight files hold a narrower type. */
const MASTER_PREFIX = "master.";

export interface CheckpointSource {
  readonly runFolder: string;
  readonly config: TrainConfig;
  readonly plan: StepPlan;
  readonly state: TrainerState;
  readonly optimizer: Optimizer;
  readonly parameters: readonly Parameter[];
  /** The rate of the next step, for the record. */
  readonly learningRate: number;
  /** Writes the weights and the tokenizer into a folder. */
  readonly saveModel: (folder: string) => Promise<void>;
  /** Text of training_args.yaml. */
  readonly argsText: string;
}

/**
 * Saves `checkpoint-<globalStep>`.
 * @returns its path
 * @throws AppError disk_full; earlier checkpoints are then untouched
 */
export async function saveCheckpoint(source: CheckpointSource): Promise<string> {
  const { runFolder, state, config } = source;
  const name = `checkpoint-${state.globalStep}`;
  const folder = path.join(runFolder, name);
  const partial = path.join(runFolder, `.${name}.partial`);
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true });
    await source.saveModel(partial);
    if (!config.save_only_model) await saveTrainingState(partial, source);
    await writeTrainerState(partial, state, source);
    await writeFile(path.join(partial, "training_args.yaml"), source.argsText);
    await moveIntoPlace(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw writeError(error, folder);
  }
  return folder;
}

/** A folder cannot be renamed onto another, so the old one steps aside first. */
async function moveIntoPlace(partial: string, folder: string): Promise<void> {
  if (!existsSync(folder)) return rename(partial, folder);
  const replaced = path.join(path.dirname(folder), `.${path.basename(folder)}.replaced`);
  await rm(replaced, { recursive: true, force: true });
  await rename(folder, replaced);
  await rename(partial, folder);
  await rm(replaced, { recursive: true, force: true });
}

async function saveTrainingState(folder: string, source: CheckpointSource): Promise<void> {
  const { optimizer, parameters, config, state, plan } = source;
  const weights = await openWeights(folder);
  const narrowed = parameters.filter(({ name }) => weights.dtypeOf(name) !== "F32");
  await weights.close();
  const tensors = [
    ...optimizer.state.map(({ name, shape, data }) => ({ name, shape, data, dtype: "F32" as const })),
    ...narrowed.map(({ name, shape, data }) => ({
      name: MASTER_PREFIX + name,
      shape,
      data,
      dtype: "F32" as const,
    })),
  ];
  await writeSafetensors(path.join(folder, OPTIMIZER_FILE), tensors, {
    format: "pt",
    optimizer: optimizer.id,
    step: String(optimizer.stepCount),
  });
  const scheduler = {
    base_lrs: [float(config.learning_rate)],
    last_epoch: state.globalStep,
    last_lr: [float(source.learningRate)],
    lr_scheduler_type: config.lr_scheduler_type,
    total_steps: plan.totalSteps,
  };
  // Order and dropout follow from the seeds and the step alone, so there is no generator whose state would be lost.
  const random = {
    data_seed: config.data_seed ?? config.seed,
    global_step: state.globalStep,
    seed: config.seed,
  };
  await writeFile(path.join(folder, "scheduler.json"), `${pythonJson(scheduler, 2)}\n`);
  await writeFile(path.join(folder, "rng_state.json"), `${pythonJson(random, 2)}\n`);
}

/**
 * Puts a checkpoint's weights and optimizer state into the live arrays.
 * @throws AppError checkpoint_malformed naming the file and the tensor; invalid_config for another optimizer
 */
export async function restoreCheckpoint(
  folder: string,
  { parameters, optimizer }: { parameters: readonly Parameter[]; optimizer: Optimizer },
): Promise<void> {
  const file = path.join(folder, OPTIMIZER_FILE);
  const saved = await openSafetensors(file);
  try {
    if (saved.metadata["optimizer"] !== optimizer.id) {
      throw new AppError(
        "invalid_config",
        `${file} holds the state of ${saved.metadata["optimizer"]}, and optim is ${optimizer.id}. Resume with the same optim.`,
      );
    }
    await restoreWeights(folder, parameters, saved);
    for (const { name, data, shape } of optimizer.state) {
      checkShape(file, name, { saved: saved.tensors.get(name)?.shape, wanted: shape });
      await saved.readInto(name, data);
    }
    optimizer.stepCount = Number(saved.metadata["step"]);
  } finally {
    await saved.close();
  }
}

/** Weights alone, as of a checkpoint: what load_best_model_at_end brings back. */
export async function restoreBestWeights(folder: string, parameters: readonly Parameter[]): Promise<void> {
  const file = path.join(folder, OPTIMIZER_FILE);
  const saved = existsSync(file) ? await openSafetensors(file) : null;
  try {
    await restoreWeights(folder, parameters, saved);
  } finally {
    await saved?.close();
  }
}

async function restoreWeights(
  folder: string,
  parameters: readonly Parameter[],
  masters: SafetensorsFile | null,
): Promise<void> {
  const weights = await openWeights(folder);
  try {
    for (const { name, data, shape } of parameters) {
      const master = masters?.tensors.get(MASTER_PREFIX + name);
      checkShape(folder, name, { saved: master?.shape ?? weights.shapeOf(name), wanted: shape });
      if (master) await masters!.readInto(master.name, data);
      else data.set(await weights.read(name));
    }
  } finally {
    await weights.close();
  }
}

function checkShape(
  file: string,
  name: string,
  { saved, wanted }: { saved: readonly number[] | undefined; wanted: readonly number[] },
): void {
  if (saved?.join() === wanted.join()) return;
  const found = saved ? `has the shape [${saved.join(", ")}]` : "is missing";
  throw new AppError(
    "checkpoint_malformed",
    `${file}: tensor "${name}" ${found}; this configuration needs [${wanted.join(", ")}]. Resume with the model, lora_rank and lora_target that the checkpoint was made with.`,
  );
}

interface Weights {
  dtypeOf(name: string): string | undefined;
  shapeOf(name: string): readonly number[] | undefined;
  read(name: string): Promise<Float32Array>;
  close(): Promise<void>;
}

/** The trained weights of a checkpoint, be it an adapter or a model; a value head lies in a file beside either. */
async function openWeights(folder: string): Promise<Weights> {
  const adapter = path.join(folder, ADAPTER_FILE);
  const source = existsSync(adapter) ? await openSafetensors(adapter) : await openModelFolder(folder);
  const headFile = path.join(folder, VALUE_HEAD_FILE);
  const head = existsSync(headFile) ? await openSafetensors(headFile) : null;
  const holderOf = (name: string) => (head?.tensors.has(name) ? head : source);
  return {
    dtypeOf: (name) => holderOf(name).tensors.get(name)?.dtype,
    shapeOf: (name) => holderOf(name).tensors.get(name)?.shape,
    read: (name) => holderOf(name).read(name),
    async close() {
      await source.close();
      await head?.close();
    },
  };
}

/** The step that a checkpoint's folder is named after; 0 for a folder of another name. */
export function stepOfCheckpoint(folder: string): number {
  return Number(CHECKPOINT_NAME.exec(path.basename(folder))?.[1] ?? 0);
}

/** Checkpoints of a run that can be resumed from, oldest first. */
export async function listCheckpoints(runFolder: string): Promise<{ step: number; folder: string }[]> {
  const names = existsSync(runFolder) ? await readdir(runFolder) : [];
  return names
    .map((name) => ({
      step: Number(CHECKPOINT_NAME.exec(name)?.[1] ?? NaN),
      folder: path.join(runFolder, name),
    }))
    .filter(({ step, folder }) => !Number.isNaN(step) && existsSync(path.join(folder, TRAINER_STATE_FILE)))
    .sort((a, b) => a.step - b.step);
}

/**
 * Why training cannot go on from a checkpoint, in words that follow its name; null where it can. Files are opened and
 * their headers held against their sizes: what a crash of the machine cut short is not gone on from.
 */
export async function resumeObstacle(folder: string): Promise<string | null> {
  if (!existsSync(folder)) return "does not exist";
  if (!existsSync(path.join(folder, OPTIMIZER_FILE)))
    return "holds no optimizer state (it was saved with save_only_model, or by another program)";
  try {
    await readTrainerState(folder);
    const optimizer = await openSafetensors(path.join(folder, OPTIMIZER_FILE));
    await optimizer.close();
    const weights = await openWeights(folder);
    await weights.close();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `is incomplete: ${error.message.replace(/\.$/, "")}`;
  }
}

/**
 * Clears away what an interrupted save left: half a checkpoint goes, one that had stepped aside for a newer version of
 * itself comes back where the newer one never arrived.
 */
export async function clearLeftovers(runFolder: string): Promise<void> {
  for (const name of existsSync(runFolder) ? await readdir(runFolder) : []) {
    const kind = LEFTOVER_NAME.exec(name)?.[1];
    if (!kind) continue;
    const leftover = path.join(runFolder, name);
    const original = path.join(runFolder, name.slice(1, name.lastIndexOf(".")));
    if (kind === "replaced" && !existsSync(original)) await rename(leftover, original);
    else await rm(leftover, { recursive: true, force: true });
  }
}

/** Removes the oldest checkpoints beyond `limit`, never the best one nor the newest. */
export async function removeOldCheckpoints(
  runFolder: string,
  limit: number,
  bestStep: number | null,
): Promise<string[]> {
  const all = await listCheckpoints(runFolder);
  const excess = all.length - limit;
  const removable = all.slice(0, -1).filter(({ step }) => step !== bestStep);
  const removed = removable.slice(0, Math.max(0, excess));
  for (const { folder } of removed) await rm(folder, { recursive: true, force: true });
  return removed.map(({ folder }) => folder);
}
