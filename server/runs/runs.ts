/**
 * The runs service: create, list, stop, resume, rename, delete, replay. Everything that the console can do with runs goes
 * through here; how each is done is in the files beside.
 */
import type { CreateRun, EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { RunDetail, RunStatus, RunSummary } from "@/server/contract/run";
import type { Engine } from "@/server/engines/engine";
import { latestResumable } from "./checkpoint-list";
import { Follower, type RunListener } from "./follower";
import type { MeasuredRun } from "./forecast";
import { makeRunFolder } from "./new-run";
import type { Run } from "./run";
import { RunCatalog, type RunIndex } from "./run-catalog";
import { fullModels, measuredRuns, runsWithWeights, type RunWithWeights } from "./run-outcomes";
import { RunQueue } from "./run-queue";
import { removeRunFolder } from "./run-removal";
import { contents, describe, isSettled, summarize } from "./run-summary";
import { Supervisor } from "./supervisor";

export interface RunsOptions {
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  engines: ReadonlyMap<EngineId, Engine>;
  index: RunIndex;
  listener: RunListener;
  /** How long a stopped run may take to save and end before it is killed. */
  graceMs?: number;
}

const SCAN_EVERY_MS = 2000;
/** A step of a large model, and the checkpoint after it. */
const GRACE_MS = 60_000;

export class Runs {
  private readonly catalog: RunCatalog;
  private readonly follower: Follower;
  private readonly supervisor: Supervisor;
  private readonly queue: RunQueue;
  private lastScan = 0;

  constructor(private readonly options: RunsOptions) {
    this.catalog = new RunCatalog(options.home, options.index);
    this.follower = new Follower(options.listener, () => void this.queue.pump());
    this.supervisor = new Supervisor({
      graceMs: options.graceMs ?? GRACE_MS,
      onExit: (run) => {
        this.follower.look(run);
        void this.queue.pump();
      },
    });
    this.queue = new RunQueue({
      home: options.home,
      supervisor: this.supervisor,
      runs: () => this.catalog.all(),
      engineOf: (run) => this.engine(run.engine),
      onStarted: (run) => {
        this.follower.follow(run, "active");
        this.follower.tellStatus(run);
      },
    });
  }

  /** Takes up what is there: runs that still train are followed again, those that wait get their turn. */
  recover(): void {
    this.rescan();
    for (const run of this.catalog.all()) {
      // The console was told to stop it and went away before that was done.
      if (run.status === "stopping") this.supervisor.stop(run, this.engine(run.engine).stopSignal);
    }
    void this.queue.pump();
  }

  /** Newest first. Looks for folders that were made outside the console. */
  list(): RunSummary[] {
    this.rescan(SCAN_EVERY_MS);
    return this.catalog
      .all()
      .map(summarize)
      .sort((a, b) => b.created_at.localeCompare(a.created_at));
  }

  detail(id: string): RunDetail {
    const run = this.looked(id);
    return describe(run, (argsFile) => this.engine(run.engine).shownCommand(argsFile));
  }

  summary(id: string): RunSummary {
    return summarize(this.find(id));
  }

  /** @throws AppError invalid_config with problems, busy where the name is taken, unsupported without its engine */
  async create(request: CreateRun): Promise<string> {
    const engine = this.engine(request.engine ?? "embedded");
    await mustBeAvailable(engine);
    const folder = await makeRunFolder(request, engine, this.options.home);
    const run = this.catalog.add(folder);
    this.follower.tellStatus(run);
    await this.queue.pump();
    return run.id;
  }

  /** A queued run just leaves the queue; a running one is asked to save and end. */
  stop(id: string): RunStatus {
    const run = this.find(id);
    const { status } = run;
    if (status === "queued") {
      run.setRecord({ queued_at: null, stop_requested_at: new Date().toISOString() });
    } else if (status === "running" || status === "stopping") {
      if (!run.record?.process) {
        throw new AppError(
          "forbidden",
          "This run was not started by a console: stop it where you started it.",
        );
      }
      this.supervisor.stop(run, this.engine(run.engine).stopSignal);
    } else {
      throw new AppError("busy", `There is nothing to stop: the run is ${status}.`);
    }
    this.follower.look(run);
    return run.status;
  }

  /** Queues an ended run again, to go on from its last checkpoint in the same folder. @throws AppError unsupported with the reason */
  async resume(id: string): Promise<RunStatus> {
    const run = this.find(id);
    const { can_resume, resume_blocked_reason, status } = summarize(run);
    const last = latestResumable(run.folder);
    if (!can_resume || "reason" in last) {
      throw new AppError(
        "unsupported",
        resume_blocked_reason ?? `A run that is ${status} cannot be resumed.`,
      );
    }
    await mustBeAvailable(this.engine(run.engine));
    run.adopt();
    run.setRecord({
      queued_at: new Date().toISOString(),
      resume_from_checkpoint: `${run.relativeFolder}/${last.name}`,
      process: null,
      exit: null,
      stop_requested_at: null,
    });
    this.follower.tellStatus(run);
    await this.queue.pump();
    return run.status;
  }

  /** A name to show; the folder keeps its own. */
  rename(id: string, name: string): RunDetail {
    const run = this.find(id);
    run.adopt();
    run.setRecord({ name });
    this.catalog.mirror();
    this.follower.tellStatus(run);
    return this.detail(id);
  }

  /** What deleting a run removes, by name and size. */
  removalOf(id: string): { name: string; bytes: number }[] {
    return contents(this.find(id).folder);
  }

  /** Deletes a run's folder. @throws AppError busy, forbidden */
  async remove(id: string): Promise<{ name: string; bytes: number }[]> {
    const run = this.find(id);
    const removed = await removeRunFolder(run, this.catalog.saves);
    this.forget(run);
    return removed;
  }

  metricsFrom(id: string, offset: number): MetricsChunk {
    return { id, ...this.looked(id).logs.metricsFrom(offset) };
  }

  logFrom(id: string, offset: number): LogChunk {
    return { id, ...this.looked(id).logs.logFrom(offset) };
  }

  /** Keeps a run's files followed while somebody looks at it. */
  watch(id: string): void {
    this.follower.follow(this.find(id), "viewer");
  }

  /** The last viewer of a run left. A run that is gone needs nothing. */
  unwatch(id: string): void {
    const run = this.catalog.all().find((candidate) => candidate.id === id);
    if (run) this.follower.unfollow(run, "viewer");
  }

  /** Runs that left weights to chat with. */
  withWeights(): RunWithWeights[] {
    this.rescan(SCAN_EVERY_MS);
    return runsWithWeights(this.catalog.all(), this.options.home);
  }

  /** Folders of whole models that runs left. */
  fullModels(): { name: string; folder: string }[] {
    return fullModels(this.catalog.all());
  }

  /** What runs have measured, newest first. */
  measured(): MeasuredRun[] {
    return measuredRuns(this.catalog.all());
  }

  /** Looks for new, lost and changed folders, at most once in `maxAgeMs`. */
  rescan(maxAgeMs = 0): void {
    if (Date.now() - this.lastScan < maxAgeMs) return;
    this.lastScan = Date.now();
    const { removed } = this.catalog.scan();
    for (const run of removed) this.forget(run);
    for (const run of this.catalog.all()) {
      if (isSettled(run)) continue;
      run.refresh();
      if (run.isActive && run.status !== "queued") this.follower.follow(run, "active");
      this.follower.tellStatus(run);
    }
  }

  /** Lets running programs run on; forgets everything else. */
  async close(): Promise<void> {
    await this.queue.close();
    await this.catalog.flush();
    this.follower.close();
    this.supervisor.close();
  }

  /** @throws AppError unsupported */
  engine(id: EngineId): Engine {
    const engine = this.options.engines.get(id);
    if (!engine) throw new AppError("unsupported", `The engine ${id} is not part of this console.`);
    return engine;
  }

  private find(id: string): Run {
    this.rescan(SCAN_EVERY_MS);
    return this.catalog.get(id);
  }

  /** A run with its files read up to now, and that told to whoever follows it. */
  private looked(id: string): Run {
    const run = this.find(id);
    this.follower.look(run);
    return run;
  }

  private forget(run: Run): void {
    this.follower.drop(run);
    this.catalog.forget(run);
    this.options.listener.removed(run.id);
  }
}

/** @throws AppError unsupported with the engine's own reason */
async function mustBeAvailable(engine: Engine): Promise<void> {
  const { available, reason, name } = await engine.detect();
  if (!available) throw new AppError("unsupported", reason ?? `${name} cannot be used here.`);
}
