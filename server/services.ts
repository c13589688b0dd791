/**
 * The console's rooms put together: store, engines, runs, datasets, models, chat. Each is handed its collaborators here;
 * no room looks another one up. It does not know HTTP, sockets or pages.
 */
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { Chat } from "@/server/chat/chat";
import type { ChatModelSource } from "@/server/chat/chat-targets";
import { Conversations } from "@/server/chat/conversations";
import { Endpoints } from "@/server/chat/endpoints";
import { PromptSets } from "@/server/chat/prompt-sets";
import { ServerPool } from "@/server/chat/server-pool";
import { NamedConfigs } from "@/server/configs/named-configs";
import type {
  CreateRun,
  EngineId,
  Forecast,
  ModelSummary,
  Settings,
  UpdateSettings,
} from "@/server/contract/api";
import { EMBEDDED_METHODS } from "@/server/contract/embedded-arguments";
import type { CreateEvaluation } from "@/server/contract/evaluation";
import type { MachineStatus } from "@/server/contract/events";
import { textOf } from "@/server/contract/configuration-values";
import { isEnded } from "@/server/contract/run";
import { FINETUNING_TYPES } from "@/server/contract/train-config";
import { DatasetChanges } from "@/server/datasets/dataset-changes";
import { Datasets } from "@/server/datasets/datasets";
import { slashedPath, typedPath } from "@/server/disk/paths";
import { embeddedEngine } from "@/server/engines/embedded";
import type { Engine } from "@/server/engines/engine";
import { cardsOf, statusNow } from "@/server/engines/engine-status";
import { gpuLibraryInstaller, type GpuLibraryInstaller } from "@/server/engines/gpu-library";
import { llamaFactoryEngine, type InspectionStore } from "@/server/engines/llamafactory";
import { evaluationRun, type TargetFolders } from "@/server/evaluations/evaluations";
import { PredictionFiles } from "@/server/evaluations/predictions";
import { programScorer } from "@/server/evaluations/program-scorer";
import { Exports } from "@/server/exports/exports";
import { exportPushSource, targetPushSource } from "@/server/exports/push-sources";
import { registerDownloaded } from "@/server/datasets/downloaded-dataset";
import { Hub, type HubOptions } from "@/server/hub/hub";
import { Pushes } from "@/server/hub/pushes";
import { readModelConfig } from "@/server/models/model-folder-facts";
import { shapeOfConfig } from "@/server/models/model-shape";
import { Models } from "@/server/models/models";
import type { RunListener } from "@/server/runs/follower";
import { chosenForecast, type ChoiceSources } from "@/server/runs/chosen-forecast";
import { sourceProblems, type ForecastSources } from "@/server/runs/forecast";
import { Runs } from "@/server/runs/runs";
import type { TrainingEngine } from "@/server/runs/training-outlook";
import type { GraphicsCard } from "@/server/processes/graphics-cards";
import { openStore, type SettingTable } from "@/server/store/database";
import { hubStore, inspectionStore, keptDataLimits } from "./kept-settings";

export interface ServiceOptions {
  /** The repository's folder. */
  root: string;
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  version: string;
  port: number;
  listener: RunListener;
  /** Measures this computer: graphics cards are asked of it. */
  machine?: () => Promise<MachineStatus>;
  /** Other engines than the built-in ones, by id: for tests. */
  engines?: ReadonlyMap<EngineId, Engine>;
  /** How long a stopped run may take to save and end. */
  graceMs?: number;
  /** Other graphics cards than the machine's: for tests. */
  cards?: () => Promise<readonly GraphicsCard[]>;
  /** Another environment, patience or disk than the real one: for tests. */
  hub?: Pick<HubOptions, "environment" | "patienceMs" | "freeBytes">;
}

export interface Services {
  version: string;
  engines: ReadonlyMap<EngineId, Engine>;
  runs: Runs;
  datasets: Datasets;
  datasetChanges: DatasetChanges;
  models: Models;
  configs: NamedConfigs;
  chat: Chat;
  conversations: Conversations;
  promptSets: PromptSets;
  endpoints: Endpoints;
  evaluations: EvaluationService;
  exports: Exports;
  pushes: Pushes;
  hub: Hub;
  gpu: GpuLibraryInstaller;
  settings: SettingsService;
  forecast(request: Pick<CreateRun, "config" | "engine">): Promise<Forecast>;
  /** Lets training programs run on; model servers leave. */
  close(): Promise<void>;
}

export interface EvaluationService {
  predictions: PredictionFiles;
  /** Makes the run that measures a model; returns its id. */
  evaluate(request: CreateEvaluation): Promise<string>;
}

export interface SettingsService {
  read(): Settings;
  write(change: UpdateSettings): Promise<void>;
}

const LLAMAFACTORY_CLI = "llamafactory_cli";

export async function openServices(options: ServiceOptions): Promise<Services> {
  const { root, home, version, port } = options;
  const store = await openStore(path.join(home, "tuneboard.db"), path.join(root, "prisma", "migrations"));
  let llamaFactoryPath = await store.settings.get(LLAMAFACTORY_CLI);
  const inspections = await inspectionStore(store.settings);
  const engines =
    options.engines ??
    builtInEngines({
      root,
      version,
      llamaFactoryPath: () => llamaFactoryPath,
      inspections,
      hubEnvironment: () => hub.engineEnvironment(),
    });
  const runs = new Runs({
    home,
    engines,
    index: store.runs,
    listener: options.listener,
    graceMs: options.graceMs,
    cards: options.cards,
    preflight: (config, engine) => sourceProblems(config, engine, sources),
    chooseEngine: async (request) => (await chosenForecast(request, forecastSources, "wait")).choice,
  });
  const datasets = new Datasets(home, {
    file: process.execPath,
    args: [path.join(root, ".build", "cli.mjs"), "preview"],
    env: { TUNEBOARD_BUILT: "1" },
    cwd: home,
  });
  const dataLimits = await keptDataLimits(store.settings);
  const datasetChanges = new DatasetChanges(datasets, home, () => dataLimits.current);
  const models = new Models({
    home,
    runFolders: () => runs.fullModels(),
    runAdapters: () =>
      runs.withWeights().filter(({ kind, saved }) => kind === "adapter" && saved[0]?.name === ""),
    neededBy: (folder) => neededBy(runs, slashedPath(home, folder)),
  });
  const sources: Pick<ForecastSources, "datasetSize" | "model"> = {
    datasetSize: (folder, name) => datasets.size(folder, name),
    model: (typed) => models.inspect(typed),
  };
  const forecastSources: ChoiceSources = {
    ...sources,
    measured: () => runs.measured(),
    engine: (id) => runs.engine(id),
    engines: () => [...engines.values()].map(trainingEngine),
    machine: async () => ({
      memory_bytes: process.availableMemory(),
      gpu_bytes: ((await options.machine?.())?.gpus ?? []).flatMap(({ memory_total_bytes: bytes }) =>
        bytes === null ? [] : [bytes],
      ),
    }),
    threads: os.availableParallelism(),
    availableMemory: () => process.availableMemory(),
    otherEngine: () => engines.get("llamafactory") ?? null,
    exists: (relative) => existsSync(path.resolve(home, relative)),
  };
  const hub = await openHub(home, { datasetChanges, settings: store.settings, ...options.hub });
  hub.recover();
  const pool = new ServerPool({
    home,
    engine: (id) => runs.engine(id),
    cards: (id) => cardsOf(engines.get(id)?.known() ?? null),
    availableMemory: () => process.availableMemory(),
  });
  const endpoints = new Endpoints(home);
  const chat = new Chat(
    {
      models: async () =>
        (await models.list())
          .filter((model) => isChatBase(model, engines))
          .map((model) => chatModelSource(model, home)),
      runs: () => runs.withWeights(),
    },
    pool,
    (folder) => models.weights(folder),
    endpoints,
  );
  const target = (id: string) => targetFolders(id, { chat, runs, home });
  const cli = [path.join(root, ".build", "cli.mjs")];
  const exports = new Exports({
    home,
    engine: (id) => runs.engine(id),
    target,
    selfTest: (argsFile) => ({
      file: process.execPath,
      args: [...cli, "self-test", argsFile],
      env: { TUNEBOARD_BUILT: "1" },
      cwd: home,
    }),
  });
  const pushes = new Pushes({
    home,
    access: () => hub.access("huggingface"),
    redact: (text) => hub.redact(text),
    source: async (id) => exportPushSource(id, exports, home) ?? targetPushSource(id, await target(id), home),
  });

  return {
    version,
    engines,
    runs,
    evaluations: {
      predictions: new PredictionFiles(programScorer(process.execPath, cli)),
      evaluate: async (request) => runs.create(evaluationRun(request, await target(request.target))),
    },
    exports,
    pushes,
    datasets,
    datasetChanges,
    models,
    configs: new NamedConfigs(home),
    chat,
    conversations: new Conversations(home),
    promptSets: new PromptSets(home),
    endpoints,
    hub,
    gpu: gpuLibraryInstaller(root),
    settings: {
      read: () => ({
        home,
        port,
        version,
        node: process.versions.node,
        llamafactory_cli: llamaFactoryPath,
        upload_limit_bytes: dataLimits.current.uploadBytes,
        disk_floor_bytes: dataLimits.current.diskFloorBytes,
      }),
      async write(change) {
        await dataLimits.set(change);
        if (change.llamafactory_cli === undefined) return;
        await store.settings.set(LLAMAFACTORY_CLI, change.llamafactory_cli);
        llamaFactoryPath = change.llamafactory_cli;
      },
    },
    forecast: (request) => chosenForecast(request, forecastSources),
    async close() {
      await Promise.all([hub.close(), pushes.close()]);
      await runs.close();
      datasets.close();
      pool.close();
      await store.close();
    },
  };
}

/** The hub with its settings from the database, and finished datasets registered. */
async function openHub(
  home: string,
  {
    datasetChanges,
    settings,
    ...rest
  }: { datasetChanges: DatasetChanges; settings: SettingTable } & NonNullable<ServiceOptions["hub"]>,
): Promise<Hub> {
  return new Hub({
    home,
    ...rest,
    settings: await hubStore(settings),
    readConfig: (text) => {
      const config = readModelConfig(text);
      return typeof config === "string"
        ? { family: null, shape: null }
        : { family: config.model_type ?? null, shape: shapeOfConfig(config) };
    },
    onDataset: (downloaded) => registerDownloaded(datasetChanges, home, downloaded),
  });
}

function builtInEngines(parts: {
  root: string;
  version: string;
  llamaFactoryPath: () => string | null;
  inspections: InspectionStore;
  /** Tells LLaMA-Factory which hub was chosen. */
  hubEnvironment: () => Record<string, string>;
}): Map<EngineId, Engine> {
  const cli = path.join(parts.root, ".build", "cli.mjs");
  const llamaFactory = llamaFactoryEngine(parts.llamaFactoryPath, parts.inspections);
  return new Map<EngineId, Engine>([
    ["embedded", embeddedEngine({ cli, version: parts.version })],
    [
      "llamafactory",
      {
        ...llamaFactory,
        environment: (config) => ({ ...parts.hubEnvironment(), ...llamaFactory.environment(config) }),
      },
    ],
  ]);
}

/** Folders behind a chat target, as a person would type them from the home folder. @throws AppError not_found */
async function targetFolders(
  id: string,
  { chat, runs, home }: { chat: Chat; runs: Runs; home: string },
): Promise<TargetFolders> {
  const { target, modelFolder, adapterFolder, template, engine } = await chat.serving(id);
  const made = target.run_id === null || adapterFolder === null ? "full" : runs.summary(target.run_id).method;
  return {
    label: target.label,
    modelFolder: typedPath(home, modelFolder),
    adapterFolder: adapterFolder && typedPath(home, adapterFolder),
    method: made,
    template,
    engine,
  };
}

/** Detecting an engine may take seconds; until it is known it is not counted on. */
function trainingEngine(engine: Engine): TrainingEngine {
  const isEmbedded = engine.id === "embedded";
  return {
    id: engine.id,
    available: statusNow(engine)?.available ?? isEmbedded,
    methods: isEmbedded ? EMBEDDED_METHODS : FINETUNING_TYPES,
  };
}

/**
 * Whole models of runs are targets of their own, under the run's name. What the embedded engine cannot load is one where
 * LLaMA-Factory is there.
 */
function isChatBase({ supported, source }: ModelSummary, engines: ReadonlyMap<EngineId, Engine>): boolean {
  return source !== "run" && (supported || engines.get("llamafactory")?.known()?.available === true);
}

/** Runs that go or wait must find their model. */
function neededBy(runs: Runs, model: string): string | null {
  const run = runs
    .list()
    .find(
      ({ id, status }) => !isEnded(status) && textOf(runs.detail(id).config["model_name_or_path"]) === model,
    );
  return run ? `The run ${run.name} needs it. Wait until it has ended, or stop it.` : null;
}

function chatModelSource(model: ModelSummary, home: string): ChatModelSource {
  const size = model.parameters === null ? [] : [`${(model.parameters / 1e6).toFixed(1)}M`];
  return {
    name: model.name,
    folder: path.resolve(home, model.path),
    detail: [...size, model.family ?? ""].filter(Boolean).join(" · "),
    template: model.template,
    engine: model.supported ? "embedded" : "llamafactory",
  };
}
