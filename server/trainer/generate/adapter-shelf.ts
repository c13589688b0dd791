/**
 * Adapters by folder: read when first asked for, again when their weights have changed on disk (a run that goes on), a
 * handful kept. It does not know what an adapter is made of.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import { ADAPTER_WEIGHTS_FILE } from "../adapters/peft-files";
import type { PreparedAdapter } from "./cached-decoder";

/** Adapters kept in memory; the one unused for longest goes first. */
const KEPT = 8;

export interface ShelvedAdapter {
  /** Tells apart folders, and states of one folder. */
  readonly version: string;
  readonly prepared: PreparedAdapter;
}

export interface AdapterShelf {
  /** @throws what `read` throws; the next call tries again */
  get(folder: string): Promise<ShelvedAdapter>;
}

export function createAdapterShelf(read: (folder: string) => Promise<PreparedAdapter>): AdapterShelf {
  // In order of use, the latest last.
  const kept = new Map<string, Promise<PreparedAdapter>>();
  return {
    async get(folder) {
      const version = `${folder}@${await modificationTime(path.join(folder, ADAPTER_WEIGHTS_FILE))}`;
      const reading = kept.get(version) ?? read(folder);
      kept.delete(version);
      kept.set(version, reading);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
      try {
        return { version, prepared: await reading };
      } catch (error) {
        kept.delete(version);
        throw error;
      }
    },
  };
}

/** Milliseconds; 0 where there is no such file, which the reader reports better. */
async function modificationTime(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}
