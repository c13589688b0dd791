/**
 * The runs service: create, list, stop, resume, rename, delete, replay. Everything that the console can do with runs goes
 * through here, by id; how each is done is in the files beside.
 */
import type { CreateRun, EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { LogChunk, MetricsChunk, RunSubscription } from "@/server/contract/events";
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
import type { Engine } from "@/server/engines/engine";
import { findGraphicsCards, type GraphicsCard } from "@/server/processes/graphics-cards";
import { Follower, type RunListener } from "./follower";
import type { MeasuredRun } from "./forecast";
import type { Preflight } from "./new-run";
import { QueueSettingsFile } from "./queue-settings";
import type { Run } from "./run";
import { RunBeginnings } from "./run-beginnings";
import { RunCatalog, type RunIndex } from "./run-catalog";
import { RunEndings } from "./run-endings";
import { type ChooseEngine, RunEngines } from "./run-engines";
import { fullModels, measuredRuns, runsWithWeights, type RunWithWeights } from "./run-outcomes";
import { copyRunFolder, folderOf, folderProblem, previewImport } from "./run-import";
import { RunQueue } from "./run-queue";
import { readSamples } from "./run-samples";
import { RunScan } from "./run-scan";
import { describe, listed, newestFirst, summarize } from "./run-summary";
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
  chooseEngine?: ChooseEngine;
  /** Looks at what a configuration names before a run of it is made; finds nothing where missing. */
  preflight?: Preflight;
  /** The graphics cards of this machine; asked of the driver where missing. */
  cards?: () => Promise<readonly GraphicsCard[]>;
  /** How long a stopped run may take to save and end before it is killed. */
  graceMs?: number;
}

const SCAN_EVERY_MS = 2000;
/** A step of a large model, and the checkpoint after it. */
const GRACE_MS = 60_000;

export class Runs {
  private readonly engines: RunEngines;
  private readonly catalog: RunCatalog;
  private readonly follower: Follower;
  private readonly supervisor: Supervisor;
  private readonly queue: RunQueue;
  private readonly endings: RunEndings;
  private readonly beginnings: RunBeginnings;
  private readonly scan: RunScan;
  private readonly savesWatch: SavesWatch;

  constructor(private readonly options: RunsOptions) {
    const { home, index, listener } = options;
    this.engines = new RunEngines(options.engines, options.chooseEngine);
    const engines = this.engines;
    const catalog = (this.catalog = new RunCatalog(home, index));
    const follower = (this.follower = new Follower(listener, (run) => this.endings.ended(run)));
    const supervisor = (this.supervisor = new Supervisor({
      graceMs: options.graceMs ?? GRACE_MS,
      onExit: (run) => {
        follower.look(run);
        this.endings.ended(run);
      },
    }));
    const queue = (this.queue = new RunQueue({
      home,
      supervisor,
      settings: new QueueSettingsFile(catalog.saves),
      cards: askOnce(options.cards ?? findGraphicsCards),
      runs: () => catalog.all(),
      engineOf: (run) => engines.get(run.engine),
      look: (run) => follower.look(run),
      onStarted: (run) => {
        follower.follow(run, "active");
        follower.tellStatus(run);
      },
      onChanged: (status) => {
        listener.queue(status);
        for (const run of catalog.all()) if (run.status === "queued") follower.tellStatus(run);
      },
    }));
    const shared = { catalog, engines, follower, queue };
    const onRemoved = (id: string) => listener.removed(id);
    this.endings = new RunEndings({ ...shared, supervisor, onRemoved });
    const preflight = options.preflight ?? (() => Promise.resolve([]));
    this.beginnings = new RunBeginnings({ ...shared, home, preflight, endings: this.endings });
    this.scan = new RunScan(catalog, follower, (run) => this.endings.forget(run));
    this.savesWatch = new SavesWatch(catalog.saves, () => this.rescan());
  }

  /** Takes up what is there: runs that still train are followed again, those that wait get their turn. */
  recover(): void {
    this.rescan();
    for (const run of this.catalog.all()) this.endings.takeUp(run);
    this.savesWatch.open();
    void this.queue.pump();
  }

  /** Newest first. Looks for folders that were made outside the console. */
  list(): RunSummary[] {
    this.rescan(SCAN_EVERY_MS);
    return this.catalog
      .all()
      .map(listed)
      .sort((a, b) => newestFirst(a.created_at, b.created_at));
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
  async create(request: CreateRun): Promise<string> {
    return (await this.beginnings.create(request)).id;
  }

  /**
   * Queues every combination of a sweep as one group; all of them, or none where one is refused.
   * @throws AppError as `create`
   */
  async createSweep(request: CreateSweep): Promise<{ id: string; runs: string[] }> {
    const { id, runs } = await this.beginnings.createSweep(request);
    return { id, runs: runs.map((run) => run.id) };
  }

  /** The runs that a sweep would make, by name. @throws AppError invalid_request */
  planSweep(request: CreateSweep): Pick<SweepRun["sweep"], "name" | "values">[] {
    return sweepRuns(request).map(({ request: { name = "" }, values }) => ({ name, values }));
  }

  /** A new run that goes on from an ended one. @throws AppError unsupported with the reason, else as `create` */
  async continue(id: string, request: ContinueRun): Promise<string> {
    return (await this.beginnings.continue(this.find(id), request)).id;
  }

  /** A queued run just leaves the queue; a running one is asked to save and end, or, with `discard`, to end and leave nothing. */
  stop(id: string, request: StopRun = {}): RunStatus {
    const run = this.find(id);
    this.endings.stop(run, request);
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
    await this.beginnings.resume(run);
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
    return this.endings.removalOf(this.find(id));
  }

  /** Deletes a run's folder, or forgets one that was imported in place. @throws AppError busy, forbidden */
  async remove(id: string): Promise<{ name: string; bytes: number }[]> {
    return await this.endings.remove(this.find(id));
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

  /**
   * What a viewer lacks who holds so much of a run's files. Both are read at one look: a look between them would tell lines
   * to those who watch already, and the new viewer would have them from nobody.
   */
  replay({ id, metrics_offset, log_offset, points }: RunSubscription): {
    metrics: MetricsChunk;
    log: LogChunk;
  } {
    const { logs } = this.looked(id);
    const metrics =
      points !== undefined && metrics_offset === 0
        ? logs.metricsThinned(points)
        : logs.metricsFrom(metrics_offset);
    return { metrics: { id, ...metrics }, log: { id, ...logs.logFrom(log_offset) } };
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
    this.scan.look(maxAgeMs);
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
    return this.engines.get(id);
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
}

/** Cards do not come and go while a console runs, and asking starts a program. */
function askOnce<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => (answer ??= ask());
}
