import { describe, expect, it } from "vitest";
import {
  repetitionPenalty,
  softmax,
  temperatureScale,
  topK,
  topP,
} from "@/server/trainer/generate/logit-filters";
import { createSampler, GREEDY } from "@/server/trainer/generate/sampler";

const logits = Float32Array.from([1, 3, -2, 0.5, 2.5, -1]);
const kept = (row: Float32Array) => [...row.keys()].filter((id) => row[id] !== -Infinity);

/** A row of pseudo-random logits as long as a real vocabulary. */
function longRow(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => 6 * Math.sin(i * 12.9898) * Math.cos(i * 78.233));
}

/** The nucleus by its definition: sort everything, add up until p is reached. */
function nucleusBySorting(row: Float32Array, p: number): number[] {
  const probabilities = softmax(row);
  const order = [...row.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  const chosen: number[] = [];
  for (let mass = 0; mass < p && chosen.length < order.length;) {
    const id = order[chosen.length]!;
    chosen.push(id);
    mass += probabilities[id]!;
  }
  return chosen.sort((a, b) => a - b);
}

describe("logit filters", () => {
  it("leave their input untouched", () => {
    const before = [...logits];
    for (const filter of [repetitionPenalty(2), temperatureScale(0.5), topK(2), topP(0.5)])
      filter(logits, [0, 1, 2]);
    expect([...logits]).toEqual(before);
  });

  it("penalise each seen token once, towards less likely on both sides of zero", () => {
    expect([...repetitionPenalty(2)(logits, [1, 1, 2])]).toEqual([1, 1.5, -4, 0.5, 2.5, -1]);
  });

  it("ignore history ids outside the vocabulary", () => {
    expect([...repetitionPenalty(2)(logits, [99])]).toEqual([...logits]);
  });

  it("keep the k largest", () => {
    expect(kept(topK(3)(logits, []))).toEqual([0, 1, 4]);
    expect(kept(topK(100)(logits, []))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("keep ties of the k-th largest", () => {
    expect(kept(topK(2)(Float32Array.from([1, 2, 2, 3]), []))).toEqual([1, 2, 3]);
  });

  it("find the same k largest as a sort on a long row", () => {
    const row = longRow(20_000);
    const threshold = [...row].sort((a, b) => b - a)[49]!;
    expect(kept(topK(50)(row, []))).toEqual([...row.keys()].filter((id) => row[id]! >= threshold));
  });

  it.each([0.01, 0.5, 0.9, 0.999])("keep the smallest set that reaches p = %s", (p) => {
    expect(kept(topP(p)(logits, []))).toEqual(nucleusBySorting(logits, p));
    expect(kept(topP(p)(longRow(5000), []))).toEqual(nucleusBySorting(longRow(5000), p));
  });

  it("keep at least the most likely token for the smallest p", () => {
    expect(kept(topP(1e-9)(logits, []))).toEqual([1]);
  });
});

describe("sampler", () => {
  it("takes the largest logit at temperature 0", () => {
    expect(createSampler(GREEDY)(logits, [])).toBe(1);
  });

  it("applies the repetition penalty when greedy", () => {
    expect(createSampler({ ...GREEDY, repetitionPenalty: 2 })(logits, [1])).toBe(4);
  });

  it("gives the same tokens for the same seed and others for another", () => {
    const stream = (seed: number) => {
      const sample = createSampler({ ...GREEDY, temperature: 1, seed });
      return Array.from({ length: 40 }, () => sample(logits, []));
    };
    expect(stream(7)).toEqual(stream(7));
    expect(stream(7)).not.toEqual(stream(8));
  });

  it("never draws a token that a filter ruled out", () => {
    const sample = createSampler({ ...GREEDY, temperature: 5, topK: 2, seed: 1 });
    const drawn = new Set(Array.from({ length: 300 }, () => sample(logits, [])));
    expect([...drawn].sort()).toEqual([1, 4]);
  });

  it("draws in proportion to the probabilities", () => {
    const sample = createSampler({ ...GREEDY, temperature: 1, seed: 3 });
    const counts = new Float64Array(logits.length);
    const draws = 20_000;
    for (let i = 0; i < draws; i++) counts[sample(logits, [])]!++;
    softmax(logits).forEach((p, id) => expect(Math.abs(counts[id]! / draws - p)).toBeLessThan(0.02));
  });
});
