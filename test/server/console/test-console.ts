/** A real console on a free port with a home of its own and a scripted trainer in place of a real one. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { mkdirSync } from "node:fs";
import { get } from "node:http";
import os from "node:os";
import path from "node:path";
import { io, type Socket } from "socket.io-client";
import { createConsole, type Console } from "@/server/console";
import type { EngineId } from "@/server/contract/api";
import type { ClientEvents, Reply, ServerEvents } from "@/server/contract/events";
import type { RunDetail, RunStatus } from "@/server/contract/run";
import type { GraphicsCard } from "@/server/processes/graphics-cards";
import type { Engine } from "@/server/engines/engine";
import { unknownStatus } from "@/server/engines/engine-status";

export const repository = path.resolve(import.meta.dirname, "../../..");

export interface Script {
  steps: number;
  stepMs: number;
  failAt?: number;
  exitCode?: number;
  words?: string;
  ignoreTerm?: boolean;
  halfLine?: boolean;
  saveEvery?: number;
  silentMs?: number;
  stubbornChild?: boolean;
}

export const trainer = path.join(import.meta.dirname, "scripted-trainer.mjs");

/** An engine that runs the scripted trainer with whatever script.json in the home folder says at the time. */
export function scriptedEngine(home: string): Engine {
  return {
    id: "embedded",
    stopSignal: "SIGTERM",
    readsLocalTextOnly: false,
    servesManyAdapters: true,
    known: () => null,
    environment: () => ({}),
    generatedFiles: () => [],
    previewCommand: ({ argsFile }) => `npx tuneboard train ${argsFile}`,
    shownCommand: (argsFile) => `npx tuneboard train ${argsFile}`,
    detect: () =>
      Promise.resolve({
        ...unknownStatus("embedded"),
        name: "Scripted",
        available: true,
        version: "1",
      }),
    check: (config) =>
      config["optim"] === "unheard_of"
        ? [{ argument: "optim", severity: "error", message: "optim: unheard_of is not supported here." }]
        : [],
    trainArguments: (args) => ({ ...args }),
    command: (task) => ({
      file: process.execPath,
      args: [
        trainer,
        task.argsFile,
        path.join(home, "script.json"),
        ...(task.kind === "train" ? task.overrides : []),
      ],
      env: {},
      cwd: task.cwd,
    }),
  };
}

export interface TestConsole extends Console {
  home: string;
  api<T>(address: string, init?: { method?: string; body?: unknown }): Promise<{ status: number; body: T }>;
  connect(): Promise<Socket<ServerEvents, ClientEvents>>;
  script(script: Script): Promise<void>;
  /** Starts a run of the tiny model; resolves with its id. */
  startRun(config?: Record<string, unknown>): Promise<string>;
  untilStatus(id: string, ...statuses: RunStatus[]): Promise<RunDetail>;
}

export const runConfig = {
  model_name_or_path: "models/tiny",
  template: "default",
  dataset: "greetings",
  stage: "sft",
  finetuning_type: "lora",
  learning_rate: "1e-4",
};

/** A home folder with one dataset; the caller removes it with `removeHome`. */
export async function makeHome(): Promise<string> {
  const home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-test-"));
  mkdirSync(path.join(home, "data"), { recursive: true });
  await writeFile(
    path.join(home, "data", "dataset_info.json"),
    JSON.stringify({ greetings: { file_name: "greetings.json" } }),
  );
  const rows = Array.from({ length: 40 }, (_, i) => ({
    instruction: `Greet guest ${i}.`,
    input: "",
    output: `Hello, guest ${i}!`,
  }));
  await writeFile(path.join(home, "data", "greetings.json"), JSON.stringify(rows));
  await writeFile(path.join(home, "script.json"), JSON.stringify({ steps: 5, stepMs: 20 } satisfies Script));
  return home;
}

export const removeHome = (home: string) => rm(home, { recursive: true, force: true, maxRetries: 5 });

/** Starts a console without pages on a home folder. */
export async function openConsole(
  home: string,
  options: {
    graceMs?: number;
    engine?: Engine;
    /** All engines in place of the scripted one. */
    engines?: ReadonlyMap<EngineId, Engine>;
    cards?: readonly GraphicsCard[];
  } = {},
): Promise<TestConsole> {
  const started = await createConsole({
    root: repository,
    home,
    port: 0,
    pages: false,
    version: "0.0.0-test",
    graceMs: options.graceMs ?? 5000,
    cards: () => Promise.resolve(options.cards ?? []),
    engines:
      options.engines ?? new Map<EngineId, Engine>([["embedded", options.engine ?? scriptedEngine(home)]]),
  });
  const sockets: Socket[] = [];

  async function api<T>(address: string, { method = "GET", body }: { method?: string; body?: unknown } = {}) {
    const reply = await fetch(started.url + address, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
      }),
    });
    return { status: reply.status, body: (await reply.json()) as T };
  }

  return {
    ...started,
    home,
    api,
    async close() {
      for (const socket of sockets) socket.disconnect();
      await started.close();
    },
    connect() {
      const socket: Socket<ServerEvents, ClientEvents> = io(started.url, {
        transports: ["websocket"],
        forceNew: true,
        reconnection: false,
      });
      sockets.push(socket);
      return new Promise((resolve, reject) => {
        socket.once("connect", () => resolve(socket));
        socket.once("connect_error", reject);
      });
    },
    script: (script) => writeFile(path.join(home, "script.json"), JSON.stringify(script)),
    async startRun(config = {}) {
      const { status, body } = await api<{ id: string; error?: { message: string } }>("/api/runs", {
        method: "POST",
        body: { config: { ...runConfig, ...config } },
      });
      if (status !== 201) throw new Error(`The run was refused: ${body.error?.message}`);
      return body.id;
    },
    async untilStatus(id, ...statuses) {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const { body } = await api<RunDetail>(`/api/runs/${id}`);
        if (statuses.includes(body.status)) return body;
        if (Date.now() > deadline)
          throw new Error(`The run is ${body.status}, not ${statuses.join(" or ")}: ${body.error}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** The data of an acknowledged socket request. */
export function dataOf<T>(reply: Reply<T>): T {
  if ("error" in reply) throw new Error(reply.error.message);
  return reply.data;
}

/** GET with headers that fetch does not let one set, such as Host; resolves with status and body. */
export function rawGet(
  url: string,
  headers: Record<string, string>,
): Promise<{ status: number; body: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("end", () =>
        resolve({
          status: reply.statusCode ?? 0,
          body: Buffer.concat(chunks).toString("utf8"),
          headers: reply.headers,
        }),
      );
    });
    request.on("error", reject);
  });
}

/** Bytes of a file of a run. */
export const runFile = (home: string, detail: Pick<RunDetail, "folder">, name: string) =>
  readFile(path.join(home, detail.folder, name), "utf8");
