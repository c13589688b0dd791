/**
 * The console put together: store, engines, runs, datasets, models, chat, HTTP, socket and pages, listening on loopback.
 * Everything is handed its collaborators here; no room looks another one up.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import os from "node:os";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { EngineId, ModelSummary } from "@/server/contract/api";
import { Chat } from "@/server/chat/chat";
import type { ChatModelSource } from "@/server/chat/chat-targets";
import { ServerPool } from "@/server/chat/server-pool";
import { Datasets } from "@/server/datasets/datasets";
import { embeddedEngine } from "@/server/engines/embedded";
import type { Engine } from "@/server/engines/engine";
import { gpuLibraryInstaller } from "@/server/engines/gpu-library";
import { llamaFactoryEngine } from "@/server/engines/llamafactory";
import { chatRoutes } from "@/server/http/chat";
import { datasetRoutes } from "@/server/http/datasets";
import { engineRoutes, settingsRoutes } from "@/server/http/engines";
import { gpuRoutes } from "@/server/http/gpu";
import { refusal } from "@/server/http/guard";
import { machineMeter, machineRoutes } from "@/server/http/machine";
import { modelRoutes } from "@/server/http/models";
import { openPages, type Pages } from "@/server/http/pages";
import { createRouter, sendError, type Route } from "@/server/http/router";
import { runRoutes } from "@/server/http/runs";
import { setSecurityHeaders } from "@/server/http/security-headers";
import { Models } from "@/server/models/models";
import { modelShape } from "@/server/models/model-shape";
import { forecast } from "@/server/runs/forecast";
import { Runs } from "@/server/runs/runs";
import { openSocket } from "@/server/socket/socket";
import { openStore } from "@/server/store/database";
import { prepareHome } from "./home-folder";

const LLAMAFACTORY_CLI = "llamafactory_cli";

export interface ConsoleSetUp {
  /** The repository's folder. */
  root: string;
  /** Absolute path of TUNEBOARD_HOME; made where it is missing. */
  home: string;
  host?: string;
  /** 0 for any free port. */
  port: number;
  /** Which pages to serve; false for the API alone. */
  pages: "development" | "production" | false;
  version: string;
  /** Other engines than the built-in ones, by id: for tests. */
  engines?: ReadonlyMap<EngineId, Engine>;
  /** How long a stopped run may take to save and end. */
  graceMs?: number;
}

export interface Console {
  /** "http://127.0.0.1:7860" */
  url: string;
  port: number;
  /** Frees the port and lets training programs run on. */
  close(): Promise<void>;
}

/** Starts a console. @throws AppError busy where the port is taken */
export async function createConsole(setUp: ConsoleSetUp): Promise<Console> {
  const { root, home, version, host = "127.0.0.1" } = setUp;
  prepareHome(home, root);
  const store = await openStore(path.join(home, "tuneboard.db"), path.join(root, "prisma", "migrations"));
  const cli = path.join(root, ".build", "cli.mjs");
  let llamaFactoryPath = await store.settings.get(LLAMAFACTORY_CLI);
  const engines =
    setUp.engines ??
    new Map<EngineId, Engine>([
      ["embedded", embeddedEngine({ cli, version })],
      ["llamafactory", llamaFactoryEngine(() => llamaFactoryPath)],
    ]);

  let pages: Pages | null = null;
  let api = (_request: IncomingMessage, response: ServerResponse): Promise<void> => {
    sendError(response, new AppError("busy", "The console is starting."));
    return Promise.resolve();
  };
  const server = createServer((request, response) => {
    setSecurityHeaders(response);
    const reason = refusal(request);
    if (reason) sendError(response, new AppError("forbidden", reason));
    else if (/^\/api(\/|\?|$)/.test(request.url ?? "")) void api(request, response);
    else if (pages)
      void pages.handle(request, response).catch((error: unknown) => sendError(response, error));
    else sendError(response, new AppError("not_found", "This console serves the API only."));
  });
  const socket = openSocket(server);
  const machine = machineMeter(home);
  const runs = new Runs({
    home,
    engines,
    index: store.runs,
    listener: socket.listener,
    graceMs: setUp.graceMs,
  });

  const datasets = new Datasets(home);
  const models = new Models({ home, runFolders: () => runs.fullModels() });
  const gpu = gpuLibraryInstaller(root);
  const pool = new ServerPool({
    home,
    engine: runs.engine("embedded"),
    availableMemory: () => process.availableMemory(),
  });
  const chat = new Chat(
    {
      models: async () =>
        (await models.list())
          .filter(({ supported, source }) => supported && source !== "run")
          .map((model) => chatModelSource(model, home)),
      runs: () => runs.withWeights(),
    },
    pool,
    (folder) => models.weights(folder),
  );

  const routes = (port: number): Route[] => [
    { method: "GET", path: "/api/health", handle: () => ({ status: "ok", version }) },
    ...runRoutes(runs, (request) =>
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
    ),
    ...datasetRoutes(datasets),
    ...modelRoutes(models),
    ...engineRoutes(engines),
    ...chatRoutes(chat),
    ...gpuRoutes(gpu),
    ...machineRoutes(machine),
    ...settingsRoutes({
      read: () =>
        Promise.resolve({
          home,
          port,
          version,
          node: process.versions.node,
          llamafactory_cli: llamaFactoryPath,
        }),
      async write(change) {
        await store.settings.set(LLAMAFACTORY_CLI, change.llamafactory_cli);
        llamaFactoryPath = change.llamafactory_cli;
      },
    }),
  ];
  socket.serve(runs, machine);
  const port = await listen(server, setUp.port, host);
  api = createRouter(routes(port));
  runs.recover();
  if (setUp.pages) pages = await openPages({ root, mode: setUp.pages, server, port });

  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    async close() {
      await socket.close();
      server.closeAllConnections();
      await runs.close();
      pool.close();
      await pages?.close();
      await store.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE" || error.code === "EACCES";
      reject(taken ? new AppError("busy", `Port ${port} is taken.`, { cause: error }) : error);
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

function chatModelSource(model: ModelSummary, home: string): ChatModelSource {
  const size = model.parameters === null ? [] : [`${(model.parameters / 1e6).toFixed(1)}M`];
  return {
    name: model.name,
    folder: path.resolve(home, model.path),
    detail: [...size, model.family ?? ""].filter(Boolean).join(" · "),
    template: model.template,
    bytes: model.bytes ?? 0,
  };
}
