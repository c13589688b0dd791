/**
 * The runs service: create, list, stop, resume, rename, delete, replay. One run trains at a time; the others wait in the
 * order in which they came. Everything that the console can do with runs goes through here.
 */
import { rm } from "node:fs/promises";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import type { CreateRun, EngineId } from "@/server/contract/api";
import { AppError } from "@/server/contract/errors";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { RunDetail, RunStatus, RunSummary } from "@/server/contract/run";
import type { Engine } from "@/server/engines/engine";
import { latestResumable, savedWeights } from "./checkpoint-list";
import { Follower, type RunListener } from "./follower";
import { makeRunFolder } from "./new-run";
import type { Run } from "./run";
import { RunCatalog, type RunIndex } from "./run-catalog";
import { ARGS_FILE, bytesOf, hasFullModel, namesIn } from "./run-files";
import { Supervisor } from "./supervisor";

export interface RunsOptions {
  /** Absolute path of TUNEBOARD_HOME. */
  home: string;
  engines: ReadonlyMap<EngineId, Engine>;
  index: RunIndex;
  listener: RunListener;
  graceMs?: number;
}

/** A run that left weights: an adapter on top of its base, or whole models. */
export interface RunWithWeights {
  id: string;
  name: string;
  folder: string;
  detail: string;
  template: string | null;
  baseFolder: string;
  kind: "adapter" | "model";
  /** "" for the run's own folder, else a checkpoint's name. */
  saved: { name: string; step: number | null }[];
  createdAt: string;
}

const SCAN_EVERY_MS = 2000;

export class Runs {
  private readonly catalog: RunCatalog;
  private readonly follower: Follower;
  private readonly supervisor: Supervisor;
  private pumping: Promise<void> = Promise.resolve();
  private lastScan = 0;
  private closed = false;

  constructor(private readonly options: RunsOptions) {
    this.catalog = new RunCatalog(options.home, options.index);
    this.follower = new Follower(options.listener, () => this.pump());
    this.supervisor = new Supervisor({
      graceMs: options.graceMs ?? 60_000,
      onExit: (run) => {
        run.checkAlive();
        this.follower.look(run);
        this.pump();
      },
    });
  }

  /** Takes up what is there: runs that still train are followed again, those that wait get their turn. */
  recover(): void {
    this.rescan();
    for (const run of this.catalog.all()) {
      // The console was told to stop it and went away before that was done.
      if (run.status === "stopping") this.supervisor.stop(run, this.engineOf(run).stopSignal);
    }
    this.pump();
  }

  /** Newest first. Looks for folders that were made outside the console. */
  list(): RunSummary[] {
    this.rescan(SCAN_EVERY_MS);
    return this.catalog
      .all()
      .map((run) => run.summary())
      .sort((a, b) => b.created_at.localeCompare(a.created_at));
  }

  detail(id: string): RunDetail {
    const run = this.find(id);
    this.follower.look(run);
    return run.detail((argsFile) => this.engineOf(run).shownCommand(argsFile));
  }

  summary(id: string): RunSummary {
    return this.find(id).summary();
  }

  /** @throws AppError invalid_config with problems, busy where the name is taken */
  async create(request: CreateRun): Promise<string> {
    const engine = this.engine(request.engine ?? "embedded");
    const folder = await makeRunFolder(request, engine, this.options.home);
    const run = this.catalog.add(folder);
    this.follower.tellStatus(run);
    this.pump();
    await this.pumping;
    return run.id;
  }

  /** A queued run just leaves the queue; a running one is asked to save and end. */
  stop(id: string): RunStatus {
    const run = this.find(id);
    const { status } = run;
    if (status === "queued") {
      run.setRecord({ queued_at: null, stop_requested_at: new Date().toISOString() });
    } else if (status === "running" || status === "stopping") {
      if (!run.record?.process)
        throw new AppError(
          "forbidden",
          "This run was not started by the console, so it is not the console's to stop.",
        );
      this.supervisor.stop(run, this.engineOf(run).stopSignal);
    } else {
      throw new AppError("busy", `There is nothing to stop: the run is ${status}.`);
    }
    this.follower.look(run);
    return run.status;
  }

  /** Queues an ended run again, to go on from its last checkpoint in the same folder. @throws AppError unsupported with the reason */
  async resume(id: string): Promise<RunStatus> {
    const run = this.find(id);
    const { can_resume, resume_blocked_reason, status } = run.summary();
    const last = latestResumable(run.folder);
    if (!can_resume || "reason" in last) {
      throw new AppError(
        "unsupported",
        resume_blocked_reason ?? `A run that is ${status} cannot be resumed.`,
      );
    }
    run.adopt();
    run.setRecord({
      queued_at: new Date().toISOString(),
      resume_from_checkpoint: `${run.relativeFolder}/${last.name}`,
      process: null,
      exit: null,
      stop_requested_at: null,
    });
    this.follower.tellStatus(run);
    this.pump();
    await this.pumping;
    return run.status;
  }

  /** A name to show; the folder keeps its own. */
  rename(id: string, name: string): RunDetail {
    const run = this.find(id);
    run.adopt();
    run.setRecord({ name });
    this.catalog.mirror(run);
    this.follower.tellStatus(run);
    return this.detail(id);
  }

  /** What deleting a run removes, by name and size. */
  removalOf(id: string): { name: string; bytes: number }[] {
    const { folder } = this.find(id);
    return namesIn(folder)
      .sort()
      .map((name) => ({ name, bytes: bytesOf(path.join(folder, name)) }));
  }

  /** Deletes a run's folder. @throws AppError busy while it is active */
  async remove(id: string): Promise<{ name: string; bytes: number }[]> {
    const run = this.find(id);
    if (run.isActive && run.status !== "queued")
      throw new AppError("busy", "The run is still going. Stop it first.");
    // A link inside saves/ that leads elsewhere must not take that elsewhere along.
    const real = realpathSync(run.folder);
    if (!real.startsWith(realpathSync(this.catalog.saves) + path.sep)) {
      throw new AppError(
        "forbidden",
        `${run.relativeFolder} leads out of the saves folder; delete it by hand.`,
      );
    }
    const removed = this.removalOf(id);
    await rm(run.folder, { recursive: true, force: true });
    this.catalog.forget(run);
    this.options.listener.removed(id);
    return removed;
  }

  metricsFrom(id: string, offset: number): MetricsChunk {
    const run = this.find(id);
    this.follower.look(run);
    return run.metricsFrom(offset);
  }

  logFrom(id: string, offset: number): LogChunk {
    const run = this.find(id);
    this.follower.look(run);
    return run.logFrom(offset);
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

  /** Absolute folder of a run, for chat and forecasts. */
  folderOf(id: string): string {
    return this.find(id).folder;
  }

  /** Runs that left weights to chat with, as the chat service takes them. */
  chatSources(): RunWithWeights[] {
    return this.catalog.all().flatMap((run) => {
      const saved = savedWeights(run.folder);
      if (saved.length === 0) return [];
      const { id, name, method, lora_rank, datasets, template, created_at } = run.summary();
      const base = run.config.model_name_or_path;
      return {
        id,
        name,
        folder: run.folder,
        detail: [method === "lora" && lora_rank ? `lora r${lora_rank}` : method, datasets.join(", ")]
          .filter(Boolean)
          .join(" · "),
        template,
        baseFolder: path.resolve(this.options.home, typeof base === "string" ? base : ""),
        kind: saved[0]!.kind,
        saved,
        createdAt: created_at,
      };
    });
  }

  /** Folders of runs that ended with a whole model in them. */
  fullModels(): { name: string; folder: string }[] {
    return this.catalog
      .all()
      .filter((run) => !run.isActive && hasFullModel(run.folder))
      .map((run) => ({ name: run.summary().name, folder: run.folder }));
  }

  /** Runs with what they measured, newest first, for forecasts of like ones. */
  measured(): { name: string; config: Record<string, unknown>; secondsPerStep: number; createdAt: string }[] {
    return this.catalog
      .all()
      .map((run) => ({ run, pace: run.secondsPerStep }))
      .filter((entry): entry is { run: Run; pace: number } => entry.pace !== null && entry.pace > 0)
      .map(({ run, pace }) => ({
        name: run.summary().name,
        config: run.config,
        secondsPerStep: pace,
        createdAt: run.summary().created_at,
      }))
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  }

  /** Looks for new and lost folders, at most once in `maxAgeMs`. */
  rescan(maxAgeMs = 0): void {
    if (Date.now() - this.lastScan < maxAgeMs) return;
    this.lastScan = Date.now();
    const { added, removed } = this.catalog.scan();
    for (const run of removed) this.options.listener.removed(run.id);
    for (const run of added) {
      if (run.isActive && run.status !== "queued") this.follower.follow(run, "active");
      this.follower.tellStatus(run);
    }
  }

  /** Lets running programs run on; forgets everything else. */
  async close(): Promise<void> {
    this.closed = true;
    this.follower.close();
    this.supervisor.close();
    await this.pumping;
  }

  /** Starts the run that has waited longest, if none is training. One at a time: pumps queue up behind each other. */
  private pump(): void {
    this.pumping = this.pumping
      .then(() => this.startNext())
      .catch((error: unknown) => console.error("The queue stumbled:", error));
  }

  private async startNext(): Promise<void> {
    if (this.closed) return;
    const runs = this.catalog.all();
    // Runs that others started on this machine are theirs; only our own are one at a time.
    if (runs.some((run) => run.record?.process && (run.status === "running" || run.status === "stopping")))
      return;
    const [next] = runs
      .filter((run) => run.record?.queued_at)
      .sort((a, b) => a.record!.queued_at!.localeCompare(b.record!.queued_at!));
    if (!next) return;
    const from = next.record!.resume_from_checkpoint;
    const command = this.engineOf(next).command({
      kind: "train",
      argsFile: path.join(next.folder, ARGS_FILE),
      overrides: from === null ? [] : [`resume_from_checkpoint=${from}`, "overwrite_output_dir=false"],
      runFolder: next.folder,
      cwd: this.options.home,
    });
    try {
      await this.supervisor.start(next, command);
      this.follower.follow(next, "active");
    } catch (error) {
      if (!existsSync(next.folder)) return;
      if (!(error instanceof AppError)) throw error;
      console.error(error.message);
      this.pump();
    }
    this.catalog.mirror(next);
    this.follower.tellStatus(next);
  }

  private find(id: string): Run {
    this.rescan(SCAN_EVERY_MS);
    return this.catalog.get(id);
  }

  private engineOf(run: Run): Engine {
    return this.engine(run.engine);
  }

  /** @throws AppError unsupported */
  engine(id: EngineId): Engine {
    const engine = this.options.engines.get(id);
    if (!engine) throw new AppError("unsupported", `The engine ${id} is not part of this console.`);
    return engine;
  }
}
