/**
 * The inference server: OpenAI's HTTP API over one base model and its adapters. Routes, bodies, streams and statuses; the
 * computing is behind `ChatEngine`, in a worker thread, so lists and health are answered while a model generates.
 *
 *   GET  /health                 { status: "ok", model, weights, parameters, context_length }; 503 while loading
 *   GET  /v1/models              OpenAI's list: "base", and each adapter's name; 503 while loading
 *   POST /v1/chat/completions    OpenAI's chat, streamed or whole; plus top_k, repetition_penalty, enable_thinking
 *   POST /v1/completions         goes on with a text as it is
 *   POST /v1/load_lora_adapter   { lora_name, lora_path }, as in vLLM: serves one more adapter; from this machine only,
 *                                below adapter_roots (where none are set: anywhere, but only with an API_KEY)
 *
 * Beside OpenAI's fields, the last chunk (or the whole reply) has `usage` and `timings: { first_token_ms,
 * tokens_per_second }`. Closing the connection stops the answer within one token.
 *
 * For a program that starts it (`tuneboard api …`, API_PORT=0 for any free port), stdout is one JSON object a line:
 *   {"listening":"http://127.0.0.1:43117","host":"127.0.0.1","port":43117,"models":["base","my-run"]}
 *   {"ready":"…/model","weights":"float32 weights","parameters":134515008,"context_length":8192,"seconds":1.7}
 * The first comes at once, the second when the weights are loaded; answers asked for in between wait. Where they cannot be loaded,
 * one line on stderr says why and the process ends with code 1.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { AppError } from "../../contract/errors";
import type { ChatEvent } from "../generate/chat-model";
import type { ApiConfig } from "./api-config";
import type { ChatEngine, EngineInfo, PlainChatRequest } from "./chat-engine";
import {
  closeEventStream,
  openEventStream,
  readJson,
  reportFailure,
  sendError,
  sendEvent,
  sendJson,
} from "./http-messages";
import {
  eventChunk,
  openingChunk,
  replyFrame,
  usageChunk,
  wholeReply,
  type ReplyFrame,
} from "./openai-replies";
import {
  loadAdapterSchema,
  chatCompletionSchema,
  completionSchema,
  parseBody,
  toContinuation,
  toConversation,
} from "./openai-requests";
import { isLoopbackAddress, refusal, type GuardOptions } from "./request-guard";
import type { ServedModel, ServedModels } from "./served-models";

export interface ApiServerOptions {
  readonly engine: ChatEngine;
  readonly models: ServedModels;
  readonly config: ApiConfig;
  readonly guard: GuardOptions;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;
type Methods = Readonly<Record<string, Handler>>;

/** The server, not yet listening. */
export function createApiServer(options: ApiServerOptions): Server {
  const routes = createRoutes(options);
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const refused = refusal(request, options.guard);
    if (refused) {
      const code = refused.status === 401 ? "invalid_api_key" : "forbidden";
      return sendError(response, refused.status, { message: refused.message, code });
    }
    const [methods, path] = routes(request);
    const handler = methods?.[request.method ?? ""];
    if (handler) return handler(request, response);
    if (!methods)
      throw new AppError("not_found", `There is no ${path} here. See /v1/models and /v1/chat/completions.`);
    const message = `${request.method} is not for ${path}; use ${Object.keys(methods).join(" or ")}.`;
    return sendError(response, 405, { message, code: "method_not_allowed" });
  };
  return createServer((request, response) => {
    handle(request, response).catch((error: unknown) => reportFailure(response, error));
  });
}

/** What a request's path offers, by method; undefined where there is no such path. */
function createRoutes(
  options: ApiServerOptions,
): (request: IncomingMessage) => [Methods | undefined, string] {
  const { engine, models, config } = options;
  const info = whenReady(engine);
  const table: Readonly<Record<string, Methods>> = {
    "/health": {
      GET: (_request, response) => sendJson(response, info() ? 200 : 503, health(config, info())),
    },
    "/v1/models": {
      GET: (_request, response) => {
        // Programs that start a server ask for this until it is there.
        if (!info()) throw new AppError("busy", "The model is still being loaded.");
        sendJson(response, 200, { object: "list", data: models.list().map(describeModel) });
      },
    },
    "/v1/chat/completions": {
      POST: async (request, response) => {
        const body = parseBody(chatCompletionSchema, await readJson(request));
        const model = findModel(models, body.model);
        const asked = toConversation(body, config, model.adapterPath);
        await reply(response, {
          engine,
          asked,
          frame: replyFrame(true, model.name),
          streaming: streamingOf(body),
        });
      },
    },
    "/v1/completions": {
      POST: async (request, response) => {
        const body = parseBody(completionSchema, await readJson(request));
        const model = findModel(models, body.model);
        const asked = toContinuation(body, config, model.adapterPath);
        await reply(response, {
          engine,
          asked,
          frame: replyFrame(false, model.name),
          streaming: streamingOf(body),
        });
      },
    },
    "/v1/load_lora_adapter": {
      POST: async (request, response) => {
        if (!isLoopbackAddress(request.socket.remoteAddress)) {
          throw new AppError("forbidden", "Adapters can be added from this machine only.");
        }
        const asked = parseBody(loadAdapterSchema, await readJson(request));
        const folder = models.allowedAdapter(asked.lora_path);
        await engine.loadAdapter(folder);
        sendJson(response, 200, describeModel(models.add(asked.lora_name, folder)));
      },
    },
  };
  const oneModel = (name: string): Methods => ({
    GET: (_request, response) => sendJson(response, 200, describeModel(findModel(models, name))),
  });
  return ({ url }) => {
    const path = (url ?? "/").split("?", 1)[0]!;
    const name = /^\/v1\/models\/(.+)$/.exec(path)?.[1];
    return [name === undefined ? table[path] : oneModel(decodeName(name)), path];
  };
}

/** A model's name out of a path; as it stands where its percent signs mean nothing. */
function decodeName(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What the engine said of itself when it was ready; null until then. */
function whenReady(engine: ChatEngine): () => EngineInfo | null {
  let known: EngineInfo | null = null;
  void engine.ready.then((info) => (known = info)).catch(() => undefined);
  return () => known;
}

function health(config: ApiConfig, info: EngineInfo | null): object {
  const model = config.model_name_or_path;
  if (!info) return { status: "loading", model };
  return {
    status: "ok",
    model,
    weights: info.weights,
    parameters: info.parameters,
    context_length: info.contextLength,
  };
}

function describeModel({ name, created }: ServedModel): object {
  return { id: name, object: "model", created, owned_by: "tuneboard" };
}

function findModel(models: ServedModels, name: string): ServedModel {
  const found = models.find(name);
  if (found) return found;
  const known = models.list().map((model) => model.name);
  throw new AppError("not_found", `The model "${name}" is not served here. Served are: ${known.join(", ")}.`);
}

interface Streaming {
  readonly stream: boolean;
  readonly includeUsage: boolean;
}

function streamingOf(body: {
  stream?: boolean | null;
  stream_options?: { include_usage?: boolean | null } | null;
}): Streaming {
  return { stream: body.stream ?? false, includeUsage: body.stream_options?.include_usage ?? false };
}

interface Reply {
  readonly engine: ChatEngine;
  readonly asked: PlainChatRequest;
  readonly frame: ReplyFrame;
  readonly streaming: Streaming;
}

async function reply(response: ServerResponse, { engine, asked, frame, streaming }: Reply): Promise<void> {
  const controller = new AbortController();
  response.on("close", () => controller.abort());
  const events = engine.chat(asked, controller.signal);
  if (streaming.stream) return stream(response, { events, frame, streaming });
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  sendJson(response, 200, wholeReply(frame, all));
}

async function stream(
  response: ServerResponse,
  { events, frame, streaming }: { events: AsyncIterable<ChatEvent>; frame: ReplyFrame; streaming: Streaming },
): Promise<void> {
  let calls = false;
  for await (const event of events) {
    // Not before the first event: until then, a failure can still have a status of its own.
    if (!response.headersSent) {
      openEventStream(response);
      const opening = openingChunk(frame);
      if (opening) sendEvent(response, opening);
    }
    if (event.kind === "tool_calls") calls = true;
    sendEvent(response, eventChunk(frame, event, calls));
    if (event.kind === "end" && streaming.includeUsage) sendEvent(response, usageChunk(frame, event.numbers));
  }
  closeEventStream(response);
}
