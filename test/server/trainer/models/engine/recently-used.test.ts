import { describe, expect, it } from "vitest";
import { RecentlyUsed } from "@/server/trainer/models/engine/recently-used";

describe("RecentlyUsed", () => {
  it("keeps what was used last and disposes of the rest", async () => {
    const disposed: string[] = [];
    const cache = new RecentlyUsed<string>(2, (value) => disposed.push(value));
    const get = (key: string) => cache.get(key, () => Promise.resolve(key.toUpperCase()));
    expect(await get("a")).toBe("A");
    await get("b");
    await get("a");
    await get("c");
    expect(disposed).toEqual(["B"]);
    await cache.clear();
    expect(disposed).toEqual(["B", "A", "C"]);
  });

  it("spends its budget by what entries cost, and keeps the last one at any cost", async () => {
    const disposed: string[] = [];
    const cache = new RecentlyUsed<string>(10, (value) => disposed.push(value));
    const get = (key: string, cost: number) => cache.get(key, () => Promise.resolve(key), cost);
    await get("a", 3);
    await get("b", 3);
    await get("c", 6);
    expect(disposed).toEqual(["a"]);
    expect(await get("d", 50)).toBe("d");
    expect(disposed).toEqual(["a", "b", "c"]);
  });

  it("makes an entry once for two that ask at the same time, and again after a failure", async () => {
    let made = 0;
    const cache = new RecentlyUsed<number>(2, () => undefined);
    const make = () => Promise.resolve(++made);
    expect(await Promise.all([cache.get("a", make), cache.get("a", make)])).toEqual([1, 1]);
    await expect(cache.get("b", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await cache.get("b", make)).toBe(2);
  });
});
