/**
 * One run trains at a time; the others wait in the order in which they came. Looks at the catalog, starts the next.
 * Consoles that share a home folder share the queue: whoever claims a run first starts it.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { Engine } from "@/server/engines/engine";
import { isAlive, processIdentity, processRefSchema } from "@/server/processes/process-identity";
import type { Run } from "./run";
import { ARGS_FILE } from "./run-files";
import type { Supervisor } from "./supervisor";

/** Held for the moment in which a run is started. */
const CLAIM_FILE = ".tuneboard-starting";

export interface RunQueueOptions {
  home: string;
  supervisor: Supervisor;
  runs: () => Run[];
  engineOf: (run: Run) => Engine;
  /** A run has been started, or could not be. */
  onStarted: (run: Run) => void;
}

export class RunQueue {
  private pumping: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(private readonly options: RunQueueOptions) {}

  /** Starts the run that has waited longest, if none is training. Resolves when that is done. */
  pump(): Promise<void> {
    this.pumping = this.pumping
      .then(() => this.startNext())
      .catch((error: unknown) => console.error("The queue stumbled:", error));
    return this.pumping;
  }

  /** Starts nothing more; resolves when a start under way is done. */
  close(): Promise<void> {
    this.closed = true;
    return this.pumping;
  }

  private async startNext(): Promise<void> {
    const runs = this.options.runs();
    for (const run of runs) run.refresh();
    // Runs that others started on this machine are theirs; only consoles' own are one at a time.
    if (this.closed || runs.some(isTraining)) return;
    const [next] = runs.filter((run) => run.record?.queued_at).sort(byQueueTime);
    if (!next || !existsSync(next.folder)) return;
    const release = claim(next.folder);
    if (!release) return;
    try {
      await this.start(next);
    } finally {
      release();
    }
    this.options.onStarted(next);
    if (!isTraining(next)) await this.startNext();
  }

  private async start(run: Run): Promise<void> {
    const from = run.record!.resume_from_checkpoint;
    const command = this.options.engineOf(run).command({
      kind: "train",
      argsFile: path.join(run.folder, ARGS_FILE),
      overrides: from === null ? [] : [`resume_from_checkpoint=${from}`, "overwrite_output_dir=false"],
      runFolder: run.folder,
      cwd: this.options.home,
    });
    try {
      await this.options.supervisor.start(run, command);
    } catch (error) {
      // Its record says that it failed; the next one gets its turn.
      if (!(error instanceof AppError)) throw error;
      console.error(error.message);
    }
  }
}

function isTraining(run: Run): boolean {
  return run.record?.process != null && (run.status === "running" || run.status === "stopping");
}

function byQueueTime(a: Run, b: Run): number {
  return a.record!.queued_at!.localeCompare(b.record!.queued_at!);
}

/** Claims a folder for a start; null where another console holds it. A claim of a console that died does not count. */
function claim(folder: string): (() => void) | null {
  const file = path.join(folder, CLAIM_FILE);
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch {
      if (isHeld(file)) return null;
      rmSync(file, { force: true });
    }
  }
  return null;
}

function isHeld(file: string): boolean {
  try {
    return isAlive(processRefSchema.parse(JSON.parse(readFileSync(file, "utf8"))));
  } catch {
    return false;
  }
}
