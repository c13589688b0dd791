/**
 * Sends a file to the console piece by piece: a piece that fails is sent again, and a file whose sending broke off goes on
 * where the console has it, even after the page was closed. It keeps nothing.
 */
import type { Upload } from "@/server/contract/datasets";
import { ApiError, callApi } from "../api/client";

export interface SendOptions {
  /** Bytes that have arrived. */
  onProgress: (received: number) => void;
  signal: AbortSignal;
  /** How long to wait before the `n`th try of a piece. */
  waitMs?: (tries: number) => number;
}

export const PIECE_BYTES = 8 << 20;
const MOST_TRIES = 6;

/** @returns the upload's id @throws ApiError where the console refuses, or stays silent for half a minute */
export async function sendFile(file: File, options: SendOptions): Promise<string> {
  const { onProgress, signal, waitMs = (tries) => Math.min(10_000, 500 * 2 ** tries) } = options;
  const { id, received: there } = await callApi<Upload>("/api/data/uploads", {
    method: "POST",
    body: { name: file.name, size: file.size, modified: file.lastModified },
    signal,
  });
  let received = there;
  for (let tries = 0; received < file.size;) {
    onProgress(received);
    try {
      const piece = file.slice(received, received + PIECE_BYTES);
      ({ received } = await callApi<Upload>(`/api/data/uploads/${id}?offset=${received}`, {
        method: "PUT",
        body: piece,
        signal,
      }));
      tries = 0;
    } catch (error) {
      if (!isPassing(error) || signal.aborted || tries === MOST_TRIES) throw error;
      await pause(waitMs(tries++), signal);
      // Some of the piece may have arrived before the connection broke.
      received = await callApi<Upload>(`/api/data/uploads/${id}`, { signal }).then(
        (upload) => upload.received,
        () => received,
      );
    }
  }
  onProgress(received);
  return id;
}

/** Whether trying again may help: the connection broke, or the last piece is still being written. */
function isPassing(error: unknown): boolean {
  return error instanceof ApiError && ["unreachable", "cancelled", "busy"].includes(error.code);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
