/**
 * The runs service: create, list, stop, resume, rename, delete, replay. Everything that the console can do with runs goes
 * through here; how each is done is in the files beside.
 */
import { existsSync } from "node:fs";
import type { CreateRun, EngineChoice, EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { QueueStatus, UpdateQueue } from "@/server/contract/queue";
import type { RunDetail, RunStatus, RunSummary } from "@/server/contract/run";
import type {
  ContinueRun,
  DescribeRun,
  ImportPreview,
  ImportRun,
  StopRun,
} from "@/server/contract/run-changes";
import type { Sample } from "@/server/contract/samples";
import type { CreateSweep } from "@/server/contract/sweep";
import { typedArguments } from "@/server/engines/argument-yaml";
import type { Engine } from "@/server/engines/engine";
import { findGraphicsCards, type GraphicsCard } from "@/server/processes/graphics-cards";
import { latestResumable } from "./checkpoint-list";
import { Follower, type RunListener } from "./follower";
import type { MeasuredRun } from "./forecast";
import { makeRunFolder, type Preflight } from "./new-run";
import { QueueSettingsFile } from "./queue-settings";
import type { Run } from "./run";
import { RunCatalog, type RunIndex } from "./run-catalog";
import { fullModels, measuredRuns, runsWithWeights, type RunWithWeights } from "./run-outcomes";
import { continuedConfig } from "./run-continuation";
import { copyRunFolder, folderOf, folderProblem, previewImport } from "./run-import";
import { RunQueue } from "./run-queue";
import { allFiles, removeRunFolder } from "./run-removal";
import type { RunRecord } from "./run-record";
import { readSamples } from "./run-samples";
import { describe, isSettled, listed, summarize, wasSettled } from "./run-summary";
import { SavesWatch } from "./saves-watch";
import { Supervisor } from "./supervisor";
import { sweepRuns, type SweepRun } from "./sweeps";

export interface RunsOptions {
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  engines: ReadonlyMap<EngineId, Engine>;
  index: RunIndex;
  listener: RunListener;
  /** Which engine trains a request that names none; the embedded one where missing. */
  chooseEngine?: (request: Pick<CreateRun, "config" | "engine">) => Promise<EngineChoice>;
  /** Looks at what a configuration names before a run of it is made; finds nothing where missing. */
  preflight?: Preflight;
  /** The graphics cards of this machine; asked of the driver where missing. */
  cards?: () => Promise<readonly GraphicsCard[]>;
  /** How long a stopped run may take to save and end before it is killed. */
  graceMs?: number;
}

const SCAN_EVERY_MS = 2000;
/** With more runs than this, each scan looks at one in so many of those that have ended. */
const MANY_RUNS = 200;
const TURNS = 5;
/** A step of a large model, and the checkpoint after it. */
const GRACE_MS = 60_000;

export class Runs {
  private readonly catalog: RunCatalog;
  private readonly follower: Follower;
  private readonly supervisor: Supervisor;
  private readonly queue: RunQueue;
  private readonly savesWatch: SavesWatch;
  private lastScan = -Infinity;
  private turn = 0;

  constructor(private readonly options: RunsOptions) {
    this.catalog = new RunCatalog(options.home, options.index);
    this.follower = new Follower(options.listener, (run) => this.ended(run));
    this.supervisor = new Supervisor({
      graceMs: options.graceMs ?? GRACE_MS,
      onExit: (run) => {
        this.follower.look(run);
        this.ended(run);
      },
    });
    this.queue = new RunQueue({
      home: options.home,
      supervisor: this.supervisor,
      settings: new QueueSettingsFile(this.catalog.saves),
      cards: askOnce(options.cards ?? findGraphicsCards),
      runs: () => this.catalog.all(),
      engineOf: (run) => this.engine(run.engine),
      onStarted: (run) => {
        this.follower.follow(run, "active");
        this.follower.tellStatus(run);
      },
      onChanged: (status) => {
        options.listener.queue(status);
        for (const run of this.catalog.all()) if (run.status === "queued") this.follower.tellStatus(run);
      },
    });
    this.savesWatch = new SavesWatch(this.catalog.saves, () => this.rescan());
  }

  /** Takes up what is there: runs that still train are followed again, those that wait get their turn. */
  recover(): void {
    this.rescan();
    for (const run of this.catalog.all()) {
      // The console was told to stop it and went away before that was done.
      if (run.status === "stopping") this.supervisor.stop(run, this.stopWish(run, {}));
      else if (run.record?.discard && !run.isActive) this.discard(run);
    }
    this.savesWatch.open();
    void this.queue.pump();
  }

  /** Newest first. Looks for folders that were made outside the console. */
  list(): RunSummary[] {
    this.rescan(SCAN_EVERY_MS);
    return this.catalog
      .all()
      .map(listed)
      .sort((a, b) => b.created_at.localeCompare(a.created_at));
  }

  detail(id: string): RunDetail {
    const run = this.looked(id);
    return describe(
      run,
      (argsFile) =>
        this.options.engines.get(run.engine)?.shownCommand(argsFile, run.record?.environment) ?? "",
    );
  }

  summary(id: string): RunSummary {
    return summarize(this.find(id));
  }

  /** @throws AppError invalid_config with problems, busy where the name is taken, unsupported without its engine */
  async create(request: CreateRun, origin: Partial<RunRecord> = {}): Promise<string> {
    const run = await this.make(request, origin);
    await this.queue.pump();
    return run.id;
  }

  /**
   * Queues every combination of a sweep as one group; all of them, or none where one is refused.
   * @throws AppError as `create`
   */
  async createSweep(request: CreateSweep): Promise<{ id: string; runs: string[] }> {
    const planned = sweepRuns(request);
    const made: Run[] = [];
    try {
      for (const { request: one, sweep } of planned) made.push(await this.make(one, { sweep }));
    } catch (error) {
      for (const run of made) await this.remove(run.id);
      throw error;
    }
    await this.queue.pump();
    return { id: planned[0]!.sweep.id, runs: made.map(({ id }) => id) };
  }

  /** The runs that a sweep would make, by name. @throws AppError invalid_request */
  planSweep(request: CreateSweep): Pick<SweepRun["sweep"], "name" | "values">[] {
    return sweepRuns(request).map(({ request: { name = "" }, values }) => ({ name, values }));
  }

  /** A new run that goes on from an ended one. @throws AppError unsupported with the reason, else as `create` */
  async continue(id: string, request: ContinueRun): Promise<string> {
    const run = this.find(id);
    const { config, checkpoint } = continuedConfig(run, request);
    return this.create(
      { config, engine: run.engine, name: request.name },
      { continued_from: run.id, resume_from_checkpoint: checkpoint },
    );
  }

  /** A queued run just leaves the queue; a running one is asked to save and end, or, with `discard`, to end and leave nothing. */
  stop(id: string, request: StopRun = {}): RunStatus {
    const run = this.find(id);
    const { status } = run;
    if (status === "queued") {
      run.setRecord({ queued_at: null, queue_rank: null, stop_requested_at: new Date().toISOString() });
      void this.queue.pump();
    } else if (status === "running" || status === "stopping") {
      if (!run.record?.process) {
        throw new AppError(
          "forbidden",
          "This run was not started by a console: stop it where you started it.",
        );
      }
      this.supervisor.stop(run, this.stopWish(run, request));
    } else {
      throw new AppError("busy", `There is nothing to stop: the run is ${status}.`);
    }
    this.follower.look(run);
    return run.status;
  }

  /** Starts a waiting run at once, beside those that are going. @throws AppError busy */
  async startNow(id: string): Promise<RunStatus> {
    const run = this.find(id);
    await this.queue.startNow(run);
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
      queue_rank: this.queue.nextRank(),
      resume_from_checkpoint: `${run.relativeFolder}/${last.name}`,
      process: null,
      exit: null,
      stop_requested_at: null,
    });
    this.follower.tellStatus(run);
    await this.queue.pump();
    return run.status;
  }

  /** A name to show (the folder keeps its own), notes, tags. They lie in the folder, not in the database. */
  describe(id: string, change: DescribeRun): RunDetail {
    const run = this.find(id);
    run.adopt();
    const { tags } = change;
    run.setRecord({ ...change, ...(tags && { tags: [...new Set(tags)] }) });
    this.catalog.mirror();
    this.follower.tellStatus(run);
    return this.detail(id);
  }

  /** What deleting a run removes: every file with its size. A run that was imported in place loses nothing. */
  removalOf(id: string): { name: string; bytes: number }[] {
    const run = this.find(id);
    return run.inPlace ? [] : allFiles(run.folder);
  }

  /** Deletes a run's folder, or forgets one that was imported in place. @throws AppError busy, forbidden */
  async remove(id: string): Promise<{ name: string; bytes: number }[]> {
    const run = this.find(id);
    const removed = run.inPlace ? [] : await removeRunFolder(run, this.catalog.saves);
    this.catalog.unlist(run);
    this.forget(run);
    void this.queue.pump();
    return removed;
  }

  /** What importing a folder would do. */
  previewImport(request: ImportRun): Promise<ImportPreview> {
    return previewImport(request, { home: this.options.home, saves: this.catalog.saves });
  }

  /** Takes up a folder from anywhere on this machine. @throws AppError invalid_request, disk_full */
  async import(request: ImportRun): Promise<string> {
    const places = { home: this.options.home, saves: this.catalog.saves };
    if (request.how === "copy") {
      const folder = await copyRunFolder(request, places);
      this.rescan();
      return this.catalog.all().find((run) => run.folder === folder)!.id;
    }
    const folder = folderOf(request.path, places.home);
    const problem = folderProblem(folder, places.saves);
    if (problem !== null) throw new AppError("invalid_request", problem);
    const run = this.catalog.addInPlace(folder);
    this.follower.tellStatus(run);
    return run.id;
  }

  /** The answers that a run gave at its checkpoints. */
  samples(id: string): Sample[] {
    return readSamples(this.find(id).folder);
  }

  /** Absolute path of a run's folder, for rooms that read files of theirs in it. @throws AppError not_found */
  folderOf(id: string): string {
    return this.find(id).folder;
  }

  queueStatus(): QueueStatus {
    return this.queue.status();
  }

  async changeQueue({ slots, paused, continue_on_error, order }: UpdateQueue): Promise<QueueStatus> {
    if (order) await this.queue.reorder(order);
    await this.queue.change({
      ...(slots !== undefined && { slots }),
      ...(paused !== undefined && { paused, pausedBy: null }),
      ...(continue_on_error !== undefined && { continueOnError: continue_on_error }),
    });
    return this.queue.status();
  }

  /** About `points` points that draw the whole curve, or the part between two steps. */
  metricsThinned(id: string, points: number, range?: { from: number; to: number }): MetricsChunk {
    return { id, ...this.looked(id).logs.metricsThinned(points, range) };
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
    const run = this.catalog.find(id);
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
    if (performance.now() - this.lastScan < maxAgeMs) return;
    this.lastScan = performance.now();
    const { removed } = this.catalog.scan();
    for (const run of removed) this.forget(run);
    const runs = this.catalog.all();
    this.turn += 1;
    for (const [index, run] of runs.entries()) {
      // Of many ended runs a part is looked at in turn: one that goes on again elsewhere is found a little later.
      if (runs.length > MANY_RUNS && index % TURNS !== this.turn % TURNS && wasSettled(run)) continue;
      if (isSettled(run)) continue;
      run.refresh();
      if (run.isActive && run.status !== "queued") this.follower.follow(run, "active");
      this.follower.tellStatus(run);
    }
  }

  /** Lets running programs run on; forgets everything else. */
  async close(): Promise<void> {
    this.savesWatch.close();
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

  private async make(request: CreateRun, origin: Partial<RunRecord>): Promise<Run> {
    const { engine: id, reason } = await this.choose(request);
    const engine = this.engine(id);
    await mustBeAvailable(engine);
    const folder = await makeRunFolder(request, {
      engine,
      home: this.options.home,
      preflight: this.options.preflight ?? (() => Promise.resolve([])),
      origin: {
        queue_rank: this.queue.nextRank(),
        engine_reason: reason,
        environment: engine.environment(typedArguments(request.config)),
        ...origin,
      },
    });
    const run = this.catalog.add(folder);
    this.follower.tellStatus(run);
    return run;
  }

  /** The engine that the request names, else the one that suits it. */
  private async choose(request: CreateRun): Promise<{ engine: EngineId; reason: string | null }> {
    if (request.engine && request.engine !== "auto") return { engine: request.engine, reason: null };
    return (await this.options.chooseEngine?.(request)) ?? { engine: "embedded", reason: null };
  }

  private stopWish(run: Run, { discard = false, now = false }: StopRun) {
    return { signal: this.engine(run.engine).stopSignal, discard: discard || run.record!.discard, now };
  }

  private ended(run: Run): void {
    if (run.record?.discard && !run.isActive) this.discard(run);
    this.queue.ended(run);
  }

  /** The end of "stop and discard". */
  private discard(run: Run): void {
    void this.remove(run.id).catch((error: unknown) => {
      // Already gone, or a file that does not let itself be deleted: the run stays in the list as stopped.
      if (existsSync(run.folder)) console.error(`${run.folder} could not be discarded:`, error);
    });
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

/** Cards do not come and go while a console runs, and asking starts a program. */
function askOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => (answer ??= ask());
}

/** @throws AppError unsupported with the engine's own reason */
async function mustBeAvailable(engine: Engine): Promise<void> {
  const { available, reason, name } = await engine.detect();
  if (!available) throw new AppError("unsupported", reason ?? `${name} cannot be used here.`);
}
