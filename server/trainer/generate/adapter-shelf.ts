/**
 * Adapters by folder: opened when first asked for, again when their weights have changed on disk (a run that goes on), a
 * handful kept. Those with weights of their own are large, so fewer of them are; none goes while somebody answers with
 * it. It does not know what an adapter is made of.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import { ADAPTER_WEIGHTS_FILE } from "../adapters/peft-files";

/** Adapters kept in memory; the one unused for longest goes first. */
const KEPT = 8;
/** Of those, with a copy of the model's weights: enough to compare two. */
const KEPT_LARGE = 2;

export interface Shelved {
  /** Whether it holds weights of the model's size. */
  readonly isLarge: boolean;
  dispose(): Promise<void>;
}

export interface Taken<T> {
  /** Tells apart folders, and states of one folder. */
  readonly version: string;
  readonly adapter: T;
  /** Must be called once the adapter is no longer used. */
  release(): void;
}

export interface AdapterShelf<T extends Shelved> {
  /** @throws what `open` throws; the next call tries again */
  take(folder: string): Promise<Taken<T>>;
  dispose(): Promise<void>;
}

interface Entry<T> {
  readonly version: string;
  readonly opening: Promise<T>;
  adapter: T | null;
  users: number;
}

export function createAdapterShelf<T extends Shelved>(open: (folder: string) => Promise<T>): AdapterShelf<T> {
  // In order of use, the latest last.
  const kept = new Map<string, Entry<T>>();

  const removeUnused = (): void => {
    const entries = [...kept.values()];
    let left = entries.length;
    let large = entries.filter(({ adapter }) => adapter?.isLarge).length;
    for (const { version, adapter, users } of entries) {
      const isTooMany = left > KEPT || (large > KEPT_LARGE && adapter?.isLarge);
      if (!isTooMany || !adapter || users > 0) continue;
      kept.delete(version);
      left--;
      if (adapter.isLarge) large--;
      void adapter.dispose();
    }
  };

  return {
    async take(folder) {
      const version = `${folder}@${await modificationTime(path.join(folder, ADAPTER_WEIGHTS_FILE))}`;
      const entry = kept.get(version) ?? { version, opening: open(folder), adapter: null, users: 0 };
      kept.delete(version);
      kept.set(version, entry);
      entry.users++;
      try {
        entry.adapter = await entry.opening;
      } catch (error) {
        kept.delete(version);
        throw error;
      }
      removeUnused();
      const { adapter } = entry;
      return {
        version,
        adapter,
        release() {
          entry.users--;
          removeUnused();
        },
      };
    },
    async dispose() {
      const adapters = await Promise.allSettled([...kept.values()].map(({ opening }) => opening));
      kept.clear();
      for (const adapter of adapters) if (adapter.status === "fulfilled") await adapter.value.dispose();
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
