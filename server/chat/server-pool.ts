/**
 * The model servers that are up: one per model and template, shared by the base and all its adapters. Those unused for
 * longest leave when memory runs short or nobody has asked for a while.
 */
import { AppError } from "@/server/contract/errors";
import type { Engine } from "@/server/engines/engine";
import { ModelServer, type ModelServerSpec } from "./model-server";

export interface ServerPoolOptions {
  home: string;
  engine: Engine;
  /** Bytes of memory that programs can still take. */
  availableMemory: () => number;
  /** Servers kept at once. */
  most?: number;
  idleMs?: number;
}

/** A server needs its weights widened to float32, a cache and its program. */
const PROGRAM_BYTES = 250e6;
const SWEEP_MS = 30_000;

export class ServerPool {
  private readonly servers = new Map<string, ModelServer>();
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
    this.makeRoom(weightBytes);
    const server = new ModelServer(spec, this.options.engine, this.options.home);
    this.servers.set(key, server);
    return server;
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

  private makeRoom(weightBytes: number): void {
    const needed = 2 * weightBytes + PROGRAM_BYTES;
    const idle = () =>
      [...this.servers]
        .filter(([, server]) => server.busy === 0)
        .sort(([, a], [, b]) => a.lastUsed - b.lastUsed);
    while (this.servers.size >= (this.options.most ?? 4) && idle()[0]) this.end(idle()[0]![0]);
    if (this.options.availableMemory() >= needed) return;
    // Memory comes back only after a server is gone, so the count is by what each was reckoned to need.
    for (const [key] of idle()) this.end(key);
    if (this.servers.size === 0 && this.options.availableMemory() < needed * 0.6) {
      throw new AppError(
        "out_of_memory",
        `This model needs about ${gigabytes(needed)} GB to answer, and ${gigabytes(this.options.availableMemory())} GB are free. Stop a run, or choose a smaller model.`,
      );
    }
  }

  private sweep(): void {
    const oldest = performance.now() - (this.options.idleMs ?? 600_000);
    for (const [key, server] of this.servers)
      if (server.busy === 0 && server.lastUsed < oldest) this.end(key);
  }

  private end(key: string): void {
    this.servers.get(key)?.stop();
    this.servers.delete(key);
  }
}

function keyOf({ modelFolder, template, version }: ModelServerSpec): string {
  return [template ?? "", version, modelFolder].join("\n");
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(1);
}
