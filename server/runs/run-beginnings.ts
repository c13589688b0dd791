/**
 * How runs come into the queue: new ones, the combinations of a sweep, those that go on from another, those that are
 * resumed. When they start is the queue's business.
 */
import type { CreateRun } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { ContinueRun } from "@/server/contract/run-changes";
import type { CreateSweep } from "@/server/contract/sweep";
import { typedArguments } from "@/server/engines/argument-yaml";
import { latestResumable } from "./checkpoint-list";
import type { Follower } from "./follower";
import { makeRunFolder, type Preflight } from "./new-run";
import type { Run } from "./run";
import type { RunCatalog } from "./run-catalog";
import { continuedConfig } from "./run-continuation";
import type { RunEndings } from "./run-endings";
import type { RunEngines } from "./run-engines";
import type { RunQueue } from "./run-queue";
import type { RunRecord } from "./run-record";
import { summarize } from "./run-summary";
import { sweepRuns } from "./sweeps";

export interface RunBeginningsOptions {
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  catalog: RunCatalog;
  engines: RunEngines;
  follower: Follower;
  queue: RunQueue;
  endings: RunEndings;
  preflight: Preflight;
}

export class RunBeginnings {
  constructor(private readonly options: RunBeginningsOptions) {}

  /** @throws AppError invalid_config with problems, busy where the name is taken, unsupported without its engine */
  async create(request: CreateRun, origin: Partial<RunRecord> = {}): Promise<Run> {
    const run = await this.make(request, origin);
    await this.options.queue.pump();
    return run;
  }

  /**
   * Queues every combination of a sweep as one group; all of them, or none where one is refused.
   * @throws AppError as `create`
   */
  async createSweep(request: CreateSweep): Promise<{ id: string; runs: Run[] }> {
    const planned = sweepRuns(request);
    const made: Run[] = [];
    try {
      for (const { request: one, sweep } of planned) made.push(await this.make(one, { sweep }));
    } catch (error) {
      for (const run of made) await this.options.endings.remove(run);
      throw error;
    }
    await this.options.queue.pump();
    return { id: planned[0]!.sweep.id, runs: made };
  }

  /** A new run that goes on from an ended one. @throws AppError unsupported with the reason, else as `create` */
  continue(run: Run, request: ContinueRun): Promise<Run> {
    const { config, checkpoint } = continuedConfig(run, request);
    return this.create(
      { config, engine: run.engine, name: request.name },
      { continued_from: run.id, resume_from_checkpoint: checkpoint },
    );
  }

  /** Queues an ended run again, to go on from its last checkpoint in the same folder. @throws AppError unsupported with the reason */
  async resume(run: Run): Promise<void> {
    const { engines, follower, queue } = this.options;
    const { can_resume, resume_blocked_reason, status } = summarize(run);
    const last = latestResumable(run.folder);
    if (!can_resume || "reason" in last) {
      throw new AppError(
        "unsupported",
        resume_blocked_reason ?? `A run that is ${status} cannot be resumed.`,
      );
    }
    await engines.available(run.engine);
    run.adopt();
    run.setRecord({
      queued_at: new Date().toISOString(),
      queue_rank: queue.nextRank(),
      resume_from_checkpoint: `${run.relativeFolder}/${last.name}`,
      process: null,
      exit: null,
      stop_requested_at: null,
    });
    follower.tellStatus(run);
    await queue.pump();
  }

  private async make(request: CreateRun, origin: Partial<RunRecord>): Promise<Run> {
    const { home, catalog, engines, follower, queue, preflight } = this.options;
    const { engine: id, reason } = await engines.choose(request);
    const engine = await engines.available(id);
    const folder = await makeRunFolder(request, {
      engine,
      home,
      preflight,
      origin: {
        queue_rank: queue.nextRank(),
        engine_reason: reason,
        environment: engine.environment(typedArguments(request.config)),
        ...origin,
      },
    });
    const run = catalog.add(folder);
    follower.tellStatus(run);
    return run;
  }
}
