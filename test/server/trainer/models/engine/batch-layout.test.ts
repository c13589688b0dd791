import { describe, expect, it } from "vitest";
import { bucketLength, layOutBatch } from "@/server/trainer/models/engine/batch-layout";
import { batchOf } from "../tiny-model";

describe("bucketLength", () => {
  it("never shortens, and wastes at most a quarter of long rows", () => {
    for (let length = 1; length <= 4096; length++) {
      const bucket = bucketLength(length);
      expect(bucket).toBeGreaterThanOrEqual(length);
      expect(bucket - length).toBeLessThan(Math.max(8, length / 4));
    }
  });

  it("makes few lengths", () => {
    const buckets = new Set(Array.from({ length: 1024 }, (_, i) => bucketLength(i + 1)));
    expect(buckets.size).toBeLessThanOrEqual(32);
  });
});

describe("layOutBatch", () => {
  it("pads rows to the bucket and finds the positions that predict a label", () => {
    const laid = layOutBatch(
      batchOf([
        [5, 6, 7, 8, 9],
        [1, 2],
      ]),
    );
    expect(laid.T).toBe(8);
    expect([...laid.inputIds]).toEqual([5, 6, 7, 8, 9, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0]);
    expect([...laid.attentionMask.subarray(8)]).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
    // Position t predicts token t + 1; a row's first token is predicted by nothing.
    expect([...laid.labelRows]).toEqual([0, 1, 2, 3, 8]);
    expect([...laid.labels]).toEqual([6, 7, 8, 9, 2]);
  });

  it("keeps positions that are given for every row", () => {
    const positionIds = Int32Array.of(0, 1, 0, 1, 2, 0, 0, 1, 2, 3);
    const laid = layOutBatch({
      ...batchOf([
        [5, 6, 7, 8, 9],
        [1, 2, 3, 4, 5],
      ]),
      positionIds,
    });
    expect([...laid.positions]).toEqual(
      [0, 1, 0, 1, 2, 0, 0, 0, 0, 0, 1, 2, 3, 0, 0, 0].slice(0, 8).concat([0, 0, 1, 2, 3, 0, 0, 0]),
    );
  });
});
