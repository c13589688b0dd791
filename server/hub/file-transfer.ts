/**
 * One file from a hub onto the disk: goes on from the bytes that are there, waits out what passes by itself, checks the
 * content and only then gives the file its name. It does not know repositories or who looks at the progress.
 */
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AppError } from "@/server/contract/errors";
import type { DownloadHub } from "@/server/contract/hub";
import { isIntact } from "./checksum";
import type { RepositoryFile } from "./hub-repository";
import { brokenLineError, NoSuchRangeError, PassingError } from "./hub-words";

export const PARTIAL = ".part";

export interface Transfer {
  readonly hub: DownloadHub;
  readonly file: RepositoryFile;
  /** Where it will lie. */
  readonly target: string;
  /** Opens the content from a byte on. */
  readonly open: (from: number, signal: AbortSignal) => Promise<Response>;
  readonly signal: AbortSignal;
  readonly on: TransferListener;
  /** Milliseconds before the first try again; doubled each time. */
  readonly patienceMs?: number;
}

export interface TransferListener {
  /** How many bytes of the file are here now. */
  bytes(done: number): void;
  /** All bytes are here and are compared. */
  checking(): void;
  /** Trying again after this; null when it goes on. */
  retrying(error: AppError | null): void;
}

/** Tries without a new byte after which a download gives up. */
const MOST_TRIES = 6;
const PATIENCE_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** A line over which nothing comes for this long is broken. */
const STALL_MS = 45_000;
/** A wrong checksum is tried once more from the start: bytes do get lost on the way. */
const MOST_WRONG = 2;

/** Downloads, resumes, checks, renames. @throws AppError; what came so far stays for the next time */
export async function transferFile(transfer: Transfer): Promise<void> {
  const { file, target, signal, on } = transfer;
  await mkdir(path.dirname(target), { recursive: true });
  const partial = `${target}${PARTIAL}`;
  for (let wrong = 1; ; wrong++) {
    await untilComplete(transfer, partial);
    on.checking();
    if (await isIntact(partial, file, { signal })) break;
    await rm(partial, { force: true });
    on.bytes(0);
    if (wrong >= MOST_WRONG)
      throw new AppError(
        "checkpoint_malformed",
        `${file.path} does not have the checksum that the hub names, twice in a row. Something on the way changes it (a proxy, a mirror that is out of date).`,
      );
  }
  await rename(partial, target);
}

async function untilComplete(transfer: Transfer, partial: string): Promise<void> {
  const { file, signal, on, hub, patienceMs = PATIENCE_MS } = transfer;
  let tries = 0;
  for (;;) {
    const before = await sizeOf(partial);
    if (before === file.bytes && before > 0) return;
    try {
      if (before > file.bytes) await rm(partial, { force: true });
      await append(transfer, partial);
      on.retrying(null);
      if ((await sizeOf(partial)) === file.bytes) return;
      throw new PassingError("The connection ended before the file did.");
    } catch (error) {
      if (signal.aborted) throw error;
      const failure = brokenLineError(error, hub);
      if (!(failure instanceof PassingError)) throw failure;
      const moved = (await sizeOf(partial)) > before;
      tries = moved ? 1 : tries + 1;
      if (tries >= MOST_TRIES) throw failure;
      on.retrying(failure);
      await pause(failure.afterMs ?? Math.min(LONGEST_WAIT_MS, patienceMs * 2 ** (tries - 1)), signal);
    }
  }
}

/** One request: its bytes are added to the partial file. */
async function append(transfer: Transfer, partial: string): Promise<void> {
  const { file, signal, on, open } = transfer;
  let have = await sizeOf(partial);
  const stall = new AbortController();
  const both = AbortSignal.any([signal, stall.signal]);
  const response = await open(have, both).catch(async (error: unknown) => {
    if (error instanceof NoSuchRangeError) await rm(partial, { force: true });
    throw error;
  });
  // A server that does not know ranges sends the whole file again.
  if (response.status !== 206) have = 0;
  let timer = setTimeout(() => stall.abort(), STALL_MS);
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(timer);
      timer = setTimeout(() => stall.abort(), STALL_MS);
      have += chunk.length;
      if (have > file.bytes) {
        done(
          new AppError("checkpoint_malformed", `${file.path} is longer than the hub says. Start it again.`),
        );
        return;
      }
      on.bytes(have);
      done(null, chunk);
    },
  });
  try {
    const body = response.body ? Readable.fromWeb(response.body as never) : Readable.from([]);
    await pipeline(body, count, createWriteStream(partial, { flags: have === 0 ? "w" : "a" }), {
      signal: both,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function sizeOf(file: string): Promise<number> {
  return stat(file)
    .then(({ size }) => size)
    .catch(() => 0);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}
