import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { vectorJacobian } from "@/server/trainer/executor/autodiff";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import { layerNorm, rmsNorm } from "@/server/trainer/nn/norm";
import { createRandom } from "@/server/trainer/nn/random";
import { largestDifference } from "../models/tiny-model";

beforeAll(async () => {
  await createExecutor("tfjs", { tfjsBackend: "cpu" });
});

const random = createRandom(2);
const normal = (...shape: number[]): tf.Tensor =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
    shape,
  );

/** The same functions in operations that TensorFlow.js differentiates itself. */
const composed = {
  rms: ({ x, w }: Record<string, tf.Tensor>) =>
    tf.mul(tf.mul(x!, tf.rsqrt(tf.add(tf.mean(tf.square(x!), -1, true), 1e-5))), w!),
  layer: ({ x, w, b }: Record<string, tf.Tensor>) => {
    const { mean, variance } = tf.moments(x!, -1, true);
    return tf.add(tf.mul(tf.mul(tf.sub(x!, mean), tf.rsqrt(tf.add(variance, 1e-5))), w!), b!);
  },
};

describe.each([
  ["rmsNorm", ["x", "w"], ({ x, w }: Record<string, tf.Tensor>) => rmsNorm(x!, w!, 1e-5), composed.rms],
  [
    "layerNorm",
    ["x", "w", "b"],
    ({ x, w, b }: Record<string, tf.Tensor>) => layerNorm(x!, { weight: w!, bias: b! }, 1e-5),
    composed.layer,
  ],
] as const)("%s", (_, names, own, reference) => {
  it("gives the value and the gradients of its definition", () => {
    const all: Record<string, tf.Tensor> = { x: normal(5, 8), w: normal(8), b: normal(8) };
    const inputs = Object.fromEntries(names.map((name) => [name, all[name]!]));
    const dy = normal(5, 8);
    const [a, b] = [vectorJacobian(own, inputs, dy), vectorJacobian(reference, inputs, dy)];
    expect(largestDifference(a.value.dataSync(), b.value.dataSync())).toBeLessThan(1e-5);
    for (const name of names) {
      expect(largestDifference(a.grads[name]!.dataSync(), b.grads[name]!.dataSync()), name).toBeLessThan(
        1e-5,
      );
    }
  });
});

it("layerNorm goes without a bias", () => {
  const [x, weight] = [normal(3, 4), normal(4)];
  const zeros = tf.zeros([4]);
  const plain = layerNorm(x, { weight, bias: null }, 1e-5).dataSync();
  expect(largestDifference(plain, layerNorm(x, { weight, bias: zeros }, 1e-5).dataSync())).toBe(0);
});
