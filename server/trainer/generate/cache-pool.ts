/**
 * Caches of past answers, kept for the next question of the same conversation: its prompt begins with everything that was
 * already computed. It does not know who asks.
 */
import { sharedPrefix, type KvCache } from "./kv-cache";

/** Idle caches that are kept; the one unused for longest goes first. */
const KEPT = 4;

export interface CachePool {
  /**
   * A cache that holds a beginning of `prompt` (the longest one that is kept for `owner`), or a fresh one. At least one
   * token of the prompt is left to compute, because the next token's logits come from it.
   */
  take(owner: string, prompt: readonly number[]): KvCache;
  /** Gives a cache back, with whatever is in it. */
  give(owner: string, cache: KvCache): void;
}

export function createCachePool(fresh: () => KvCache): CachePool {
  // In order of use, the latest last.
  const idle: { owner: string; cache: KvCache }[] = [];
  return {
    take(owner, prompt) {
      let best = -1;
      let length = 0;
      for (const [i, entry] of idle.entries()) {
        const shared = entry.owner === owner ? sharedPrefix(entry.cache.ids, prompt) : 0;
        if (shared > length) [best, length] = [i, shared];
      }
      if (best < 0) return fresh();
      const { cache } = idle.splice(best, 1)[0]!;
      cache.truncate(Math.min(length, prompt.length - 1));
      return cache;
    },
    give(owner, cache) {
      idle.push({ owner, cache });
      if (idle.length > KEPT) idle.shift();
    },
  };
}
