/**
 * The console's rooms put together: store, engines, runs, datasets, models, chat. Each is handed its collaborators here;
 * no room looks another one up. It does not know HTTP, sockets or pages.
 */
import os from "node:os";
import path from "node:path";
import { Chat } from "@/server/chat/chat";
import type { ChatModelSource } from "@/server/chat/chat-targets";
import { ServerPool } from "@/server/chat/server-pool";
import type { CreateRun, EngineId, Forecast, ModelSummary, Settings } from "@/server/contract/api";
import { Datasets } from "@/server/datasets/datasets";
import { embeddedEngine } from "@/server/engines/embedded";
import type { Engine } from "@/server/engines/engine";
import { gpuLibraryInstaller, type GpuLibraryInstaller } from "@/server/engines/gpu-library";
import { llamaFactoryEngine } from "@/server/engines/llamafactory";
import { modelShape } from "@/server/models/model-shape";
import { Models } from "@/server/models/models";
import type { RunListener } from "@/server/runs/follower";
import { forecast } from "@/server/runs/forecast";
import { Runs } from "@/server/runs/runs";
import { openStore } from "@/server/store/database";

export interface ServiceOptions {
  /** The repository's folder. */
  root: string;
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  version: string;
  port: number;
  listener: RunListener;
  /** Other engines than the built-in ones, by id: for tests. */
  engines?: ReadonlyMap<EngineId, Engine>;
  /** How long a stopped run may take to save and end. */
  graceMs?: number;
}

export interface Services {
  version: string;
  engines: ReadonlyMap<EngineId, Engine>;
  runs: Runs;
  datasets: Datasets;
  models: Models;
  chat: Chat;
  gpu: GpuLibraryInstaller;
  settings: SettingsService;
  forecast(request: Pick<CreateRun, "config" | "engine">): Promise<Forecast>;
  /** Lets training programs run on; model servers leave. */
  close(): Promise<void>;
}

export interface SettingsService {
  read(): Settings;
  write(change: Pick<Settings, "llamafactory_cli">): Promise<void>;
}

const LLAMAFACTORY_CLI = "llamafactory_cli";

export async function openServices(options: ServiceOptions): Promise<Services> {
  const { root, home, version, port } = options;
  const store = await openStore(path.join(home, "tuneboard.db"), path.join(root, "prisma", "migrations"));
  let llamaFactoryPath = await store.settings.get(LLAMAFACTORY_CLI);
  const engines = options.engines ?? builtInEngines(root, version, () => llamaFactoryPath);
  const runs = new Runs({
    home,
    engines,
    index: store.runs,
    listener: options.listener,
    graceMs: options.graceMs,
  });
  const datasets = new Datasets(home);
  const models = new Models({ home, runFolders: () => runs.fullModels() });
  const pool = new ServerPool({
    home,
    engine: runs.engine("embedded"),
    availableMemory: () => process.availableMemory(),
  });
  const chat = new Chat(
    {
      models: async () =>
        (await models.list()).filter(isChatBase).map((model) => chatModelSource(model, home)),
      runs: () => runs.withWeights(),
    },
    pool,
    (folder) => models.weights(folder),
  );

  return {
    version,
    engines,
    runs,
    datasets,
    models,
    chat,
    gpu: gpuLibraryInstaller(root),
    settings: {
      read: () => ({ home, port, version, node: process.versions.node, llamafactory_cli: llamaFactoryPath }),
      async write(change) {
        await store.settings.set(LLAMAFACTORY_CLI, change.llamafactory_cli);
        llamaFactoryPath = change.llamafactory_cli;
      },
    },
    forecast: (request) =>
      forecast(request, {
        datasetSize: (folder, name) => datasets.size(folder, name),
        model: async (typed) => {
          const [facts, { problem }] = await Promise.all([models.facts(typed), models.inspect(typed)]);
          return { shape: modelShape(facts), problem };
        },
        measured: () => runs.measured(),
        engine: (id) => runs.engine(id),
        threads: os.availableParallelism(),
      }),
    async close() {
      await runs.close();
      pool.close();
      await store.close();
    },
  };
}

function builtInEngines(
  root: string,
  version: string,
  llamaFactoryPath: () => string | null,
): Map<EngineId, Engine> {
  const cli = path.join(root, ".build", "cli.mjs");
  return new Map<EngineId, Engine>([
    ["embedded", embeddedEngine({ cli, version })],
    ["llamafactory", llamaFactoryEngine(llamaFactoryPath)],
  ]);
}

/** Whole models of runs are targets of their own, under the run's name. */
function isChatBase({ supported, source }: ModelSummary): boolean {
  return supported && source !== "run";
}

function chatModelSource(model: ModelSummary, home: string): ChatModelSource {
  const size = model.parameters === null ? [] : [`${(model.parameters / 1e6).toFixed(1)}M`];
  return {
    name: model.name,
    folder: path.resolve(home, model.path),
    detail: [...size, model.family ?? ""].filter(Boolean).join(" · "),
    template: model.template,
  };
}
