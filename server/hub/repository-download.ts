/**
 * One repository on its way here: its files side by side, how far each is, pause and resume, and at the end one rename
 * into place. A repository that is partly there gets only what is missing or different.
 */
import { existsSync, statSync } from "node:fs";
import { cp, mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@/server/contract/errors";
import type { Download } from "@/server/contract/hub";
import { freeBytes, isDiskFull } from "@/server/disk/disk-space";
import { isIntact } from "./checksum";
import {
  draftFile,
  landingFolder,
  landingPlace,
  downloadKey,
  writeRecord,
  type DownloadRecord,
} from "./download-record";
import { PARTIAL, transferFile } from "./file-transfer";
import type { HubClient, RepositoryFile } from "./hub-repository";
import { brokenLineError, diskFull } from "./hub-words";
import { TransferRate } from "./transfer-rate";

/** Room that a download leaves on the disk. */
const DISK_FLOOR = 1_000_000_000;
const SIDE_BY_SIDE = 3;

type FileState = Download["files"][number]["state"];

export interface DownloadParts {
  /** Absolute path of TUNEBOARD_HOME. */
  readonly home: string;
  /** Absolute; holds what has come. */
  readonly draft: string;
  readonly client: HubClient;
  readonly redact: (text: string) => string;
  /** Told when everything is in place; gives the names under which a dataset is registered. */
  readonly onFinished: (download: RepositoryDownload) => Promise<string[]>;
  readonly patienceMs?: number;
  /** Bytes free on the disk of a folder: for tests. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

export class RepositoryDownload {
  readonly key: string;
  /** Relative to the home folder. */
  readonly target: string;
  private state: Download["state"] = "paused";
  private error: Download["error"] = null;
  private datasets: string[] = [];
  private readonly rate = new TransferRate();
  private readonly progress = new Map<string, { done: number; state: FileState }>();
  private abort: AbortController | null = null;
  private work: Promise<void> = Promise.resolve();

  constructor(
    readonly record: DownloadRecord,
    private readonly parts: DownloadParts,
  ) {
    this.key = downloadKey(record);
    this.target = landingPlace(record);
    for (const file of record.files) this.progress.set(file.path, this.found(file));
  }

  get isGoing(): boolean {
    return this.abort !== null;
  }

  get isFinished(): boolean {
    return this.state === "finished";
  }

  /** As the API tells it. */
  describe(): Download {
    const { record } = this;
    const files = record.files.map(({ path: name, bytes }) => {
      const { done, state } = this.progress.get(name)!;
      return { path: name, bytes, done_bytes: done, state };
    });
    const done_bytes = files.reduce((sum, file) => sum + file.done_bytes, 0);
    const total_bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const perSecond = this.isGoing ? this.rate.perSecond() : null;
    return {
      id: this.key,
      hub: record.hub,
      kind: record.kind,
      repo: record.id,
      state: this.state === "running" && files.every(isHere) ? "checking" : this.state,
      done_bytes,
      total_bytes,
      bytes_per_second: perSecond,
      seconds_left: perSecond ? (total_bytes - done_bytes) / perSecond : null,
      files,
      target: this.target,
      error: this.error && { ...this.error, message: this.parts.redact(this.error.message) },
      datasets: this.datasets,
      started_at: record.started_at,
    };
  }

  /** Begins, or goes on. */
  start(): void {
    if (this.isGoing || this.isFinished) return;
    this.abort = new AbortController();
    this.state = "running";
    this.error = null;
    this.rate.reset();
    this.keep(false);
    const { signal } = this.abort;
    this.work = this.run(signal).catch((error: unknown) => this.fail(error, signal));
  }

  /** Stops for now; what has come stays. */
  async pause(): Promise<void> {
    if (this.isFinished) return;
    this.keep(true);
    await this.halt();
    this.state = "paused";
    this.error = null;
  }

  /** Stops for good. @returns bytes of partial files that went */
  async cancel(): Promise<number> {
    await this.halt();
    const bytes = this.isFinished ? 0 : this.describe().done_bytes;
    await rm(this.parts.draft, { recursive: true, force: true });
    return bytes;
  }

  /** Leaves off without a word in the record: the next console goes on. */
  async halt(): Promise<void> {
    this.abort?.abort(new Error("halted"));
    await this.work;
  }

  private async run(signal: AbortSignal): Promise<void> {
    await this.mustHaveRoom();
    await this.fetchAll(signal);
    await this.putInPlace();
    this.datasets = await this.parts.onFinished(this);
    this.state = "finished";
    this.abort = null;
    await rm(this.parts.draft, { recursive: true, force: true });
  }

  /** Some files side by side; the first that fails stops the others, whose bytes are kept. */
  private async fetchAll(signal: AbortSignal): Promise<void> {
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const waiting = [...this.record.files];
    let failure: Error | null = null;
    const worker = async (): Promise<void> => {
      for (let file = waiting.shift(); file; file = waiting.shift()) await this.fetch(file, both);
    };
    await Promise.all(
      Array.from({ length: SIDE_BY_SIDE }, () =>
        worker().catch((error: unknown) => {
          failure ??= error instanceof Error ? error : brokenLineError(error, this.record.hub);
          stop.abort(new Error("another file failed"));
        }),
      ),
    );
    if (failure !== null) throw failure as Error;
  }

  private async fetch(file: RepositoryFile, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const target = draftFile(this.parts.draft, file.path);
    const progress = this.progress.get(file.path)!;
    const set = (done: number, state: FileState) => Object.assign(progress, { done, state });
    if (await this.isThere(file, target, signal)) {
      set(file.bytes, "done");
      return;
    }
    const { record, parts } = this;
    set(progress.done, "running");
    await transferFile({
      hub: record.hub,
      file,
      target,
      signal,
      patienceMs: parts.patienceMs,
      open: async (from, inner) => {
        await this.mustHaveRoom();
        return parts.client.open(record, file.path, { from, signal: inner });
      },
      on: {
        bytes: (done) => {
          this.rate.add(Math.max(0, done - progress.done));
          set(done, "running");
        },
        checking: () => set(file.bytes, "checking"),
        retrying: (error) => {
          this.state = error ? "retrying" : "running";
          this.error = error && { code: error.code, message: error.message };
        },
      },
    });
    set(file.bytes, "done");
  }

  /** Whether a whole file is here already: from an earlier start, or in a folder that only lacks others. */
  private async isThere(file: RepositoryFile, target: string, signal: AbortSignal): Promise<boolean> {
    if (await hasSize(target, file.bytes)) return true;
    const placed = path.join(this.parts.home, this.target, ...file.path.split("/"));
    if (!(await hasSize(placed, file.bytes))) return false;
    this.progress.get(file.path)!.state = "checking";
    return isIntact(placed, file, { signal });
  }

  /** One rename for a new folder; file by file where some are there already. */
  private async putInPlace(): Promise<void> {
    const target = path.join(this.parts.home, this.target);
    const files = path.join(this.parts.draft, "files");
    await mkdir(path.dirname(target), { recursive: true });
    if (!existsSync(target)) {
      await rename(files, target);
      return;
    }
    for (const { path: name } of this.record.files) {
      const from = draftFile(this.parts.draft, name);
      if (!existsSync(from)) continue;
      const to = path.join(target, ...name.split("/"));
      await mkdir(path.dirname(to), { recursive: true });
      // A folder that is a link may lie on another disk.
      await rename(from, to).catch(() => cp(from, to));
    }
  }

  private async mustHaveRoom(): Promise<void> {
    const missing = [...this.progress].reduce((sum, [name, { done }]) => {
      const { bytes } = this.record.files.find((file) => file.path === name)!;
      return sum + bytes - done;
    }, 0);
    const folder = path.join(this.parts.home, landingFolder(this.record.kind));
    const free = await (this.parts.freeBytes ?? freeBytes)(folder);
    if (free < missing + DISK_FLOOR) throw notEnoughRoom(missing, free);
  }

  private fail(error: unknown, signal: AbortSignal): void {
    this.abort = null;
    if (signal.aborted) return;
    const failure = brokenLineError(error, this.record.hub);
    this.state = "failed";
    this.error = { code: failure.code, message: failure.message };
    for (const each of this.progress.values()) if (each.state !== "done") each.state = "waiting";
  }

  private keep(paused: boolean): void {
    this.record.paused = paused;
    try {
      writeRecord(this.parts.draft, this.record);
    } catch (error) {
      if (isDiskFull(error)) throw diskFull();
      throw error;
    }
  }

  private found({ path: name, bytes }: RepositoryFile): { done: number; state: FileState } {
    const target = draftFile(this.parts.draft, name);
    if (sizeNow(target) === bytes) return { done: bytes, state: "done" };
    return { done: Math.min(bytes, sizeNow(`${target}${PARTIAL}`)), state: "waiting" };
  }
}

function notEnoughRoom(missing: number, free: number): AppError {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  return new AppError(
    "disk_full",
    `${gigabytes(missing)} are still to come and ${gigabytes(free)} are free; ${gigabytes(DISK_FLOOR)} must stay free. Make room, then resume: what came so far is kept.`,
  );
}

function isHere({ bytes, done_bytes }: { bytes: number; done_bytes: number }): boolean {
  return done_bytes >= bytes;
}

async function hasSize(file: string, bytes: number): Promise<boolean> {
  return stat(file)
    .then((entry) => entry.isFile() && entry.size === bytes)
    .catch(() => false);
}

function sizeNow(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
