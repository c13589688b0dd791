/** Whether a file's content is what the hub said. Read in pieces: weights are larger than memory. */
import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { Checksum, RepositoryFile } from "./hub-repository";

/** Starts the hash of a file of `bytes` bytes; feed it the content in order. */
export function startHash({ kind }: Checksum, bytes: number): Hash {
  if (kind === "sha256") return createHash("sha256");
  return createHash("sha1").update(`blob ${bytes}\0`);
}

/**
 * Reads a file through. Without a checksum only the length is compared.
 * @param onBytes told how many bytes were read, piece by piece
 */
export async function isIntact(
  file: string,
  { checksum, bytes }: RepositoryFile,
  { onBytes, signal }: { onBytes?: (count: number) => void; signal?: AbortSignal } = {},
): Promise<boolean> {
  const hash = checksum && startHash(checksum, bytes);
  let length = 0;
  for await (const chunk of createReadStream(file, {
    highWaterMark: 1 << 20,
    signal,
  }) as AsyncIterable<Buffer>) {
    hash?.update(chunk);
    length += chunk.length;
    onBytes?.(chunk.length);
  }
  return length === bytes && (hash === null || hash.digest("hex") === checksum!.hex.toLowerCase());
}
