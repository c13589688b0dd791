/**
 * What will happen if a configuration starts now: problems, rows, steps, seconds, memory, disk, the YAML and the
 * command. Everything it needs to know of data, models and earlier runs is asked through `ForecastSources`.
 */
import type { EngineId, Forecast } from "@/server/contract/api";
import { textOf } from "@/server/contract/configuration-values";
import type { TrainingPlace } from "@/server/contract/memory-forecast";
import type { ModelShape } from "@/server/contract/model-shape";
import type { Problem } from "@/server/contract/problem";
import { planSteps } from "@/server/contract/step-plan";
import { splitList, type TrainConfig } from "@/server/contract/train-config";
import { argumentYaml } from "@/server/engines/argument-yaml";
import type { Engine } from "@/server/engines/engine";
import { checkConfig, runFolderOf } from "./new-run";
import { diskBytes, secondsPerStep, typicalTokens } from "./run-costs";
import { trainingOutlook, type MachineRoom, type TrainingEngine } from "./training-outlook";

export interface MeasuredRun {
  name: string;
  engine: EngineId;
  config: Readonly<Record<string, unknown>>;
  secondsPerStep: number;
}

export interface ForecastSources {
  datasetSize(
    datasetDir: string,
    name: string,
  ): Promise<{ rows: number; bytes: number; feedback: "pairs" | "marks" | null } | { problem: string }>;
  /** null for shape where the folder cannot be read; problem in words. */
  model(path: string): Promise<{ shape: ModelShape | null; problem: string | null }>;
  measured(): MeasuredRun[];
  engine(id: EngineId): Engine;
  /** Every engine of the console, whether it is available and which methods it honours. */
  engines(): TrainingEngine[];
  machine(): Promise<MachineRoom>;
  threads: number;
}

/** Foretells a run. Never throws for what the configuration holds: that is in `problems`. */
export async function forecast(
  request: { config: Record<string, unknown>; engine?: EngineId },
  sources: ForecastSources,
): Promise<Omit<Forecast, "choice">> {
  const engine = sources.engine(request.engine ?? "embedded");
  const { config, problems, args } = checkConfig(request.config, engine);
  const folder = config ? runFolderOf(config, undefined).replaceAll("\\", "/") : "saves/…";
  const shown = {
    yaml: argumentYaml({ ...args, output_dir: folder }),
    command: engine.previewCommand({
      args: { ...args, output_dir: folder },
      argsFile: `${folder}/training_args.yaml`,
      environment: engine.environment(request.config),
    }),
  };
  const unknown = {
    train_rows: null,
    eval_rows: null,
    steps_per_epoch: null,
    total_steps: null,
    seconds: null,
    seconds_basis: null,
    memory_bytes: null,
    memory: [],
    ways: [],
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
  const engines = sources.engines();
  const machine = await sources.machine();
  const tokens =
    data.bytesPerRow > 0
      ? typicalTokens(config, data.bytesPerRow)
      : { average: config.cutoff_len, longest: config.cutoff_len };
  const outlook = (seconds: (changed: TrainConfig, place: TrainingPlace) => number | null) =>
    shape
      ? trainingOutlook({
          config,
          shape,
          tokensPerRow: tokens.longest,
          engine: engine.id,
          engines,
          machine,
          seconds,
        })
      : { memory: [], ways: [] };
  if (data.rows === null || data.rows === 0) {
    // Memory is known without rows, if only for rows of full length.
    const { memory, ways } = outlook(() => null);
    return {
      problems: found,
      ...unknown,
      memory,
      ways,
      memory_bytes: memory[0]?.device_bytes ?? null,
      ...shown,
    };
  }

  const { trainRows, evalRows } = splitRows(config, data.rows);
  const plan = planSteps(config, trainRows);
  const timeIn = (changed: TrainConfig, place: Pick<TrainingPlace, "engine" | "device">) =>
    timeOf(changed, plan.totalSteps, { shape, tokens, sources, place });
  const { memory, ways } = outlook((changed, place) => timeIn(changed, place)?.seconds ?? null);
  const time = timeIn(config, memory[0] ?? { engine: engine.id, device: "cpu" });
  return {
    problems: found,
    train_rows: trainRows,
    eval_rows: evalRows,
    steps_per_epoch: plan.stepsPerEpoch,
    total_steps: plan.totalSteps,
    seconds: time?.seconds ?? null,
    seconds_basis: time?.basis ?? null,
    memory_bytes: memory[0]?.device_bytes ?? null,
    memory,
    ways,
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
  sources: Pick<ForecastSources, "datasetSize">,
  severity: Problem["severity"],
): Promise<DataFacts> {
  const problems: Problem[] = [];
  let rows = 0;
  let bytes = 0;
  let counted = 0;
  let isKnown = true;
  for (const name of splitList(config.dataset)) {
    const size = await sources.datasetSize(config.dataset_dir, name);
    if ("problem" in size) {
      problems.push({ argument: "dataset", severity, message: `${name}: ${size.problem}` });
      isKnown = false;
      continue;
    }
    problems.push(...feedbackProblems(config, name, size.feedback));
    // max_samples cuts each dataset, not the sum.
    rows += Math.min(size.rows, config.max_samples ?? Infinity);
    bytes += size.bytes;
    counted += size.rows;
  }
  return {
    rows: isKnown ? rows : null,
    bytesPerRow: counted > 0 ? bytes / counted : 0,
    problems,
  };
}

/** A stage that learns from comparisons needs data that holds them. */
function feedbackProblems(
  { stage }: TrainConfig,
  name: string,
  feedback: "pairs" | "marks" | null,
): Problem[] {
  const needs =
    stage === "rm" || stage === "dpo" ? "pairs" : stage === "kto" && feedback !== "pairs" ? "marks" : null;
  if (needs === null || feedback === needs) return [];
  const words =
    needs === "pairs"
      ? `it has no pairs of a better and a worse answer (ranking: true with columns chosen and rejected), which stage ${stage} learns from.`
      : `its answers are not marked good or bad (column kto_tag), which stage ${stage} learns from.`;
  return [{ argument: "dataset", severity: "error", message: `${name}: ${words}` }];
}

/** What a start would find missing: the model's folder, the data, the kind of data. Asked again at the start itself. */
export async function sourceProblems(
  config: TrainConfig,
  engine: Engine,
  sources: Pick<ForecastSources, "model" | "datasetSize">,
): Promise<Problem[]> {
  const severity = engine.readsLocalTextOnly ? "error" : "warning";
  const [model, data] = await Promise.all([
    sources.model(config.model_name_or_path),
    readData(config, sources, severity),
  ]);
  return [...data.problems, ...modelProblems(config, model.problem, severity)];
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
    place,
  }: {
    shape: ModelShape | null;
    tokens: { average: number };
    sources: ForecastSources;
    place: Pick<TrainingPlace, "engine" | "device">;
  },
): { seconds: number; basis: string } | null {
  const like = sources.measured().find((run) => run.engine === place.engine && isLike(run.config, config));
  if (like) {
    const ratio = rowsPerStep(config) / rowsPerStep(like.config);
    return {
      seconds: START_SECONDS + steps * like.secondsPerStep * ratio,
      basis: `measured in ${like.name}`,
    };
  }
  // How fast a card is shows only once a run has used it.
  if (!shape || place.device === "gpu") return null;
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
    same("quantization_bit") &&
    same("cutoff_len")
  );
}

function rowsPerStep(config: Readonly<Record<string, unknown>>): number {
  return Number(config.per_device_train_batch_size ?? 8) * Number(config.gradient_accumulation_steps ?? 1);
}
