/**
 * The model servers that are up. One for each model and template where the engine loads adapters while it runs; else one
 * for each adapter too, and on graphics cards one for each card: they take turns where there are more models than cards.
 * Those unused for longest leave when room runs short or nobody has asked for a while.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { Engine } from "@/server/engines/engine";
import { ModelServer, type ModelServerSpec } from "./model-server";

export interface ServerPoolOptions {
  home: string;
  engine: (id: EngineId) => Engine;
  /** Graphics cards that an engine's servers can have one each of; 0 where they share the processor. */
  cards?: (id: EngineId) => number;
  /** Bytes of memory that programs can still take. */
  availableMemory: () => number;
  /** Servers kept at once. */
  most?: number;
  idleMs?: number;
}

/** A server needs its weights widened to float32, a cache and its program. */
const PROGRAM_BYTES = 250e6;
/** Python with torch and transformers, before any weights. */
const PYTHON_BYTES = 1.1e9;
const SWEEP_MS = 30_000;
const TURN_MS = 100;

export class ServerPool {
  private readonly servers = new Map<string, ModelServer>();
  /** Told to end, and not gone yet: their cards are not free. */
  private readonly leaving = new Set<ModelServer>();
  private readonly sweeper: NodeJS.Timeout;

  constructor(private readonly options: ServerPoolOptions) {
    this.sweeper = setInterval(() => this.sweep(), SWEEP_MS);
    this.sweeper.unref();
  }

  /**
   * The server for a model, started where there is none. One that has failed is tried again.
   * @param weightBytes of its safetensors files, to judge whether it fits
   * @throws AppError out_of_memory where it would not fit even after others have left
   */
  get(spec: ModelServerSpec, weightBytes: number): ModelServer {
    const key = keyOf(spec);
    const known = this.servers.get(key);
    if (known && known.state !== "failed") {
      known.lastUsed = performance.now();
      return known;
    }
    this.servers.delete(key);
    this.makeRoom(spec, weightBytes);
    const card = this.freeCard(spec.engine);
    const server = new ModelServer(spec, this.options.engine(spec.engine), this.options.home, card);
    this.servers.set(key, server);
    return server;
  }

  /**
   * The server for a model, kept for one answer (`busy` is counted up): waits for a card that another model answers on,
   * and takes it then.
   * @throws AppError out_of_memory; cancelled where the signal came first
   */
  async take(spec: ModelServerSpec, weightBytes: number, signal: AbortSignal): Promise<ModelServer> {
    while (!this.peek(spec) && !this.hasRoom(spec)) {
      const idle = this.idle().find(([, server]) => server.spec.engine === spec.engine);
      if (idle) await this.end(idle[0]);
      else await pause(TURN_MS);
      if (signal.aborted) throw new AppError("cancelled", "The answer was stopped.");
    }
    const server = this.get(spec, weightBytes);
    server.busy++;
    return server;
  }

  /** Whether a server more of this engine has a card to run on, or needs none. */
  hasRoom(spec: ModelServerSpec): boolean {
    return this.cardsOf(spec.engine) === 0 || this.freeCard(spec.engine) !== null;
  }

  /** Whether one server of the engine answers as the base and as every adapter. */
  sharesBase(engine: EngineId): boolean {
    return this.options.engine(engine).servesManyAdapters;
  }

  /** The server for a model where one is up, loading or failed. */
  peek(spec: ModelServerSpec): ModelServer | null {
    return this.servers.get(keyOf(spec)) ?? null;
  }

  close(): void {
    clearInterval(this.sweeper);
    for (const server of this.servers.values()) server.stop();
    this.servers.clear();
  }

  private makeRoom({ engine }: ModelServerSpec, weightBytes: number): void {
    const program = this.sharesBase(engine) ? PROGRAM_BYTES : PYTHON_BYTES;
    const needed = 2 * weightBytes + program;
    while (this.servers.size >= (this.options.most ?? 4) && this.idle()[0]) void this.end(this.idle()[0]![0]);
    // On a card the weights lie in the card's memory, which only the program itself can judge.
    if (this.cardsOf(engine) > 0 || this.options.availableMemory() >= needed) return;
    // Memory comes back only after a server is gone, so the count is by what each was reckoned to need.
    for (const [key] of this.idle()) void this.end(key);
    if (this.servers.size === 0 && this.options.availableMemory() < needed * 0.6) {
      throw new AppError(
        "out_of_memory",
        `This model needs about ${gigabytes(needed)} GB to answer, and ${gigabytes(this.options.availableMemory())} GB are free. Stop a run, or choose a smaller model.`,
      );
    }
  }

  /** Servers that answer nobody now, those unused for longest first. */
  private idle(): [string, ModelServer][] {
    return [...this.servers]
      .filter(([, server]) => server.busy === 0)
      .sort(([, a], [, b]) => a.lastUsed - b.lastUsed);
  }

  private cardsOf(engine: EngineId): number {
    return this.sharesBase(engine) ? 0 : (this.options.cards?.(engine) ?? 0);
  }

  /** A card that no server has; null where there are none, or none is free. */
  private freeCard(engine: EngineId): number | null {
    const taken = [...this.servers.values(), ...this.leaving]
      .filter(({ state }) => state !== "failed")
      .map(({ device }) => device);
    const all = Array.from({ length: this.cardsOf(engine) }, (_, card) => card);
    return all.find((card) => !taken.includes(card)) ?? null;
  }

  private sweep(): void {
    const oldest = performance.now() - (this.options.idleMs ?? 600_000);
    for (const [key, server] of this.servers)
      if (server.busy === 0 && server.lastUsed < oldest) void this.end(key);
  }

  /** Nobody is given the server any more; resolves when its program is gone and its card empty. */
  private async end(key: string): Promise<void> {
    const server = this.servers.get(key);
    if (!server) return;
    this.servers.delete(key);
    this.leaving.add(server);
    server.stop();
    await server.ended;
    this.leaving.delete(server);
  }
}

function keyOf({ modelFolder, template, version, engine, adapterFolder }: ModelServerSpec): string {
  return [engine, template ?? "", version, modelFolder, adapterFolder ?? ""].join("\n");
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
