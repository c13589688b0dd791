/**
 * One model server: an engine's `api` program on a free loopback port with a secret of its own, asked in OpenAI's
 * dialect. It does not know targets or runs: a model folder, a template and adapter folders are all it is told.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import type { EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import { failureOf } from "@/server/contract/failure-kinds";
import { argumentYaml } from "@/server/engines/argument-yaml";
import type { Engine } from "@/server/engines/engine";

export interface ModelServerSpec {
  /** Absolute. */
  modelFolder: string;
  template: string | null;
  /** Of the weights: others need another server. */
  version: string;
  engine: EngineId;
  /** Absolute; the adapter that it starts with, where its engine cannot load one later. */
  adapterFolder: string | null;
}

export type ServerState = "loading" | "ready" | "failed";

/** Loading a few gigabytes from a slow disk, or Python and torch on a busy machine, takes this long at most. */
const LOAD_TIMEOUT_MS = 600_000;
const POLL_MS = 50;
const KEPT_OUTPUT = 4096;
const KILL_AFTER_MS = 3000;

export class ModelServer {
  state: ServerState = "loading";
  /** Why it failed, for people; empty where it has not. */
  detail = "";
  lastUsed = performance.now();
  /** Its failure has been told to somebody. */
  reported = false;
  /** Answers under way; a server that has some is not evicted. */
  busy = 0;
  /** Settles when it answers or has failed; never rejects. */
  readonly started: Promise<void>;
  /** Settles when its program is gone. */
  readonly ended: Promise<void>;
  private tellEnd: () => void = () => undefined;
  private isStopped = false;
  private child: ChildProcess | null = null;
  private url = "";
  private output = "";
  private readonly secret = randomBytes(24).toString("base64url");
  private readonly adapters = new Map<string, Promise<void>>();

  constructor(
    readonly spec: ModelServerSpec,
    private readonly engine: Engine,
    private readonly home: string,
    /** Number of the graphics card that it has for itself; null where it may take any. */
    readonly device: number | null = null,
  ) {
    this.ended = new Promise((resolve) => (this.tellEnd = resolve));
    this.started = this.start().catch((error: unknown) =>
      this.fail(error instanceof Error ? error.message : String(error)),
    );
  }

  /**
   * Makes an adapter answer under a name; does nothing where it does already.
   * @throws AppError engine_failed with the server's own words
   */
  async loadAdapter(name: string, folder: string): Promise<void> {
    const known = this.adapters.get(name);
    if (known) return known;
    const loading = this.ask("/v1/load_lora_adapter", { lora_name: name, lora_path: folder }).then(
      () => undefined,
    );
    this.adapters.set(name, loading);
    // A failure is not kept: the folder may be whole next time.
    loading.catch(() => this.adapters.delete(name));
    return loading;
  }

  /** Posts JSON; the reply's body is the caller's to read. @throws AppError engine_failed */
  async ask(address: string, body: unknown, signal?: AbortSignal): Promise<Response> {
    const reply = await fetch(`${this.url}${address}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.secret}` },
      body: JSON.stringify(body),
      signal,
    });
    if (reply.ok) return reply;
    throw new AppError("engine_failed", await errorText(reply));
  }

  stop(): void {
    const { child } = this;
    this.isStopped = true;
    if (!child) this.tellEnd();
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
  }

  private async start(): Promise<void> {
    const port = await freePort();
    this.url = `http://127.0.0.1:${port}`;
    const folder = await mkdtemp(path.join(os.tmpdir(), "tuneboard-chat-"));
    try {
      const argsFile = path.join(folder, "api.yaml");
      await writeFile(
        argsFile,
        argumentYaml({
          model_name_or_path: this.spec.modelFolder,
          template: this.spec.template,
          infer_backend: "huggingface",
          ...(this.spec.adapterFolder !== null && {
            adapter_name_or_path: this.spec.adapterFolder,
            finetuning_type: "lora",
          }),
        }),
      );
      if (this.isStopped) throw new AppError("cancelled", "It was stopped before it had started.");
      const command = this.engine.command({ kind: "api", argsFile, port, cwd: this.home });
      this.spawn(command.file, command.args, {
        ...command.env,
        API_HOST: "127.0.0.1",
        API_PORT: String(port),
        API_KEY: this.secret,
        ...(this.device !== null && { CUDA_VISIBLE_DEVICES: String(this.device) }),
      });
      await this.untilReady();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private spawn(file: string, args: readonly string[], env: Record<string, string>): void {
    const child = spawn(file, args, {
      cwd: this.home,
      env: { ...process.env, ...env },
      // The channel tells the server when this console is gone, however that came about: it leaves then.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      windowsHide: true,
    });
    this.child = child;
    const keep = (chunk: Buffer) =>
      (this.output = (this.output + chunk.toString("utf8")).slice(-KEPT_OUTPUT));
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("error", (error) => {
      this.fail(`${file} could not be started: ${error.message}.`);
      this.tellEnd();
    });
    child.once("exit", (code, signal) => {
      this.fail(this.lastWords() ?? `The model server ended (${signal ?? `exit code ${code}`}).`);
      this.tellEnd();
    });
  }

  private async untilReady(): Promise<void> {
    const deadline = performance.now() + LOAD_TIMEOUT_MS;
    while (this.state === "loading") {
      const answered = await fetch(`${this.url}/v1/models`, {
        headers: { Authorization: `Bearer ${this.secret}` },
      })
        .then((reply) => reply.ok)
        .catch(() => false);
      if (answered) {
        this.state = "ready";
        this.detail = "";
        return;
      }
      if (performance.now() > deadline) {
        this.stop();
        throw new AppError(
          "engine_failed",
          `The model server did not answer within ${LOAD_TIMEOUT_MS / 1000} seconds.`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  private fail(detail: string): void {
    if (this.state === "failed") return;
    this.state = "failed";
    this.detail = detail;
  }

  private lastWords(): string | null {
    return failureOf(null, this.output).line;
  }
}

/** The message of an OpenAI-style error reply. */
async function errorText(reply: Response): Promise<string> {
  const text = await reply.text();
  try {
    const body = JSON.parse(text) as { error?: { message?: unknown }; detail?: unknown };
    const message = body.error?.message ?? body.detail;
    if (typeof message === "string") return message;
  } catch {
    // Not JSON: the text itself is the best there is.
  }
  return `The model server answered ${reply.status}: ${text.slice(0, 300)}`;
}

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
