/**
 * The folder of a run at its start: made, cleared of what an interrupted save left, with its logs open and
 * training_args.yaml written. It does not know models or data.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { replaceTextFile } from "../checkpoint/atomic-file";
import { clearLeftovers } from "./checkpoint-folder";
import { openLineFile, type LineFile } from "./line-file";
import { TRAINER_LOG_FILE } from "./progress";
import { removeResults } from "./result-files";
import { findResumePoint, removeEarlierRun } from "./resume-point";
import { RUNNING_LOG_FILE, type RunLog } from "./run-log";
import { trainingArgsYaml, type TrainArguments } from "./train-arguments";

export interface RunFolder {
  readonly path: string;
  /** The checkpoint to go on from; null begins at step 0. */
  readonly checkpoint: string | null;
  /** Text of training_args.yaml. */
  readonly argsText: string;
  /** trainer_log.jsonl */
  readonly lines: LineFile;
  close(): void;
}

/**
 * Opens output_dir for a run and attaches `log` to its running_log.txt.
 * @throws AppError invalid_config without output_dir, or where there is nothing to resume or something to lose
 */
export async function openRunFolder({ config, raw }: TrainArguments, log: RunLog): Promise<RunFolder> {
  const folder = config.output_dir;
  if (folder === undefined) {
    throw new AppError(
      "invalid_config",
      "output_dir is missing. Give the folder that the results are to be written to.",
    );
  }
  await clearLeftovers(folder);
  const { checkpoint, note } = config.do_train
    ? await findResumePoint(config, folder)
    : { checkpoint: null, note: null };
  await mkdir(folder, { recursive: true });
  const isFresh = config.do_train && checkpoint === null;
  const removed = isFresh && config.overwrite_output_dir ? await removeEarlierRun(folder) : [];
  await removeResults(folder);

  const logFile = openLineFile(path.join(folder, RUNNING_LOG_FILE), { keep: !isFresh });
  log.attach(logFile);
  if (note) log.info(note);
  if (removed.length > 0) log.warn(`Earlier results in ${folder} were overwritten: ${removed.join(", ")}.`);

  const argsText = trainingArgsYaml(raw);
  const argsFile = path.join(folder, "training_args.yaml");
  // The console's own file stays byte for byte as the user saw it in the preview.
  if (isFresh || !existsSync(argsFile)) await replaceTextFile(argsFile, argsText);
  const lines = openLineFile(path.join(folder, TRAINER_LOG_FILE), { keep: !isFresh });
  return {
    path: folder,
    checkpoint,
    argsText,
    lines,
    close() {
      lines.close();
      logFile.close();
    },
  };
}
