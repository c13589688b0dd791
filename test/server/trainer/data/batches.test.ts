import { describe, expect, it } from "vitest";
import {
  collate,
  epochBatches,
  evaluationBatches,
  stepsPerEpoch,
  type EpochOptions,
} from "@/server/trainer/data/batches";
import { plainExample, type EncodedExample } from "@/server/trainer/data/encoded-example";
import type { TokenBatch } from "@/server/trainer/models/causal-lm";

/** A row whose ids all are its number, counted from 1. */
const row = (number: number, length: number): EncodedExample => {
  const ids = new Array<number>(length).fill(number);
  return plainExample(ids, ids);
};
const rows = Array.from({ length: 23 }, (_, i) => row(i + 1, 1 + ((i * 7) % 20)));
const options: EpochOptions = {
  seed: 1,
  epoch: 0,
  strategy: "random",
  batchSize: 2,
  accumulation: 3,
  padId: 0,
};

const rowNumbers = (batch: TokenBatch) =>
  Array.from({ length: batch.rows }, (_, i) => batch.inputIds[i * batch.length]!);

describe("collate", () => {
  it("pads on the right to a multiple of eight, without labels or attention there", () => {
    const batch = collate([row(5, 3), row(6, 9)], { padId: 99, multipleOf: 8 });
    expect([batch.rows, batch.length]).toEqual([2, 16]);
    expect([...batch.inputIds.slice(0, 5)]).toEqual([5, 5, 5, 99, 99]);
    expect([...batch.labels.slice(0, 5)]).toEqual([5, 5, 5, -100, -100]);
    expect([...batch.attentionMask.slice(16)]).toEqual([
      ...new Array<number>(9).fill(1),
      ...new Array<number>(7).fill(0),
    ]);
    expect(batch.positionIds).toBeNull();
  });

  it("keeps the masks and positions of packed rows", () => {
    const packed = {
      ...row(1, 3),
      attentionMask: Int32Array.of(1, 2, 0),
      positionIds: Int32Array.of(0, 0, 0),
    };
    const batch = collate([packed, row(2, 2)], { padId: 0, multipleOf: 1 });
    expect([...batch.attentionMask]).toEqual([1, 2, 0, 1, 1, 0]);
    expect([...batch.positionIds!]).toEqual([0, 0, 0, 0, 1, 0]);
  });
});

describe("epochBatches", () => {
  const steps = [...epochBatches(rows, options)];

  it("visits each row once, in as many steps as it says", () => {
    expect(steps).toHaveLength(stepsPerEpoch(rows.length, options));
    const seen = steps.flat().flatMap(rowNumbers);
    expect(seen.sort((a, b) => a - b)).toEqual(rows.map((_, i) => i + 1));
    expect(steps.at(-1)!.flatMap(rowNumbers)).toHaveLength(23 % 6);
  });

  it("puts rows of like length into the same micro-batch of a step, the longest first", () => {
    for (const step of steps) {
      const lengths = step.flatMap(rowNumbers).map((number) => rows[number - 1]!.inputIds.length);
      expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    }
  });

  it("goes on from any step as if it had not stopped", () => {
    expect([...epochBatches(rows, options, 2)]).toEqual(steps.slice(2));
    expect([...epochBatches(rows, { ...options, epoch: 1 })]).not.toEqual(steps);
  });

  it("keeps the order of the rows between steps where asked to", () => {
    const [first] = epochBatches(rows, { ...options, strategy: "sequential" });
    expect(first!.flatMap(rowNumbers).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("evaluationBatches", () => {
  it("keeps the rows' order", () => {
    const batches = [...evaluationBatches(rows, { batchSize: 5, padId: 0 })];
    expect(batches.flatMap(rowNumbers)).toEqual(rows.map((_, i) => i + 1));
    expect(batches.at(-1)!.rows).toBe(3);
  });
});
