import { describe, expect, it } from "vitest";
import { createFairQueue } from "@/server/trainer/generate/fair-queue";

/** Work that writes its name `steps` times. */
function writer(name: string, steps: number, into: string[]) {
  let done = 0;
  return () => {
    into.push(name);
    return Promise.resolve(++done === steps);
  };
}

describe("fair queue", () => {
  it("gives each piece of work one step in turn", async () => {
    const order: string[] = [];
    const queue = createFairQueue();
    await Promise.all([queue.run(writer("a", 3, order)), queue.run(writer("b", 2, order))]);
    expect(order.join("")).toBe("ababa");
  });

  it("lets work that comes later in at once", async () => {
    const order: string[] = [];
    const queue = createFairQueue();
    const long = queue.run(writer("a", 50, order));
    await new Promise((resolve) => setImmediate(resolve));
    await queue.run(writer("b", 1, order));
    expect(order.length).toBeLessThan(20);
    await long;
    expect(order.length).toBe(51);
  });

  it("goes on with the rest when one fails", async () => {
    const order: string[] = [];
    const queue = createFairQueue();
    const failing = queue.run(() => Promise.reject(new Error("broken")));
    const good = queue.run(writer("a", 2, order));
    await expect(failing).rejects.toThrow("broken");
    await good;
    expect(order).toEqual(["a", "a"]);
    expect(queue.size).toBe(0);
  });

  it("starts again after it ran empty", async () => {
    const order: string[] = [];
    const queue = createFairQueue();
    await queue.run(writer("a", 1, order));
    await queue.run(writer("b", 1, order));
    expect(order).toEqual(["a", "b"]);
  });
});
