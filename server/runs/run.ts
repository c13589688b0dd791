/**
 * One run: its folder, record and what has been read of its growing files. `refresh` takes what is new; `summary` and
 * `detail` say it in the contract's words. It starts and stops nothing.
 */
import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import { phaseOfLogLine } from "@/server/contract/phase";
import {
  isEnded,
  type MetricPoint,
  type RunDetail,
  type RunPhase,
  type RunStatus,
  type RunSummary,
} from "@/server/contract/run";
import { splitList } from "@/server/contract/train-config";
import { isAlive } from "@/server/processes/process-identity";
import { checkpointEngine, latestResumable, listCheckpoints } from "./checkpoint-list";
import { endsInError, failureWords } from "./failure-words";
import { fileSize, readLines, readText } from "./growing-file";
import { MetricsDigest, parseMetricLines } from "./metrics-digest";
import { readRunArgs, type RunArgs } from "./run-args";
import {
  bytesOf,
  checkpointFolders,
  hasWeights,
  LOG_FILE,
  METRICS_FILE,
  namesIn,
  OUTPUT_FILE,
} from "./run-files";
import { readRecord, writeRecord, type RunRecord } from "./run-record";
import { deriveStatus } from "./run-status";

/** What a viewer gets who asks for the log without an offset. */
const LOG_TAIL = 64 * 1024;

export class Run {
  record: RunRecord | null;
  /** Whether its program is a child of this console, whose end is told to the supervisor. */
  attached = false;
  private args: RunArgs = {};
  private yaml = "";
  private argsTime = -1;
  private digest = new MetricsDigest();
  private metricsOffset = 0;
  private sessionOffset = 0;
  private logName = LOG_FILE;
  private logOffset = 0;
  private phase: RunPhase | null = null;
  private aliveNow = false;
  private aliveAsked = 0;

  constructor(
    /** Absolute path. */
    readonly folder: string,
    private readonly home: string,
  ) {
    this.record = readRecord(folder);
    this.refresh();
  }

  /** From the record, else from the folder's place: stable without writing into folders that others made. */
  get id(): string {
    return this.record?.id ?? createHash("sha256").update(this.relativeFolder).digest("hex").slice(0, 12);
  }

  /** As a person would type it from the home folder. */
  get relativeFolder(): string {
    const relative = path.relative(this.home, this.folder);
    return relative.startsWith("..") ? this.folder : relative.split(path.sep).join("/");
  }

  /** Replaces the record, in the folder and here. */
  setRecord(change: Partial<RunRecord>): void {
    if (!this.record) throw new Error(`${this.folder} has no record to change.`);
    this.record = { ...this.record, ...change };
    writeRecord(this.folder, this.record);
  }

  /** Gives a folder that was made elsewhere a record, so that a name can be kept. */
  adopt(): void {
    if (this.record) return;
    const { id, engine, createdAt } = this;
    this.record = {
      id,
      name: null,
      engine,
      created_at: createdAt,
      queued_at: null,
      resume_from_checkpoint: null,
      command: [],
      process: null,
      sessions: [],
      stop_requested_at: null,
      exit: null,
    };
    writeRecord(this.folder, this.record);
  }

  /** Reads what the files have gained since last time. */
  refresh(seen: number | null = null): { metrics: MetricsChunk | null; log: LogChunk | null } {
    this.readArgsIfChanged();
    this.checkAlive();
    return { metrics: this.takeMetrics(seen), log: this.takeLog() };
  }

  /** Asks the system about the process; at most once a second, since that starts a program on some systems. */
  checkAlive(now = Date.now()): void {
    if (!this.record?.process || this.record.exit) this.aliveNow = false;
    // Our own child is not over before we have been told how it ended.
    else if (this.attached) this.aliveNow = true;
    else if (now - this.aliveAsked > 1000) {
      this.aliveNow = isAlive(this.record.process);
      this.aliveAsked = now;
    }
  }

  /** The training program starts (again): its pace and phase begin anew. */
  beginSession(): void {
    this.digest.newSession();
    this.sessionOffset = this.metricsOffset;
    this.phase = "start";
    this.aliveAsked = 0;
  }

  get status(): RunStatus {
    return deriveStatus({
      record: this.record,
      alive: this.aliveNow,
      summaryWritten: this.digest.endsWithSummary && this.metricsOffset > this.sessionOffset,
      step: this.digest.step,
      totalSteps: this.digest.totalSteps,
      resultsWritten: () => hasWeights(this.folder) || namesIn(this.folder).includes("all_results.json"),
      endsInError: () => endsInError(this.outputTail()),
      quietSeconds: (Date.now() - this.lastWrite) / 1000,
    });
  }

  /** Whether the run occupies the machine or waits for it. */
  get isActive(): boolean {
    return !isEnded(this.status);
  }

  /** All points from a byte offset on, up to what has been read so far. */
  metricsFrom(offset: number): MetricsChunk {
    const piece = readLines(this.file(METRICS_FILE), offset, this.metricsOffset);
    if (!piece) return { id: this.id, from: 0, to: 0, reset: offset > 0, points: [] };
    return {
      id: this.id,
      from: piece.from,
      to: piece.to,
      reset: piece.reset,
      points: parseMetricLines(piece.bytes.toString("utf8")),
    };
  }

  /** The log from a byte offset on (-1: its tail), up to what has been read so far. */
  logFrom(offset: number): LogChunk {
    const piece = readText(this.file(this.logName), offset < 0 ? -LOG_TAIL : offset, this.logOffset);
    if (!piece) return { id: this.id, from: 0, to: 0, reset: offset > 0, text: "" };
    return {
      id: this.id,
      from: piece.from,
      to: piece.to,
      reset: piece.reset || offset < 0,
      text: piece.bytes.toString("utf8"),
    };
  }

  summary(): RunSummary {
    const { digest, record, args, status } = this;
    const ended = isEnded(status);
    const resume = this.resumeState(status);
    return {
      id: this.id,
      name: record?.name ?? path.basename(this.folder),
      status,
      phase: ended || status === "queued" ? null : (this.phase ?? "start"),
      engine: this.engine,
      origin: record && record.command.length > 0 ? "console" : "folder",
      model: modelName(args.model_name_or_path),
      template: text(args.template),
      stage: text(args.stage) ?? "sft",
      method: text(args.finetuning_type) ?? "lora",
      datasets: splitList(text(args.dataset)),
      learning_rate: number(args.learning_rate) ?? digest.learningRate,
      lora_rank: number(args.lora_rank),
      step: digest.step,
      total_steps: digest.totalSteps,
      epoch: digest.epoch,
      elapsed_seconds: digest.elapsedSeconds,
      remaining_seconds: ended ? null : digest.remainingSeconds,
      tokens_per_second: digest.tokensPerSecond,
      loss: digest.loss,
      eval_loss: digest.evalLoss,
      best_eval_loss: digest.bestEvalLoss,
      best_step: digest.bestStep,
      sparkline: digest.sparkline,
      created_at: this.createdAt,
      started_at: record?.sessions.at(-1)?.started_at ?? (record ? null : this.createdAt),
      ended_at: ended ? (record?.exit?.at ?? new Date(this.lastWrite).toISOString()) : null,
      error: this.errorWords(status),
      ...resume,
    };
  }

  detail(command: (argsFile: string) => string): RunDetail {
    const names = namesIn(this.folder).sort();
    return {
      ...this.summary(),
      folder: this.relativeFolder,
      config: this.args,
      yaml: this.yaml || stringify(this.args),
      command: command(`${this.relativeFolder}/training_args.yaml`),
      checkpoints: listCheckpoints(this.folder, this.digest.evalLossByStep, this.digest.step),
      files: names.map((name) => ({ name, bytes: bytesOf(path.join(this.folder, name)) })),
    };
  }

  get engine(): RunSummary["engine"] {
    if (this.record) return this.record.engine;
    const last = checkpointFolders(this.folder).at(-1);
    return (last && checkpointEngine(path.join(this.folder, last.name))) ?? "llamafactory";
  }

  /** Arguments as they lie in training_args.yaml. */
  get config(): RunArgs {
    return this.args;
  }

  /** Seconds a step takes, for forecasts of like runs; null where nothing was measured. */
  get secondsPerStep(): number | null {
    return this.digest.secondsPerStep;
  }

  private resumeState(status: RunStatus): Pick<RunSummary, "can_resume" | "resume_blocked_reason"> {
    if (!isEnded(status) || status === "finished") return { can_resume: false, resume_blocked_reason: null };
    if (Object.keys(this.args).length === 0 || this.yaml === "") {
      return {
        can_resume: false,
        resume_blocked_reason: "It has no training_args.yaml, so its exact settings are not known.",
      };
    }
    const last = latestResumable(this.folder);
    if ("reason" in last) return { can_resume: false, resume_blocked_reason: last.reason };
    return { can_resume: true, resume_blocked_reason: null };
  }

  private errorWords(status: RunStatus): string | null {
    if (status === "failed") return failureWords(this.record?.exit ?? null, this.outputTail());
    if (status === "interrupted") {
      return this.record?.exit?.signal
        ? `The process was ended from outside (${this.record.exit.signal}).`
        : "The process is gone and left no result: the machine or the program was shut down.";
    }
    return null;
  }

  private takeMetrics(seen: number | null): MetricsChunk | null {
    const piece = readLines(this.file(METRICS_FILE), this.metricsOffset);
    if (!piece) return null;
    if (piece.reset) {
      this.digest = new MetricsDigest();
      this.sessionOffset = 0;
    }
    if (piece.bytes.length === 0 && !piece.reset) return null;
    this.metricsOffset = piece.to;
    const points: MetricPoint[] = parseMetricLines(piece.bytes.toString("utf8"));
    for (const point of points) this.digest.add(point, seen);
    if (this.sessionOffset === 0) this.sessionOffset = this.record?.sessions.at(-1)?.metrics_offset ?? 0;
    return { id: this.id, from: piece.from, to: piece.to, reset: piece.reset, points };
  }

  private takeLog(): LogChunk | null {
    const name = this.pickLog();
    const switched = name !== this.logName;
    if (switched) {
      this.logName = name;
      this.logOffset = 0;
    }
    const piece = readText(this.file(name), this.logOffset);
    if (!piece || (piece.bytes.length === 0 && !piece.reset && !switched)) return null;
    this.logOffset = piece.to;
    const textNow = piece.bytes.toString("utf8");
    for (const line of textNow.split("\n")) this.phase = phaseOfLogLine(line) ?? this.phase;
    return { id: this.id, from: piece.from, to: piece.to, reset: piece.reset || switched, text: textNow };
  }

  /** running_log.txt once it says something; until then, and where it stays away, the program's raw output. */
  private pickLog(): string {
    if (fileSize(this.file(LOG_FILE)) > 0) return LOG_FILE;
    return fileSize(this.file(OUTPUT_FILE)) > 0 ? OUTPUT_FILE : LOG_FILE;
  }

  /** Last words: the raw output has what a program says when it dies, the log what it said before. */
  private outputTail(): string {
    for (const name of [OUTPUT_FILE, LOG_FILE]) {
      const piece = readText(this.file(name), -8192);
      const tail = piece?.bytes.toString("utf8") ?? "";
      if (tail.trim() !== "") return tail;
    }
    return "";
  }

  private readArgsIfChanged(): void {
    const time = timeOf(this.file("training_args.yaml")) ?? 0;
    if (time === this.argsTime) return;
    this.argsTime = time;
    ({ args: this.args, yaml: this.yaml } = readRunArgs(this.folder));
  }

  private get createdAt(): string {
    if (this.record) return this.record.created_at;
    const times = namesIn(this.folder).map((name) => timeOf(this.file(name)) ?? Infinity);
    return new Date(Math.min(Date.now(), ...times)).toISOString();
  }

  private get lastWrite(): number {
    const times = [METRICS_FILE, LOG_FILE, OUTPUT_FILE].map((name) => timeOf(this.file(name)) ?? 0);
    return Math.max(...times) || (timeOf(this.folder) ?? 0);
  }

  private file(name: string): string {
    return path.join(this.folder, name);
  }
}

/** "models/starter" → "starter"; a hub id stays whole. */
function modelName(value: unknown): string {
  const name = text(value) ?? "unknown";
  const isPath = path.isAbsolute(name) || /^(\.|models\/|saves\/)/.test(name);
  return isPath ? path.basename(name) : name;
}

function text(value: unknown): string | null {
  if (Array.isArray(value)) return value.map(String).join(",");
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  const converted = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof converted === "number" && Number.isFinite(converted) ? converted : null;
}

function timeOf(target: string): number | null {
  try {
    return statSync(target).mtimeMs;
  } catch {
    return null;
  }
}
