/**
 * `tuneboard api [config.yaml] [key=value …]`: reads the configuration and the environment (API_HOST, API_PORT, API_KEY as
 * in LLaMA-Factory), starts the worker and the server, says on stdout what `server.ts` documents.
 */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { AppError } from "../../contract/errors";
import type { ChatModelOptions } from "../generate/chat-model";
import { readApiArguments, weightBits, type ApiConfig } from "./api-config";
import type { ChatEngine } from "./chat-engine";
import { isLoopbackAddress } from "./request-guard";
import { createServedModels } from "./served-models";
import { createApiServer } from "./server";
import { createWorkerEngine } from "./worker-engine";

const DEFAULT_PORT = 8000;

/**
 * Serves until SIGINT or SIGTERM, or until the program that started it with an IPC channel is gone.
 * @throws AppError where the configuration, the model or the port cannot be used
 */
export async function runApi(words: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const { config, notes } = await readApiArguments(words);
  const host = env["API_HOST"] || "127.0.0.1";
  const apiKey = env["API_KEY"] || null;
  const models = createServedModels({
    adapters: config.adapter_name_or_path,
    // Whoever has the key may name any folder; without one, only those that the configuration opens.
    roots: config.adapter_roots.length === 0 && apiKey !== null ? null : config.adapter_roots,
  });
  for (const note of notes) console.error(`Note: ${note}`);
  if (!isLoopbackAddress(host) && apiKey === null) {
    console.error(
      `Note: ${host} can be reached from other machines, and no API_KEY is set: whoever reaches it may use it.`,
    );
  }

  const stopped = untilStopped();
  const engine = createWorkerEngine(chatModelOptions(config));
  const server = createApiServer({
    engine,
    models,
    config,
    guard: { apiKey, loopbackOnly: isLoopbackAddress(host) },
  });
  try {
    server.listen(portOf(env), host);
    await once(server, "listening");
    announce({
      ...listening(server.address() as AddressInfo),
      models: models.list().map(({ name }) => name),
    });
    await Promise.race([
      stopped,
      announceReady(engine, config).then(() => stopped),
      engine.lost.then((error) => Promise.reject(error)),
    ]);
  } catch (error) {
    throw portTaken(error)
      ? new AppError(
          "busy",
          `Port ${portOf(env)} on ${host} is taken. Set API_PORT to another one (0: any that is free).`,
        )
      : error;
  } finally {
    server.close();
    server.closeAllConnections();
    await engine.close();
  }
}

export function chatModelOptions(config: ApiConfig): ChatModelOptions {
  return {
    modelPath: path.resolve(config.model_name_or_path),
    template: config.template,
    defaultSystem: config.default_system,
    bits: weightBits(config),
  };
}

function portOf(env: NodeJS.ProcessEnv): number {
  const text = env["API_PORT"];
  const port = text ? Number(text) : DEFAULT_PORT;
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new AppError("invalid_config", `API_PORT is "${text}", it must be a number from 0 to 65535.`);
}

function listening({ address, family, port }: AddressInfo) {
  return { listening: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`, host: address, port };
}

async function announceReady(engine: ChatEngine, config: ApiConfig): Promise<void> {
  const { weights, parameters, contextLength, loadSeconds } = await engine.ready;
  announce({
    ready: config.model_name_or_path,
    weights,
    parameters,
    context_length: contextLength,
    seconds: Math.round(loadSeconds * 10) / 10,
  });
  if (process.stderr.isTTY)
    console.error("Ask with POST /v1/chat/completions, as OpenAI's clients do. Ctrl-C ends the server.");
}

function announce(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
    process.once("disconnect", () => resolve());
  });
}

function portTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}
