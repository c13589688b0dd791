import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import { countLabels, type TokenBatch, type TrainableModel } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel, type LoraMethod } from "@/server/trainer/models/load-model";
import {
  batchOf,
  largestDifference,
  randomIds,
  temporaryFolder,
  TINY_QWEN2,
  writeTinyModel,
} from "./tiny-model";

const LORA: LoraMethod = { kind: "lora", rank: 4, alpha: 8, dropout: 0, target: "all", initSeed: 3 };

let onnx: Executor;
let cpu: Executor;
beforeAll(async () => {
  onnx = await createExecutor("onnx", { threads: 1 });
  cpu = await createExecutor("tfjs", { tfjsBackend: "cpu" });
});
afterAll(() => {
  onnx.dispose();
  cpu.dispose();
});

/** B starts at zero, where A's gradients vanish: moves every parameter a little. */
function disturb(model: TrainableModel): void {
  for (const { data } of model.parameters)
    for (let i = 0; i < data.length; i++) data[i]! += 0.01 * Math.sin(i);
}

async function step(model: TrainableModel, batch: TokenBatch, dropoutSeed = 1) {
  for (const { grad } of model.parameters) grad.fill(0);
  const loss = await model.accumulateGradients(batch, { denominator: countLabels(batch), dropoutSeed });
  return { loss, gradients: model.parameters.map(({ grad }) => grad.slice()) };
}

function expectSameStep(
  a: Awaited<ReturnType<typeof step>>,
  b: Awaited<ReturnType<typeof step>>,
  tolerance: number,
): void {
  expect(Math.abs(a.loss - b.loss)).toBeLessThan(tolerance);
  for (const [i, gradient] of a.gradients.entries())
    expect(largestDifference(gradient, b.gradients[i]!)).toBeLessThan(tolerance);
}

const batch = batchOf([randomIds(1, 11), randomIds(2, 7)]);

describe.each([
  ["llama", {}],
  ["qwen2", TINY_QWEN2],
])("%s on both executors", (_, overrides) => {
  it.each([
    ["full fine-tuning", { kind: "full" } as const],
    ["LoRA", LORA],
    ["LoRA with dropout", { ...LORA, dropout: 0.25 }],
  ])("gives the same loss and gradients: %s", async (_name, method) => {
    const folder = await writeTinyModel(overrides);
    const [a, b] = await Promise.all(
      [onnx, cpu].map((executor) => loadTrainableModel({ folder, method, executor })),
    );
    disturb(a!);
    disturb(b!);
    expectSameStep(await step(a!, batch), await step(b!, batch), 2e-5);
    a!.dispose();
    b!.dispose();
  });
});

describe("accumulateGradients", () => {
  it("gives the same with kept activations as with recomputation", async () => {
    const folder = await writeTinyModel();
    const long = batchOf([randomIds(1, 200)]);
    const open = (memoryBudget: number) =>
      loadTrainableModel({ folder, method: { ...LORA, dropout: 0.1 }, executor: onnx, memoryBudget });
    const [kept, recomputed] = [await open(2 ** 40), await open(0)];
    disturb(kept);
    disturb(recomputed);
    expectSameStep(await step(kept, long), await step(recomputed, long), 1e-6);
    kept.dispose();
    recomputed.dispose();
  });

  it("adds to what the gradients hold, weighted by the denominator", async () => {
    const folder = await writeTinyModel();
    const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor: onnx });
    const once = await step(model, batch);
    await model.accumulateGradients(batch, { denominator: 2 * countLabels(batch), dropoutSeed: 1 });
    for (const [i, { grad }] of model.parameters.entries()) {
      const expected = once.gradients[i]!.map((value) => 1.5 * value);
      expect(largestDifference(grad, expected)).toBeLessThan(1e-5);
    }
    model.dispose();
  });

  it("agrees with finite differences", async () => {
    const folder = await writeTinyModel();
    const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor: onnx });
    const { gradients } = await step(model, batch);
    const lossAt = async () => (await model.evaluate(batch)).lossSum / countLabels(batch);
    for (const name of [
      "model.layers.0.self_attn.q_proj.weight",
      "model.layers.1.input_layernorm.weight",
      "model.embed_tokens.weight",
    ]) {
      const index = model.parameters.findIndex((parameter) => parameter.name === name);
      const { data } = model.parameters[index]!;
      const element = name.includes("embed") ? batch.inputIds[3]! * 32 + 5 : 7;
      const before = data[element]!;
      data[element] = before + 1e-2;
      const above = await lossAt();
      data[element] = before - 1e-2;
      const below = await lossAt();
      data[element] = before;
      expect((above - below) / 2e-2, name).toBeCloseTo(gradients[index]![element]!, 3);
    }
    model.dispose();
  });

  it("keeps no TensorFlow.js tensors from step to step", async () => {
    const folder = await writeTinyModel();
    for (const executor of [onnx, cpu]) {
      const model = await loadTrainableModel({ folder, method: { ...LORA, dropout: 0.1 }, executor });
      await step(model, batch);
      const before = tf.memory().numTensors;
      for (let i = 0; i < 3; i++) await step(model, batch);
      await model.evaluate(batch);
      expect(tf.memory().numTensors).toBe(before);
      model.dispose();
    }
  });

  it("drops out other elements for another seed, and the same for the same", async () => {
    const folder = await writeTinyModel();
    const model = await loadTrainableModel({ folder, method: { ...LORA, dropout: 0.3 }, executor: onnx });
    disturb(model);
    const [first, again, other] = [
      await step(model, batch, 1),
      await step(model, batch, 1),
      await step(model, batch, 2),
    ];
    expect(again).toEqual(first);
    expect(other.loss).not.toBe(first.loss);
    model.dispose();
  });

  it("does nothing for a batch without labels", async () => {
    const folder = await writeTinyModel();
    const model = await loadTrainableModel({ folder, method: LORA, executor: onnx });
    const silent = { ...batch, labels: new Int32Array(batch.labels.length).fill(-100) };
    expect(await model.accumulateGradients(silent, { denominator: 1, dropoutSeed: 1 })).toBe(0);
    expect(await model.evaluate(silent)).toEqual({ lossSum: 0, labelTokens: 0 });
    model.dispose();
  });
});

describe("rows and padding", () => {
  it("a row alone gives the logits that it gives in a batch", async () => {
    const folder = await writeTinyModel();
    const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor: onnx });
    const rows = [randomIds(1, 11), randomIds(2, 7)];
    const together = await model.logits(batchOf(rows));
    const alone = await model.logits(batchOf([rows[1]!]));
    const start = 11 * 64;
    expect(largestDifference(together.subarray(start, start + 7 * 64), alone)).toBeLessThan(1e-6);
    model.dispose();
  });

  it("padding changes neither loss nor gradients, on the right nor on the left", async () => {
    const folder = await writeTinyModel();
    const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor: onnx });
    const ids = randomIds(4, 9);
    const plain = await step(model, batchOf([ids]));
    expectSameStep(await step(model, batchOf([ids], 15)), plain, 1e-6);

    const left = batchOf([[...new Array<number>(6).fill(0), ...ids]]);
    left.attentionMask.fill(0, 0, 6);
    left.labels.fill(-100, 0, 7);
    const positionIds = Int32Array.from({ length: 15 }, (_, t) => Math.max(0, t - 6));
    expectSameStep(await step(model, { ...left, positionIds }), plain, 1e-6);
    model.dispose();
  });

  // 290 tokens: attention over them is cut into parts.
  it.each([
    [9, 6],
    [150, 140],
  ])("samples packed into one row see only themselves (%i and %i tokens)", async (first, second) => {
    const folder = await writeTinyModel();
    const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor: onnx });
    const [a, b] = [randomIds(6, first), randomIds(7, second)];
    const apart = await step(model, batchOf([a, b]));
    const packed = batchOf([[...a, ...b]]);
    packed.attentionMask.fill(2, first);
    // The second sample's first token is nothing that the first sample predicts.
    packed.labels[first] = -100;
    const positionIds = Int32Array.from([...a.keys(), ...b.keys()]);
    expectSameStep(await step(model, { ...packed, positionIds }), apart, 1e-6);
    model.dispose();
  });

  it("a sliding window hides what is further back", async () => {
    const folder = await writeTinyModel({
      architectures: ["MistralForCausalLM"],
      model_type: "mistral",
      sliding_window: 3,
      num_hidden_layers: 1,
    });
    const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor: onnx });
    const ids = randomIds(8, 8);
    const [first, changed] = [
      await model.logits(batchOf([ids])),
      await model.logits(batchOf([[1, ...ids.slice(1)]])),
    ];
    const row = (t: number) => [t * 64, (t + 1) * 64] as const;
    expect(largestDifference(first.subarray(...row(2)), changed.subarray(...row(2)))).toBeGreaterThan(1e-3);
    expect(largestDifference(first.subarray(...row(3)), changed.subarray(...row(3)))).toBe(0);
    model.dispose();
  });
});

describe("save", () => {
  it("writes a full model that loads with the same weights", async () => {
    const folder = await writeTinyModel(TINY_QWEN2);
    const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor: onnx });
    disturb(model);
    const target = temporaryFolder();
    await model.save(target);
    const again = await loadTrainableModel({ folder: target, method: { kind: "full" }, executor: onnx });
    expect(again.parameters.map(({ name, data }) => [name, data])).toEqual(
      model.parameters.map(({ name, data }) => [name, data]),
    );
    expect(again.hfConfig).toMatchObject({ model_type: "qwen2", dtype: "float32" });
    model.dispose();
    again.dispose();
  });

  it("goes on from the last adapter and merges those before it", async () => {
    const folder = await writeTinyModel();
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    const model = await loadTrainableModel({ folder, method: LORA, executor: onnx });
    disturb(model);
    await model.save(first);
    for (const { data } of model.parameters) data.reverse();
    await model.save(second);
    const merged = await loadTrainableModel({
      folder,
      method: { ...LORA, adapters: [first, second], createNew: true },
      executor: onnx,
    });
    const going = await loadTrainableModel({
      folder,
      method: { ...LORA, adapters: [first, second] },
      executor: onnx,
    });
    // A new adapter begins with B = 0, so both are base + first + second.
    expect(largestDifference(await merged.logits(batch), await going.logits(batch))).toBeLessThan(1e-4);
    expect(going.parameters[0]!.data).toEqual(model.parameters[0]!.data);
    for (const one of [model, merged, going]) one.dispose();
  });
});

describe("what does not fit", () => {
  const editConfig = (folder: string, change: Record<string, unknown>) => {
    const file = path.join(folder, "config.json");
    const config = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    writeFileSync(file, JSON.stringify({ ...config, ...change }));
  };
  const load = (folder: string) => loadTrainableModel({ folder, method: LORA, executor: onnx });

  it("names an architecture that is not there, those that are, and the way out", async () => {
    const folder = await writeTinyModel();
    editConfig(folder, { architectures: ["FalconForCausalLM"] });
    await expect(load(folder)).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/FalconForCausalLM.*LlamaForCausalLM.*llamafactory engine/s) as string,
    });
  });

  it("names file and tensor where config and weights disagree", async () => {
    const folder = await writeTinyModel();
    editConfig(folder, { intermediate_size: 40 });
    await expect(load(folder)).rejects.toMatchObject({
      code: "checkpoint_malformed",
      message: expect.stringContaining(
        '"model.layers.0.mlp.gate_proj.weight" has the shape [48, 32]',
      ) as string,
    });
    editConfig(folder, { intermediate_size: 48, num_hidden_layers: 3 });
    await expect(load(folder)).rejects.toThrow(/model\.layers\.2\.\S+ is missing/);
  });

  it("names a rope type that is not there", async () => {
    const folder = await writeTinyModel();
    editConfig(folder, { rope_scaling: { rope_type: "fractal" } });
    await expect(load(folder)).rejects.toThrow(/rope type "fractal"/);
  });

  it("refuses tokens that the model has no embedding of", async () => {
    const model = await load(await writeTinyModel());
    await expect(model.evaluate(batchOf([[1, 2, 64]]))).rejects.toThrow(
      /the token 64, but .* 64 tokens \(0 to 63\)/,
    );
    model.dispose();
  });

  it("refuses rows longer than the positions that the model has learned", async () => {
    const gpt2 = {
      architectures: ["GPT2LMHeadModel"],
      model_type: "gpt2",
      n_embd: 32,
      n_head: 4,
      n_layer: 1,
      n_positions: 16,
    };
    const model = await load(await writeTinyModel(gpt2));
    await expect(model.evaluate(batchOf([randomIds(1, 17)]))).rejects.toThrow(
      /17 tokens, .* cutoff_len to 16/,
    );
    model.dispose();
  });

  it("names a LoRA target that the model does not have", async () => {
    const folder = await writeTinyModel();
    const method = { ...LORA, target: ["q_proj", "query"] };
    await expect(loadTrainableModel({ folder, method, executor: onnx })).rejects.toThrow(
      /"query".*q_proj, k_proj/s,
    );
  });

  it("refuses an adapter of another model", async () => {
    const [folder, wider] = [await writeTinyModel(), await writeTinyModel({ hidden_size: 64 })];
    const adapter = temporaryFolder();
    const model = await load(folder);
    await model.save(adapter);
    model.dispose();
    const method = { ...LORA, adapters: [adapter] };
    await expect(loadTrainableModel({ folder: wider, method, executor: onnx })).rejects.toThrow(
      /belongs to another model/,
    );
  });
});
