/**
 * Starts and stops training programs: detached, in a process group of their own, output to a file, so that they outlive
 * the console. It signals only processes that it can prove to be the ones it started. It knows no engine by name.
 */
import { spawn } from "node:child_process";
import { appendFileSync, closeSync, openSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { Command } from "@/server/engines/engine";
import { signalGroup } from "@/server/processes/process-group";
import { isAlive, processIdentity } from "@/server/processes/process-identity";
import { fileSize } from "./growing-file";
import type { Run } from "./run";
import { METRICS_FILE, OUTPUT_FILE } from "./run-files";

export interface SupervisorOptions {
  /** How long a program may take to stop by itself before it is killed. */
  graceMs: number;
  /** Called once the end of a program that this console started is in its record. */
  onExit: (run: Run) => void;
}

export class Supervisor {
  private closed = false;
  private readonly killTimers = new Map<string, NodeJS.Timeout>();

  constructor(private readonly options: SupervisorOptions) {}

  /**
   * Starts a run's program and notes its process in the folder.
   * @throws AppError engine_failed where the program cannot be started
   */
  async start(run: Run, command: Command): Promise<void> {
    const output = openSync(path.join(run.folder, OUTPUT_FILE), "a");
    const session = {
      started_at: new Date().toISOString(),
      metrics_offset: fileSize(path.join(run.folder, METRICS_FILE)),
    };
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: { ...process.env, ...command.env },
      detached: true,
      windowsHide: true,
      stdio: ["ignore", output, output],
    });
    closeSync(output);
    const started = await new Promise<Error | null>((resolve) => {
      child.once("spawn", () => resolve(null));
      child.once("error", resolve);
    });
    if (started) {
      run.setRecord({
        queued_at: null,
        process: null,
        exit: { code: 127, signal: null, at: new Date().toISOString() },
      });
      const message = `${command.file} could not be started: ${started.message}.`;
      appendFileSync(path.join(run.folder, OUTPUT_FILE), `Error: ${message}\n`);
      throw new AppError("engine_failed", message, { cause: started });
    }
    child.unref();
    child.once("exit", (code, signal) => this.ended(run, { code, signal }));

    const identity = processIdentity(child.pid!) ?? "gone";
    run.attached = true;
    run.logs.beginSession();
    run.setRecord({
      queued_at: null,
      stop_requested_at: null,
      command: [command.file, ...command.args],
      process: { pid: child.pid!, identity },
      sessions: [...run.record!.sessions, session],
      exit: null,
    });
  }

  /**
   * Asks the program to stop after its current step, and kills it where it does not within the grace period.
   * A program that is gone already is left alone.
   */
  stop(run: Run, signal: NodeJS.Signals): void {
    const ref = run.record?.process;
    if (!ref || !isAlive(ref)) return;
    run.setRecord({ stop_requested_at: run.record!.stop_requested_at ?? new Date().toISOString() });
    signalGroup(ref.pid, signal);
    if (this.killTimers.has(run.id)) return;
    const timer = setTimeout(() => {
      this.killTimers.delete(run.id);
      if (isAlive(ref)) signalGroup(ref.pid, "SIGKILL");
    }, this.options.graceMs);
    timer.unref();
    this.killTimers.set(run.id, timer);
  }

  /** Lets programs run on and forgets the pending kills. */
  close(): void {
    this.closed = true;
    for (const timer of this.killTimers.values()) clearTimeout(timer);
    this.killTimers.clear();
  }

  private ended(run: Run, exit: { code: number | null; signal: string | null }): void {
    if (this.closed) return;
    run.attached = false;
    clearTimeout(this.killTimers.get(run.id));
    this.killTimers.delete(run.id);
    try {
      run.setRecord({ exit: { ...exit, at: new Date().toISOString() } });
    } catch (error) {
      // The folder was deleted while its program ended: there is nothing left to note.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    this.options.onExit(run);
  }
}
