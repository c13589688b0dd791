/** How runs end: asked to stop, kept or thrown away, deleted, forgotten. Who asked for it is not its business. */
import { existsSync } from "node:fs";
import { AppError } from "@/server/contract/errors";
import type { StopRun } from "@/server/contract/run-changes";
import type { Follower } from "./follower";
import type { Run } from "./run";
import type { RunCatalog } from "./run-catalog";
import type { RunEngines } from "./run-engines";
import type { RunQueue } from "./run-queue";
import { allFiles, removeRunFolder } from "./run-removal";
import type { Supervisor } from "./supervisor";

export interface RunEndingsOptions {
  catalog: RunCatalog;
  engines: RunEngines;
  follower: Follower;
  supervisor: Supervisor;
  queue: RunQueue;
  /** A run is no more. */
  onRemoved: (id: string) => void;
}

export class RunEndings {
  constructor(private readonly options: RunEndingsOptions) {}

  /**
   * A queued run just leaves the queue; a running one is asked to save and end, or, with `discard`, to end and leave
   * nothing.
   * @throws AppError forbidden where another program started it, busy where there is nothing to stop
   */
  stop(run: Run, request: StopRun): void {
    const { status } = run;
    if (status === "queued") {
      run.setRecord({ queued_at: null, queue_rank: null, stop_requested_at: new Date().toISOString() });
      void this.options.queue.pump();
    } else if (status === "running" || status === "stopping") {
      if (!run.record?.process) {
        throw new AppError(
          "forbidden",
          "This run was not started by a console: stop it where you started it.",
        );
      }
      this.askToEnd(run, request);
    } else {
      throw new AppError("busy", `There is nothing to stop: the run is ${status}.`);
    }
    this.options.follower.look(run);
  }

  /** Does what an earlier console was told to do and went away before it was done. */
  takeUp(run: Run): void {
    if (run.status === "stopping") this.askToEnd(run, {});
    else if (run.record?.discard && !run.isActive) this.discard(run);
  }

  /** A run's program has ended. */
  ended(run: Run): void {
    if (run.record?.discard && !run.isActive) this.discard(run);
    this.options.queue.ended(run);
  }

  /** What deleting a run removes: every file with its size. A run that was imported in place loses nothing. */
  removalOf(run: Run): { name: string; bytes: number }[] {
    return run.inPlace ? [] : allFiles(run.folder);
  }

  /** Deletes a run's folder, or forgets one that was imported in place. @throws AppError busy, forbidden */
  async remove(run: Run): Promise<{ name: string; bytes: number }[]> {
    const { catalog, queue } = this.options;
    const removed = run.inPlace ? [] : await removeRunFolder(run, catalog.saves);
    catalog.unlist(run);
    this.forget(run);
    void queue.pump();
    return removed;
  }

  /** Drops a run whose folder is gone. */
  forget(run: Run): void {
    this.options.follower.drop(run);
    this.options.catalog.forget(run);
    this.options.onRemoved(run.id);
  }

  private askToEnd(run: Run, { discard = false, now = false }: StopRun): void {
    const { engines, supervisor } = this.options;
    const signal = engines.get(run.engine).stopSignal;
    supervisor.stop(run, { signal, discard: discard || run.record!.discard, now });
  }

  /** The end of "stop and discard". */
  private discard(run: Run): void {
    void this.remove(run).catch((error: unknown) => {
      // Already gone, or a file that does not let itself be deleted: the run stays in the list as stopped.
      if (existsSync(run.folder)) console.error(`${run.folder} could not be discarded:`, error);
    });
  }
}
