/**
 * What will happen if a configuration starts now: problems, rows, steps, seconds, memory, disk, the YAML and the
 * command. Everything it needs to know of data, models and earlier runs is asked through `ForecastSources`.
 */
import type { EngineId, Forecast } from "@/server/contract/api";
import { textOf } from "@/server/contract/configuration-values";
import type { Problem } from "@/server/contract/problem";
import { planSteps } from "@/server/contract/step-plan";
import { splitList, type TrainConfig } from "@/server/contract/train-config";
import { argumentYaml } from "@/server/engines/argument-yaml";
import type { Engine } from "@/server/engines/engine";
import { checkConfig, runFolderOf } from "./new-run";
import { diskBytes, memoryBytes, secondsPerStep, typicalTokens, type ModelShape } from "./run-costs";

export interface MeasuredRun {
  name: string;
  config: Readonly<Record<string, unknown>>;
  secondsPerStep: number;
}

export interface ForecastSources {
  datasetSize(
    datasetDir: string,
    name: string,
  ): Promise<{ rows: number; bytes: number } | { problem: string }>;
  /** null for shape where the folder cannot be read; problem in words. */
  model(path: string): Promise<{ shape: ModelShape | null; problem: string | null }>;
  measured(): MeasuredRun[];
  engine(id: EngineId): Engine;
  threads: number;
}

/** Foretells a run. Never throws for what the configuration holds: that is in `problems`. */
export async function forecast(
  request: { config: Record<string, unknown>; engine?: EngineId },
  sources: ForecastSources,
): Promise<Forecast> {
  const engine = sources.engine(request.engine ?? "embedded");
  const { config, problems, args } = checkConfig(request.config, engine);
  const folder = config ? runFolderOf(config, undefined).replaceAll("\\", "/") : "saves/…";
  const shown = {
    yaml: argumentYaml({ ...args, output_dir: folder }),
    command: engine.shownCommand(`${folder}/training_args.yaml`),
  };
  const unknown = {
    train_rows: null,
    eval_rows: null,
    steps_per_epoch: null,
    total_steps: null,
    seconds: null,
    seconds_basis: null,
    memory_bytes: null,
    disk_bytes: null,
  };
  if (!config) return { problems, ...unknown, ...shown };

  // An engine that reads more than the console does may well know what to do with it.
  const severity = engine.readsLocalTextOnly ? "error" : "warning";
  const [model, data] = await Promise.all([
    sources.model(config.model_name_or_path),
    readData(config, sources, severity),
  ]);
  const found = [...problems, ...data.problems, ...modelProblems(config, model.problem, severity)];
  const { shape } = model;
  if (data.rows === null || data.rows === 0) return { problems: found, ...unknown, ...shown };

  const { trainRows, evalRows } = splitRows(config, data.rows);
  const plan = planSteps(config, trainRows);
  const tokens = typicalTokens(config, data.bytesPerRow);
  const time =
    shape || sources.measured().length > 0
      ? timeOf(config, plan.totalSteps, { shape, tokens, sources })
      : null;
  return {
    problems: found,
    train_rows: trainRows,
    eval_rows: evalRows,
    steps_per_epoch: plan.stepsPerEpoch,
    total_steps: plan.totalSteps,
    seconds: time?.seconds ?? null,
    seconds_basis: time?.basis ?? null,
    memory_bytes: shape && memoryBytes(config, shape, tokens.longest),
    disk_bytes: shape && diskBytes(config, shape, plan),
    ...shown,
  };
}

interface DataFacts {
  rows: number | null;
  bytesPerRow: number;
  problems: Problem[];
}

async function readData(
  config: TrainConfig,
  sources: ForecastSources,
  severity: Problem["severity"],
): Promise<DataFacts> {
  const problems: Problem[] = [];
  let rows = 0;
  let bytes = 0;
  let counted = 0;
  for (const name of splitList(config.dataset)) {
    const size = await sources.datasetSize(config.dataset_dir, name);
    if ("problem" in size) {
      problems.push({ argument: "dataset", severity, message: `${name}: ${size.problem}` });
      continue;
    }
    // max_samples cuts each dataset, not the sum.
    rows += Math.min(size.rows, config.max_samples ?? Infinity);
    bytes += size.bytes;
    counted += size.rows;
  }
  return {
    rows: problems.length > 0 ? null : rows,
    bytesPerRow: counted > 0 ? bytes / counted : 0,
    problems,
  };
}

function modelProblems(
  config: TrainConfig,
  problem: string | null,
  severity: Problem["severity"],
): Problem[] {
  return problem === null
    ? []
    : [
        {
          argument: "model_name_or_path",
          severity,
          message: `${config.model_name_or_path}: ${problem}`,
        },
      ];
}

/** val_size below 1 is a share, else a number of rows; the share is rounded up as datasets' train_test_split does. */
function splitRows(config: TrainConfig, rows: number): { trainRows: number; evalRows: number } {
  if (config.val_size <= 1e-6) return { trainRows: rows, evalRows: 0 };
  const evalRows = Math.min(
    rows - 1,
    config.val_size < 1 ? Math.ceil(rows * config.val_size) : Math.trunc(config.val_size),
  );
  return { trainRows: rows - evalRows, evalRows };
}

/** Seconds that a training program needs before its first step. */
const START_SECONDS = 2;

function timeOf(
  config: TrainConfig,
  steps: number,
  {
    shape,
    tokens,
    sources,
  }: { shape: ModelShape | null; tokens: { average: number }; sources: ForecastSources },
): { seconds: number; basis: string } | null {
  const like = sources.measured().find((run) => isLike(run.config, config));
  if (like) {
    const ratio = rowsPerStep(config) / rowsPerStep(like.config);
    return {
      seconds: START_SECONDS + steps * like.secondsPerStep * ratio,
      basis: `measured in ${like.name}`,
    };
  }
  if (!shape) return null;
  const pace = secondsPerStep(config, shape, { tokensPerRow: tokens.average, threads: sources.threads });
  return { seconds: START_SECONDS + steps * pace, basis: "estimated from the model's size" };
}

/** Same model, data, method and cutoff: then the rows per step are all that changes the pace. */
function isLike(earlier: Readonly<Record<string, unknown>>, config: TrainConfig): boolean {
  const same = (name: keyof TrainConfig) => textOf(earlier[name]) === textOf(config[name]);
  return (
    same("model_name_or_path") &&
    same("dataset") &&
    same("finetuning_type") &&
    same("stage") &&
    same("cutoff_len")
  );
}

function rowsPerStep(config: Readonly<Record<string, unknown>>): number {
  return Number(config.per_device_train_batch_size ?? 8) * Number(config.gradient_accumulation_steps ?? 1);
}
