/**
 * One run: its folder, its record, its arguments, its growing files, and the status that follows from them. It starts
 * and stops nothing; `run-summary.ts` says it in the contract's words.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import { isEnded, type RunStatus, type RunSummary } from "@/server/contract/run";
import { isAlive } from "@/server/processes/process-identity";
import { diskFullError, isDiskFull } from "@/server/disk/disk-space";
import { typedPath } from "@/server/disk/paths";
import { checkpointEngine } from "./checkpoint-list";
import { endsInError } from "./failure-words";
import { modifiedAt } from "./file-times";
import { readRunArgs, type RunArgs } from "./run-args";
import { ARGS_FILE, checkpointFolders, hasWeights, METRICS_FILE, namesIn } from "./run-files";
import { RunLogs } from "./run-logs";
import { freshRecord, readRecord, RECORD_FILE, writeRecord, type RunRecord } from "./run-record";
import { deriveStatus } from "./run-status";

/** Asking for a process starts a program on some systems. */
const ALIVE_EVERY_MS = 1000;
/** Clocks of network folders differ by this much at most; a time further ahead comes from a clock that was set back. */
const FUTURE_SECONDS = 30;

export class Run {
  record: RunRecord | null = null;
  /** Whether its program is a child of this console, whose end is told to the supervisor. */
  attached = false;
  /** How that child ended, until the record says so. */
  exit: Omit<NonNullable<RunRecord["exit"]>, "at"> | null = null;
  /** Its place among those that wait, from 1; kept up by the queue. */
  queuePosition: number | null = null;
  /** Whether the record could not be written (a full disk); it is tried again at every look. */
  isUnsaved = false;
  /** The signature of the files when they were read last. */
  readSignature = "";
  readonly logs: RunLogs;
  private args: RunArgs = {};
  private argsYaml = "";
  private argsTime: number | null = -1;
  private recordTime: number | null = -1;
  /** Times of the logs at the last look, and when we saw them change (a clock that never jumps). */
  private logTimes: string | null = null;
  private grewAt: number | null = null;
  private oldest: { folderTime: number | null; at: string } = { folderTime: null, at: "" };
  private readonly placeId: string;
  private aliveNow = false;
  private aliveAsked = -Infinity;

  constructor(
    /** Absolute path. */
    readonly folder: string,
    private readonly home: string,
    /** Whether it lies outside the saves folder, where it was imported in place. */
    readonly inPlace = false,
  ) {
    this.logs = new RunLogs(folder);
    this.placeId = createHash("sha256").update(this.relativeFolder).digest("hex").slice(0, 12);
    this.refresh();
  }

  /** From the record, else from the folder's place: stable without writing into folders that others made. */
  get id(): string {
    return this.record?.id ?? this.placeId;
  }

  get name(): string {
    return this.record?.name ?? path.basename(this.folder);
  }

  /** As a person would type it from the home folder. */
  get relativeFolder(): string {
    return typedPath(this.home, this.folder);
  }

  /** Arguments as they lie in training_args.yaml, or as far as the folder tells them, and what the start's environment holds. */
  get config(): RunArgs {
    const environment = this.record?.environment ?? {};
    return Object.keys(environment).length > 0 ? { ...this.args, ...environment } : this.args;
  }

  /** training_args.yaml as it is; "" where there is none. */
  get yaml(): string {
    return this.argsYaml;
  }

  get engine(): RunSummary["engine"] {
    if (this.record) return this.record.engine;
    const last = checkpointFolders(this.folder).at(-1);
    return (last && checkpointEngine(path.join(this.folder, last.name))) ?? "llamafactory";
  }

  /** ISO 8601; of a folder without a record, the time of its oldest file. */
  get createdAt(): string {
    if (this.record) return this.record.created_at;
    // Files come and go with a change of the folder's own time; without one, the oldest is the one that it was.
    const folderTime = modifiedAt(this.folder);
    if (folderTime === null || folderTime !== this.oldest.folderTime) {
      const times = namesIn(this.folder).map((name) => modifiedAt(path.join(this.folder, name)) ?? Infinity);
      this.oldest = { folderTime, at: new Date(Math.min(Date.now(), ...times)).toISOString() };
    }
    return this.oldest.at;
  }

  /** Changes whenever something does that status or summary are made from. */
  get signature(): string {
    return this.signatureWith(this.logs.modified);
  }

  /** Changes whenever an ended run goes on or its folder gets another file: asks for half of what `signature` does. */
  get quickSignature(): string {
    return ["", RECORD_FILE, METRICS_FILE].map((name) => modifiedAt(path.join(this.folder, name))).join(" ");
  }

  private signatureWith(logTimes: readonly number[]): string {
    const files = ["", RECORD_FILE, ARGS_FILE].map((name) => modifiedAt(path.join(this.folder, name)));
    return [...files, ...logTimes].join(" ");
  }

  /** Milliseconds at which it wrote last. */
  get lastWrite(): number {
    return this.logs.lastWrite || (modifiedAt(this.folder) ?? 0);
  }

  get status(): RunStatus {
    const { record, logs } = this;
    return deriveStatus({
      record,
      alive: this.aliveNow,
      summaryWritten: logs.endsWithSummary(record?.sessions.at(-1)?.metrics_offset ?? 0),
      step: logs.digest.step,
      totalSteps: logs.digest.totalSteps,
      resultsWritten: () => hasWeights(this.folder) || namesIn(this.folder).includes("all_results.json"),
      endsInError: () => endsInError(logs.lastWords()),
      quietSeconds: () => this.quietSeconds,
    });
  }

  /**
   * Seconds since its logs changed: by our own clock where we saw it happen, else by the files' times. A clock that was
   * set back leaves times that lie in the future; they say nothing, so such a file counts as old until it grows.
   */
  private get quietSeconds(): number {
    if (this.grewAt !== null) return (performance.now() - this.grewAt) / 1000;
    const age = (Date.now() - this.lastWrite) / 1000;
    return age < -FUTURE_SECONDS ? Infinity : Math.max(0, age);
  }

  /** Whether the run occupies the machine or waits for it. */
  get isActive(): boolean {
    return !isEnded(this.status);
  }

  /** Changes the record, in the folder and here; where the disk is full, here first and in the folder as soon as it can be. */
  setRecord(change: Partial<RunRecord>): void {
    if (!this.record) throw new Error(`${this.folder} has no record to change.`);
    this.record = { ...this.record, ...change };
    this.saveRecord();
  }

  private saveRecord(): void {
    try {
      writeRecord(this.folder, this.record!);
      this.isUnsaved = false;
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      if (!this.isUnsaved) console.error(diskFullError(this.folder).message);
      this.isUnsaved = true;
    }
    this.recordTime = modifiedAt(path.join(this.folder, RECORD_FILE));
  }

  /** Gives a folder that was made elsewhere a record, so that a name can be kept. */
  adopt(): void {
    if (this.record) return;
    const { id, engine, createdAt } = this;
    this.record = freshRecord({ id, engine, created_at: createdAt });
    this.setRecord({});
  }

  /**
   * Reads what the files have gained since last time; `seen` as in `RunLogs.takeMetrics`. It is handed out once: the
   * follower asks, everybody else asks the follower to look, or viewers would miss it.
   */
  refresh(seen: number | null = null): { metrics: MetricsChunk | null; log: LogChunk | null } {
    // Taken before the files are read: what is written meanwhile counts as new next time.
    const logTimes = this.logs.modified;
    this.readSignature = this.signatureWith(logTimes);
    this.readChanged();
    this.checkAlive();
    this.noteGrowth(logTimes.join(" "));
    const metrics = this.logs.takeMetrics(seen);
    const log = this.logs.takeLog();
    return { metrics: metrics && { id: this.id, ...metrics }, log: log && { id: this.id, ...log } };
  }

  /** Asks the system about the process, at most once a second. */
  checkAlive(now = performance.now()): void {
    if (!this.record?.process || this.record.exit) this.aliveNow = false;
    // Our own child is not over before we have been told how it ended.
    else if (this.attached) this.aliveNow = true;
    else if (now - this.aliveAsked > ALIVE_EVERY_MS) {
      this.aliveNow = isAlive(this.record.process);
      this.aliveAsked = now;
    }
  }

  private noteGrowth(times: string): void {
    if (this.logTimes !== null && times !== this.logTimes) this.grewAt = performance.now();
    this.logTimes = times;
  }

  /** The record and the arguments may have been changed by another console, by the trainer or by hand. */
  readChanged(): void {
    if (this.isUnsaved) this.saveRecord();
    const recordTime = modifiedAt(path.join(this.folder, RECORD_FILE));
    if (recordTime !== this.recordTime) {
      this.recordTime = recordTime;
      this.record = readRecord(this.folder);
      this.aliveAsked = -Infinity;
    }
    const argsTime = modifiedAt(path.join(this.folder, ARGS_FILE));
    if (argsTime !== this.argsTime) {
      this.argsTime = argsTime;
      ({ args: this.args, yaml: this.argsYaml } = readRunArgs(this.folder));
    }
  }
}
