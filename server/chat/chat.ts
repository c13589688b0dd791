/**
 * The chat service: lists targets, loads what answers for them, and asks. The browser names targets; folders, ports and
 * secrets stay here.
 */
import type { EngineWish } from "@/server/contract/api";
import type { ChatRequest, ChatServerStatus, ChatTarget } from "@/server/contract/chat";
import { AppError } from "@/server/contract/errors";
import { completionBody } from "./chat-dialect";
import type { Endpoints } from "./endpoints";
import { listServings, type ChatSources, type Serving } from "./chat-targets";
import type { ModelServer, ModelServerSpec } from "./model-server";
import type { ServerPool } from "./server-pool";

/** The name under which a server answers with its base weights alone. */
const BASE_NAME = "base";
const TAKES_TURNS = "Takes its turn: it loads when it is asked and the device is free";

export class Chat {
  constructor(
    private readonly sources: ChatSources,
    private readonly pool: ServerPool,
    /** Size of the weights in a folder, and a text that changes when they do. */
    private readonly weights: (folder: string) => Promise<{ bytes: number; version: string }>,
    private readonly endpoints: Endpoints,
  ) {}

  async targets(): Promise<ChatTarget[]> {
    return [...(await listServings(this.sources)).map(({ target }) => target), ...this.endpoints.targets()];
  }

  /** What a target is made of. @throws AppError not_found */
  async serving(id: string): Promise<Serving> {
    return findServing(await listServings(this.sources), id);
  }

  /** Starts what the targets need and says how far each is; ask again until none is loading. */
  async load(ids: readonly string[], engine: EngineWish = "auto"): Promise<ChatServerStatus[]> {
    const servings = await listServings(this.sources);
    return Promise.all(ids.map((id) => this.loadOne(id, servings, engine)));
  }

  /**
   * Asks a target, loading it first where needed.
   * @param signal aborts the answer
   * @returns the server's stream of events, as OpenAI's API sends it
   * @throws AppError not_found, out_of_memory, engine_failed
   */
  async complete(request: ChatRequest, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    if (this.endpoints.owns(request.target)) return this.endpoints.complete(request, signal);
    const serving = findServing(await listServings(this.sources), request.target);
    const { spec, bytes } = await this.serverSpec(serving, request.engine);
    const server = await this.pool.take(spec, bytes, signal);
    const done = () => {
      server.busy--;
      server.lastUsed = performance.now();
    };
    try {
      await server.started;
      if (server.state === "failed") throw new AppError("engine_failed", server.detail);
      const model = await adapterName(server, serving);
      const reply = await server.ask(
        "/v1/chat/completions",
        completionBody(spec.engine, request, model),
        signal,
      );
      if (!reply.body) throw new AppError("engine_failed", "The model server sent an empty answer.");
      return withEnd(reply.body, done);
    } catch (error) {
      done();
      if (signal.aborted) throw new AppError("cancelled", "The answer was stopped.", { cause: error });
      throw error;
    }
  }

  private async loadOne(
    id: string,
    servings: readonly Serving[],
    engine: EngineWish,
  ): Promise<ChatServerStatus> {
    if (this.endpoints.has(id)) return { target: id, state: "ready", detail: "" };
    try {
      const serving = findServing(servings, id);
      const { spec, bytes } = await this.serverSpec(serving, engine);
      const known = this.pool.peek(spec);
      if (!known && !this.pool.hasRoom(spec)) return { target: id, state: "ready", detail: TAKES_TURNS };
      // One that has failed is started again, unless nobody has been told yet.
      const server = known?.state === "failed" && !known.reported ? known : this.pool.get(spec, bytes);
      if (server.state === "failed") server.reported = true;
      if (server.state !== "ready") return { target: id, state: server.state, detail: server.detail };
      await adapterName(server, serving);
      return { target: id, state: "ready", detail: server.detail };
    } catch (error) {
      if (error instanceof AppError) return { target: id, state: "failed", detail: error.message };
      throw error;
    }
  }

  private async serverSpec(
    serving: Serving,
    wish: EngineWish,
  ): Promise<{ spec: ModelServerSpec; bytes: number }> {
    const { modelFolder, template, adapterFolder } = serving;
    const engine = wish === "auto" ? serving.engine : wish;
    const { bytes, version } = await this.weights(modelFolder);
    // A server that cannot take adapters while it runs starts with its own.
    const ownAdapter = this.pool.sharesBase(engine) ? null : adapterFolder;
    return { spec: { modelFolder, template, version, engine, adapterFolder: ownAdapter }, bytes };
  }
}

function findServing(servings: readonly Serving[], id: string): Serving {
  const serving = servings.find(({ target }) => target.id === id);
  if (!serving)
    throw new AppError("not_found", `There is nothing to chat with under ${id}. It may have been deleted.`);
  return serving;
}

/** The name to ask the server for, its adapter loaded. */
async function adapterName(server: ModelServer, { target, adapterFolder }: Serving): Promise<string> {
  if (adapterFolder === null || server.spec.adapterFolder !== null) return BASE_NAME;
  const name = target.id.replace(/^run:/, "");
  await server.loadAdapter(name, adapterFolder);
  return name;
}

/** The same stream, with a note when it ends, breaks or is given up. */
function withEnd(body: ReadableStream<Uint8Array>, done: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let ended = false;
  const end = () => {
    if (!ended) done();
    ended = true;
  };
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done: finished, value } = await reader.read();
        if (finished) {
          end();
          controller.close();
        } else controller.enqueue(value);
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    async cancel(reason) {
      end();
      await reader.cancel(reason);
    },
  });
}
