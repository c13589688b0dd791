/**
 * The program that turns rows into text and tokens, kept warm while it is asked and ended when it is not: tokenizers are
 * large, and the console itself loads none. It does not know files of data sets.
 */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface } from "node:readline";
import {
  previewReplySchema,
  type PreviewReply,
  type PreviewRequest,
} from "@/server/contract/preview-protocol";
import { AppError } from "@/server/contract/errors";

export interface PreviewCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What relative paths of models start from. */
  readonly cwd: string;
}

const IDLE_MS = 5 * 60_000;
const KEPT_WORDS = 2000;

interface Waiting {
  resolve: (reply: PreviewReply) => void;
  reject: (error: AppError) => void;
}

export class PreviewProcess {
  private child: ChildProcessWithoutNullStreams | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private words = "";
  private idle: NodeJS.Timeout | null = null;

  constructor(private readonly command: PreviewCommand) {}

  /** Asks about rows. @throws AppError invalid_config with the trainer's own words, engine_failed where the program died */
  async ask(request: Omit<PreviewRequest, "id">): Promise<PreviewReply> {
    const child = this.running();
    const id = this.nextId++;
    const reply = await new Promise<PreviewReply>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      child.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
    });
    if (reply.error !== undefined) throw new AppError("invalid_config", reply.error);
    return reply;
  }

  close(): void {
    if (this.idle) clearTimeout(this.idle);
    this.child?.stdin.end();
    this.child?.kill();
    this.child = null;
  }

  private running(): ChildProcessWithoutNullStreams {
    if (this.idle) clearTimeout(this.idle);
    this.idle = setTimeout(() => this.whenIdle(), IDLE_MS);
    this.idle.unref();
    this.child ??= this.start();
    return this.child;
  }

  private whenIdle(): void {
    if (this.waiting.size === 0) this.close();
  }

  private start(): ChildProcessWithoutNullStreams {
    const { file, args, env, cwd } = this.command;
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, windowsHide: true });
    this.words = "";
    child.stderr.on(
      "data",
      (chunk: Buffer) => (this.words = (this.words + chunk.toString()).slice(-KEPT_WORDS)),
    );
    // Its end is told by "exit"; a write that comes too late is no news.
    child.stdin.on("error", () => undefined);
    createInterface({ input: child.stdout }).on("line", (line) => {
      const reply = previewReplySchema.parse(JSON.parse(line));
      this.waiting.get(reply.id)?.resolve(reply);
      this.waiting.delete(reply.id);
    });
    child.once("error", (error) => this.ended(child, `${file} could not be started: ${error.message}.`));
    child.once("exit", (code, signal) =>
      this.ended(
        child,
        this.words.trim().split("\n").at(-1) ||
          `The preview program ended (${signal ?? `exit code ${code}`}).`,
      ),
    );
    return child;
  }

  private ended(child: ChildProcessWithoutNullStreams, reason: string): void {
    if (this.child === child) this.child = null;
    const lost = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of lost) reject(new AppError("engine_failed", reason));
  }
}
