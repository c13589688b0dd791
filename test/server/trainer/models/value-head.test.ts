import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { TokenBatch } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { withValueHead } from "@/server/trainer/models/value-head";

const FOLDER = path.resolve("test/fixtures/golden/families/llama");

const batch: TokenBatch = {
  rows: 2,
  length: 6,
  inputIds: Int32Array.from([3, 14, 15, 9, 2, 6, 5, 35, 8, 9, 0, 0]),
  labels: Int32Array.from([-100, -100, 15, 9, 2, 6, -100, -100, 8, 9, -100, -100]),
  attentionMask: Int32Array.from([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]),
  positionIds: null,
};
const positions = Int32Array.from([5, 9, 2]);

async function openModel(embeddingNoise = 0) {
  const executor = await createExecutor("tfjs");
  const model = await loadTrainableModel({
    ...{ folder: FOLDER, method: { kind: "full" }, executor, embeddingNoise },
  });
  onTestFinished(() => model.dispose());
  const folder = await mkdtemp(path.join(os.tmpdir(), "head-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return withValueHead(model, { folder, seed: 3 });
}

type Opened = Awaited<ReturnType<typeof openModel>>;

/** A loss over values and labels together, and its gradients. */
async function lossOf(model: Opened, dropoutSeed: number): Promise<number> {
  for (const { grad } of model.parameters) grad.fill(0);
  let loss = 0;
  await model.accumulateValues(batch, {
    ...{ positions, dropoutSeed },
    derive(values) {
      values.forEach((value) => (loss += value ** 2 / 2));
      return values;
    },
    weigh(losses) {
      losses.forEach((one) => (loss += 0.1 * one));
      return losses.map(() => 0.1);
    },
  });
  return loss;
}

describe("a model with a value head", () => {
  it("has the gradients that differences of the loss show, of labels and values together", async () => {
    const model = await openModel(2);
    await lossOf(model, 7);
    const looked = /v_head|model\.norm|embed_tokens|lm_head|layers\.0\.(input_layernorm|mlp\.down_proj)/;
    const chosen = model.parameters.filter(({ name }) => looked.test(name));
    const gradients = chosen.map(({ name, data, grad }) => ({ name, data, grad: grad.slice() }));
    expect(gradients.length).toBeGreaterThanOrEqual(6);
    for (const { name, data, grad } of gradients) {
      const at = grad.indexOf(grad.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0));
      const analytic = grad[at]!;
      const [original, step] = [data[at]!, 5e-3];
      data[at] = original + step;
      const above = await lossOf(model, 7);
      data[at] = original - step;
      const below = await lossOf(model, 7);
      data[at] = original;
      const numeric = (above - below) / (2 * step);
      expect(Math.abs(numeric - analytic), name).toBeLessThan(0.02 * Math.abs(analytic) + 1e-3);
    }
  });

  it("tells the same values every time, and trains with dropout and noise that only the seed changes", async () => {
    const model = await openModel(5);
    expect(await model.values(batch, positions)).toEqual(await model.values(batch, positions));
    expect(await lossOf(model, 1)).toBe(await lossOf(model, 1));
    expect(await lossOf(model, 2)).not.toBe(await lossOf(model, 1));
  });

  it("drops the share of a hidden state that config.json says, as trl does", async () => {
    const model = await openModel();
    const whole = { ...model, hfConfig: { ...model.hfConfig, summary_dropout_prob: 0 } };
    const folder = path.join(os.tmpdir(), "holds no value head");
    const still = await withValueHead(whole, { folder, seed: 3 });
    expect(await lossOf(still, 2)).toBe(await lossOf(still, 1));
    expect(await lossOf(model, 2)).not.toBe(await lossOf(model, 1));
  });

  it("adds noise of alpha / sqrt(tokens * width) to embeddings, and none where alpha is 0", async () => {
    const [still, noisy] = [await openModel(), await openModel(1)];
    const plain = (model: Opened, dropoutSeed: number) =>
      model.accumulateGradients(batch, { denominator: 1, dropoutSeed });
    expect(await plain(still, 1)).toBe(await plain(still, 2));
    expect(await plain(noisy, 1)).not.toBe(await plain(noisy, 2));
    expect(await plain(noisy, 1)).toBe(await plain(noisy, 1));
    const { lossSum } = await noisy.evaluate(batch);
    expect(lossSum).toBe((await still.evaluate(batch)).lossSum);
  });
});
