import { describe, expect, it } from "vitest";
import { createRandom } from "@/server/trainer/nn/random";

describe("createRandom", () => {
  it("repeats itself for a seed and differs for others", () => {
    const draw = (seed: number) => {
      const random = createRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("draws uniformly from [0, 1)", () => {
    const random = createRandom(1);
    const bins = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) bins[Math.floor(10 * random.uniform())]!++;
    for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it("draws normally with mean 0 and variance 1", () => {
    const random = createRandom(2);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it("forks generators by label that drawing does not change", () => {
    const [fresh, used] = [createRandom(3), createRandom(3)];
    used.next();
    expect(used.fork("a").next()).toBe(fresh.fork("a").next());
    expect(fresh.fork("a").next()).not.toBe(fresh.fork("b").next());
  });
});
