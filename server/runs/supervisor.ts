/**
 * Starts and stops training programs: detached, in a process group of their own, output to a file, so that they outlive
 * the console. It signals only processes that it can prove to be the ones it started. It knows no engine by name.
 */
import { appendFileSync, openSync } from "node:fs";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { Command } from "@/server/engines/engine";
import { GroupEnd, leftBehind } from "@/server/processes/group-end";
import { memoryKills } from "@/server/processes/memory-kills";
import { isAlive, processIdentity } from "@/server/processes/process-identity";
import { startDetached } from "@/server/processes/start-detached";
import { diskFullError } from "@/server/disk/disk-space";
import { fileSize } from "./growing-file";
import type { Run } from "./run";
import { METRICS_FILE, OUTPUT_FILE } from "./run-files";

export interface SupervisorOptions {
  /** How long a program may take to stop by itself before it is killed. */
  graceMs: number;
  /** Called once the end of a program that this console started or stopped is sure. */
  onExit: (run: Run) => void;
}

export interface StopWish {
  signal: NodeJS.Signals;
  /** Nothing is kept, so there is nothing to wait for long. */
  discard: boolean;
  /** Kills at once. */
  now: boolean;
}

/** For what is thrown away, and for what a program left behind when it ended. */
const SHORT_GRACE_MS = 3_000;

export class Supervisor {
  private closed = false;
  private readonly ending = new Map<Run, GroupEnd>();

  constructor(private readonly options: SupervisorOptions) {}

  /**
   * Starts a run's program and notes its process in the folder.
   * @param slots places of the queue that it occupies
   * @throws AppError engine_failed where the program cannot be started, disk_full where that cannot be noted
   */
  async start(run: Run, command: Command, slots: readonly number[]): Promise<void> {
    const session = {
      started_at: new Date().toISOString(),
      metrics_offset: fileSize(path.join(run.folder, METRICS_FILE)),
    };
    // Noted before it starts: a program that no console could find again must not run.
    run.setRecord({
      queued_at: null,
      queue_rank: null,
      stop_requested_at: null,
      command: [command.file, ...command.args],
      process: null,
      sessions: [...run.record!.sessions, session],
      slots: [...slots],
      exit: null,
    });
    if (run.isUnsaved) {
      run.setRecord({ exit: exitNow(127) });
      throw diskFullError(run.folder);
    }
    const killsBefore = memoryKills();
    const outputFile = path.join(run.folder, OUTPUT_FILE);
    const child = await startDetached(command, openSync(outputFile, "a")).catch((failure: Error) => {
      run.setRecord({ exit: exitNow(127) });
      const message = `${command.file} could not be started: ${failure.message}.`;
      appendFileSync(outputFile, `Error: ${message}\n`);
      throw new AppError("engine_failed", message, { cause: failure });
    });
    child.once("exit", (code, signal) => {
      const kills = memoryKills();
      const outOfMemory = signal === "SIGKILL" && kills !== null && kills > (killsBefore ?? kills);
      this.exited(run, { code, signal, out_of_memory: outOfMemory });
    });

    const identity = processIdentity(child.pid!) ?? "gone";
    run.attached = true;
    run.logs.beginSession();
    run.setRecord({ process: { pid: child.pid!, identity } });
  }

  /**
   * Asks the program's whole group to stop, kills it where it does not within the grace period, and makes sure that
   * nothing of it is left. A program that is gone already is left alone.
   */
  stop(run: Run, { signal, discard, now }: StopWish): void {
    const ref = run.record?.process;
    if (!ref || !isAlive(ref)) return;
    run.setRecord({
      stop_requested_at: run.record!.stop_requested_at ?? new Date().toISOString(),
      discard: run.record!.discard || discard,
    });
    const known = this.ending.get(run);
    if (known) {
      if (now || discard) known.kill();
      return;
    }
    const graceMs = now ? 0 : discard ? Math.min(SHORT_GRACE_MS, this.options.graceMs) : this.options.graceMs;
    this.ending.set(run, new GroupEnd(ref, { signal, graceMs, onEnd: (gone) => this.groupEnded(run, gone) }));
  }

  /** Lets programs run on and forgets the pending kills. */
  close(): void {
    this.closed = true;
    for (const end of this.ending.values()) end.release();
    this.ending.clear();
  }

  /** Our own child ended: its end is told once nothing of its group is left. */
  private exited(run: Run, exit: NonNullable<Run["exit"]>): void {
    if (this.closed) return;
    run.exit = exit;
    const ref = run.record?.process;
    if (this.ending.has(run)) return;
    if (ref && leftBehind(ref)) {
      this.ending.set(
        run,
        new GroupEnd(ref, {
          signal: "SIGTERM",
          graceMs: SHORT_GRACE_MS,
          onEnd: (gone) => this.groupEnded(run, gone),
        }),
      );
    } else this.tellEnd(run);
  }

  private groupEnded(run: Run, gone: boolean): void {
    this.ending.delete(run);
    if (!gone) {
      note(run, "Error: the system does not end this program's processes, not even when they are killed.");
    }
    // The child's own end may be told a moment after its group was found empty.
    if (run.attached && !run.exit && gone) return;
    this.tellEnd(run);
  }

  private tellEnd(run: Run): void {
    if (this.closed) return;
    const { exit } = run;
    run.attached = false;
    run.exit = null;
    try {
      if (exit) run.setRecord({ exit: { ...exit, at: new Date().toISOString() } });
    } catch (error) {
      // The folder was deleted while its program ended: there is nothing left to note.
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    this.options.onExit(run);
  }
}

/** The end of a program that never began. */
function exitNow(code: number) {
  return { code, signal: null, out_of_memory: false, at: new Date().toISOString() };
}

/** Adds a line to the program's output, where there is room for it. */
function note(run: Run, line: string): void {
  try {
    appendFileSync(path.join(run.folder, OUTPUT_FILE), `${line}\n`);
  } catch {
    console.error(`${run.folder}: ${line}`);
  }
}
