import { describe, expect, it } from "vitest";
import { createCachePool } from "@/server/trainer/generate/cache-pool";
import { KvCache, sharedPrefix } from "@/server/trainer/generate/kv-cache";

const shape = { layers: 2, kvHeads: 3, headDim: 4, contextLength: 1000 };

/** A cache that has computed `ids`. */
function filled(ids: number[]): KvCache {
  const cache = new KvCache(shape);
  cache.reserve(ids.length);
  cache.ids.push(...ids);
  return cache;
}

describe("KV cache", () => {
  it("doubles its room up to the model's context", () => {
    const cache = new KvCache(shape);
    const capacities = [1, 256, 257, 600].map((length) => {
      cache.reserve(length);
      return cache.capacity;
    });
    expect(capacities).toEqual([256, 256, 512, 1000]);
  });

  it("keeps every head's rows when it grows", () => {
    const cache = filled([7, 8]);
    cache.arrays.forEach((array, i) => array.forEach((_, j) => (array[j] = i * 10_000 + j)));
    const before = cache.arrays.map((array) => array.slice());
    cache.reserve(300);
    for (let head = 0; head < shape.kvHeads; head++) {
      for (let j = 0; j < 2 * shape.headDim; j++) {
        const [old, grown] = [head * 256 * shape.headDim + j, head * 512 * shape.headDim + j];
        cache.arrays.forEach((array, i) => expect(array[grown]).toBe(before[i]![old]));
      }
    }
  });

  it("forgets the end and keeps the beginning", () => {
    const cache = filled([1, 2, 3]);
    cache.truncate(2);
    cache.truncate(5);
    expect(cache.ids).toEqual([1, 2]);
  });

  it("counts the ids that two texts share", () => {
    expect(sharedPrefix([1, 2, 3], [1, 2, 4, 5])).toBe(2);
    expect(sharedPrefix([], [1])).toBe(0);
  });
});

describe("cache pool", () => {
  const pool = () => createCachePool(() => new KvCache(shape));

  it("gives the cache with the longest beginning of the prompt", () => {
    const caches = pool();
    const [short, long] = [filled([1, 2]), filled([1, 2, 3, 4])];
    caches.give("a", short);
    caches.give("a", long);
    expect(caches.take("a", [1, 2, 3, 9])).toBe(long);
    expect(long.ids).toEqual([1, 2, 3]);
  });

  it("leaves one token of the prompt to compute", () => {
    const caches = pool();
    caches.give("a", filled([1, 2, 3]));
    expect(caches.take("a", [1, 2, 3]).ids).toEqual([1, 2]);
  });

  it("never shares caches between owners, nor one cache between two answers", () => {
    const caches = pool();
    caches.give("a", filled([1, 2, 3]));
    expect(caches.take("b", [1, 2, 3, 4]).length).toBe(0);
    expect(caches.take("a", [1, 2, 3, 4]).length).toBe(3);
    expect(caches.take("a", [1, 2, 3, 4]).length).toBe(0);
  });

  it("lets go of the cache that was unused for longest", () => {
    const caches = pool();
    for (let i = 0; i < 5; i++) caches.give("a", filled([i, i, i]));
    expect(caches.take("a", [0, 0, 0, 0]).length).toBe(0);
    expect(caches.take("a", [4, 4, 4, 4]).length).toBe(3);
  });
});
