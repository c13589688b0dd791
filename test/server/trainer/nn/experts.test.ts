import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { vectorJacobian } from "@/server/trainer/executor/autodiff";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import { routeTokens } from "@/server/trainer/nn/experts";

beforeAll(async () => {
  await createExecutor("tfjs", { tfjsBackend: "cpu" });
});

const SCORES = [2, -1, 1, 0, -2, 0.5, 3, 0.4];
const shares = (scores: number[], normalized: boolean): number[] => [
  ...routeTokens(tf.tensor2d(scores, [2, 4]), { chosen: 2, normalized }).dataSync(),
];

describe("routeTokens", () => {
  it("keeps the likeliest experts of each token and leaves the others nothing", () => {
    expect(shares(SCORES, false).map((share) => share > 0)).toEqual(
      [true, false, true, false].concat([false, true, true, false]),
    );
  });

  it("keeps probabilities of the softmax over all experts", () => {
    const total = SCORES.slice(0, 4).reduce((sum, score) => sum + Math.exp(score), 0);
    expect(shares(SCORES, false)[0]).toBeCloseTo(Math.exp(2) / total, 6);
  });

  it("scales them to add up to one where asked", () => {
    const [a, , c] = shares(SCORES, true);
    expect(a! + c!).toBeCloseTo(1, 6);
    expect(a! / c!).toBeCloseTo(Math.exp(1), 5);
  });

  it.each([true, false])("has the gradient of finite differences, normalized: %s", (normalized) => {
    const dy = [0.3, 5, -1, 7, 2, -0.6, 0.9, 4];
    const loss = (scores: number[]) => shares(scores, normalized).reduce((sum, s, i) => sum + s * dy[i]!, 0);
    const { grads } = vectorJacobian(
      ({ scores }) => routeTokens(scores!, { chosen: 2, normalized }),
      { scores: tf.tensor2d(SCORES, [2, 4]) },
      tf.tensor2d(dy, [2, 4]),
    );
    for (const [i, gradient] of grads["scores"]!.dataSync().entries()) {
      const moved = (by: number) => SCORES.map((score, j) => (i === j ? score + by : score));
      expect(gradient).toBeCloseTo((loss(moved(1e-2)) - loss(moved(-1e-2))) / 2e-2, 3);
    }
  });
});
