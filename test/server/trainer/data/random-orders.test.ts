import { describe, expect, it } from "vitest";
import { epochOrder, type OrderOptions } from "@/server/trainer/data/epoch-order";
import { numpyPermutation } from "@/server/trainer/data/numpy-random";
import { splitValidation } from "@/server/trainer/data/split-validation";
import { torchPermutation } from "@/server/trainer/data/torch-random";

const rows = (count: number) => Array.from({ length: count }, (_, i) => i);

describe("permutations", () => {
  // Expected values: NumPy 2.4, numpy.random.default_rng(seed).permutation(20).
  it.each([
    [0, [4, 19, 6, 2, 13, 16, 3, 11, 10, 8, 0, 12, 7, 5, 18, 17, 14, 9, 1, 15]],
    [42, [15, 9, 14, 7, 12, 10, 6, 19, 3, 0, 16, 5, 11, 18, 2, 4, 17, 1, 13, 8]],
    [4294967300, [4, 7, 11, 16, 17, 0, 5, 15, 12, 14, 18, 10, 1, 6, 2, 9, 13, 19, 3, 8]],
  ])("are NumPy's for seed %d", (seed, order) => {
    expect(numpyPermutation(20, seed)).toEqual(order);
  });

  // Expected values: PyTorch 2.13, torch.randperm(20, generator=torch.Generator().manual_seed(seed)).
  it.each([
    [0, [4, 5, 13, 19, 7, 14, 3, 6, 9, 17, 11, 2, 16, 18, 10, 12, 15, 8, 1, 0]],
    [42, [2, 14, 18, 15, 1, 10, 0, 4, 6, 11, 8, 3, 7, 17, 13, 12, 19, 5, 16, 9]],
  ])("are PyTorch's for seed %d", (seed, order) => {
    expect(torchPermutation(20, seed)).toEqual(order);
  });

  it("are PyTorch's beyond the generator's first block", () => {
    expect(torchPermutation(1000, 42).slice(-4)).toEqual([284, 638, 96, 455]);
  });
});

describe("splitValidation", () => {
  it("takes a share, rounded up, or a number of rows", () => {
    expect(splitValidation(rows(20), 0.12, 42).evaluation).toEqual([15, 9, 14]);
    const { train, evaluation } = splitValidation(rows(20), 5, 0);
    expect(evaluation).toEqual([4, 19, 6, 2, 13]);
    expect([...train, ...evaluation].sort((a, b) => a - b)).toEqual(rows(20));
  });

  it("leaves something to train on", () => {
    expect(() => splitValidation(rows(3), 3, 0)).toThrow(/val_size 3 takes 3 of 3 rows/);
  });
});

describe("epochOrder", () => {
  const lengths = Array.from({ length: 100 }, (_, i) => (i * 37) % 61);
  const options: OrderOptions = { strategy: "random", seed: 42, epoch: 0, rowsPerStep: 4 };

  // Expected values: the batches of transformers 5's Trainer with 11 rows, seed 42, two epochs.
  it("visits rows as transformers' Trainer does", () => {
    const eleven = rows(11);
    expect(epochOrder(eleven, options)).toEqual([6, 8, 9, 2, 1, 10, 0, 7, 3, 5, 4]);
    expect(epochOrder(eleven, { ...options, epoch: 1 })).toEqual([3, 9, 4, 2, 8, 7, 6, 10, 1, 5, 0]);
  });

  // Expected values: transformers' get_length_grouped_indices after torch.manual_seed(11), with the draw of a data loader
  // before each of the epochs.
  it("groups rows of like length as transformers' sampler does", () => {
    const fourteen = [5, 9, 2, 7, 7, 1, 8, 3, 6, 4, 9, 2, 5, 1];
    const grouped = (epoch: number) =>
      epochOrder(fourteen, { strategy: "group_by_length", seed: 11, rowsPerStep: 2, epoch });
    expect(grouped(0)).toEqual([1, 0, 7, 11, 3, 5, 8, 2, 12, 9, 6, 4, 10, 13]);
    expect(grouped(2)).toEqual([10, 3, 9, 5, 7, 2, 8, 11, 6, 4, 1, 13, 0, 12]);
  });

  it.each(["random", "sequential", "group_by_length"] as const)("visits each row once (%s)", (strategy) => {
    for (const epoch of [0, 1]) {
      const order = epochOrder(lengths, { ...options, strategy, epoch });
      expect([...order].sort((a, b) => a - b)).toEqual(rows(100));
      expect(epochOrder(lengths, { ...options, strategy, epoch })).toEqual(order);
    }
  });

  it("keeps rows of like length together, the longest first of all, where asked to", () => {
    const order = epochOrder(lengths, { ...options, strategy: "group_by_length" });
    expect(lengths[order[0]!]).toBe(Math.max(...lengths));
    const spread = (indices: readonly number[]) => {
      let sum = 0;
      for (let at = 0; at < indices.length; at += 4) {
        const step = indices.slice(at, at + 4).map((i) => lengths[i]!);
        sum += Math.max(...step) - Math.min(...step);
      }
      return sum;
    };
    expect(spread(order)).toBeLessThan(spread(epochOrder(lengths, options)) / 2);
  });

  it("has nothing to say about no rows", () => {
    expect(epochOrder([], { ...options, strategy: "group_by_length" })).toEqual([]);
  });
});
