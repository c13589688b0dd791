import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import { dropout, dropoutRows } from "@/server/trainer/models/engine/adapter-dropout";

const [N, K] = [200, 300];

beforeAll(async () => {
  await createExecutor("tfjs", { tfjsBackend: "cpu" });
});

/** 1 where an element was kept. */
function keptMask(seed: number, salt = "q_proj", rate = 0.25): Uint8Array {
  const rows = dropoutRows(seed, 0, N);
  const [a, c] = [rows.a, rows.c].map(({ data }) => tf.tensor2d(data as Float32Array, [N, 1]));
  const dropped = dropout(tf.ones([N, K]), { rate, salt, a: a!, c: c! });
  return Uint8Array.from(dropped.dataSync(), (value) => (value > 0 ? 1 : 0));
}

const share = (mask: Uint8Array) => mask.reduce((sum, kept) => sum + kept, 0) / mask.length;

/** How often two masks agree; 0.625 for independent ones at rate 0.25. */
const agreement = (a: Uint8Array, b: Uint8Array) =>
  a.reduce((sum, kept, i) => sum + (kept === b[i] ? 1 : 0), 0) / a.length;

describe("dropout", () => {
  it("drops the share that it is told to, and scales the rest to keep the mean", () => {
    for (const rate of [0.05, 0.25, 0.5])
      expect(Math.abs(share(keptMask(1, "q_proj", rate)) - (1 - rate))).toBeLessThan(0.01);
    const rows = dropoutRows(1, 0, N);
    const [a, c] = [rows.a, rows.c].map(({ data }) => tf.tensor2d(data as Float32Array, [N, 1]));
    const mean = tf
      .mean(dropout(tf.ones([N, K]), { rate: 0.25, salt: "q_proj", a: a!, c: c! }))
      .dataSync()[0]!;
    expect(Math.abs(mean - 1)).toBeLessThan(0.01);
  });

  it("repeats itself for a seed; seeds, layers and linears are independent of each other", () => {
    const mask = keptMask(1);
    expect(keptMask(1)).toEqual(mask);
    expect(Math.abs(agreement(mask, keptMask(2)) - 0.625)).toBeLessThan(0.01);
    expect(Math.abs(agreement(mask, keptMask(1, "k_proj")) - 0.625)).toBeLessThan(0.01);
    expect(dropoutRows(1, 0, 4)).not.toEqual(dropoutRows(1, 1, 4));
  });

  it("treats neighbours in a row and in a column as independent", () => {
    const mask = keptMask(3);
    expect(Math.abs(agreement(mask.subarray(1), mask.subarray(0, -1)) - 0.625)).toBeLessThan(0.01);
    expect(Math.abs(agreement(mask.subarray(K), mask.subarray(0, -K)) - 0.625)).toBeLessThan(0.01);
  });
});
