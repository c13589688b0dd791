import { describe, expect, it } from "vitest";
import { createTurns, type Turns } from "@/server/trainer/generate/turns";

/** Writes `name` once a turn, `times` times, asking for each turn only after the last, as a generator does. */
async function write(turns: Turns, name: string, { times, into }: { times: number; into: string[] }) {
  for (let i = 0; i < times; i++) {
    await turns.take(() => {
      into.push(name);
      return Promise.resolve();
    });
  }
}

describe("turns", () => {
  it("alternate between two that keep asking", async () => {
    const into: string[] = [];
    const turns = createTurns();
    await Promise.all([write(turns, "a", { times: 3, into }), write(turns, "b", { times: 2, into })]);
    expect(into.join("")).toBe("ababa");
  });

  it("let a newcomer in at once", async () => {
    const into: string[] = [];
    const turns = createTurns();
    const long = write(turns, "a", { times: 50, into });
    await new Promise((resolve) => setImmediate(resolve));
    await write(turns, "b", { times: 1, into });
    expect(into.length).toBeLessThan(20);
    await long;
    expect(into.length).toBe(51);
  });

  it("never run two pieces of work at once", async () => {
    const turns = createTurns();
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
    };
    await Promise.all(Array.from({ length: 5 }, () => turns.take(work)));
    expect(most).toBe(1);
  });

  it("hand a failure to its owner and go on", async () => {
    const turns = createTurns();
    const failing = turns.take(() => Promise.reject(new Error("broken")));
    const good = turns.take(() => Promise.resolve(7));
    await expect(failing).rejects.toThrow("broken");
    expect(await good).toBe(7);
  });

  it("leave the event loop free between two pieces of work", async () => {
    const turns = createTurns();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const busy = () => {
      const end = performance.now() + 5;
      while (performance.now() < end);
      return Promise.resolve();
    };
    for (let i = 0; i < 10; i++) await turns.take(busy);
    clearInterval(timer);
    expect(ticks).toBeGreaterThanOrEqual(5);
  });
});
