/** Every family on small random models: both executors, LoRA, and decoding agree with each other. */
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LoraLinear } from "@/server/trainer/adapters/adapter";
import { readAdapter } from "@/server/trainer/adapters/peft-files";
import { layoutOf, mergeChange } from "@/server/trainer/adapters/row-changes";
import { linearOf } from "@/server/trainer/adapters/target-modules";
import { openModelFolder, writeModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import { openCachedDecoder, type CachedDecoder } from "@/server/trainer/generate/cached-decoder";
import { countLabels, type TrainableModel } from "@/server/trainer/models/causal-lm";
import type { Decoder } from "@/server/trainer/models/family";
import { loadTrainableModel, type FullMethod, type LoraMethod } from "@/server/trainer/models/load-model";
import { describeDecoder, FAMILIES } from "@/server/trainer/models/registry";
import { createRandom } from "@/server/trainer/nn/random";
import { TINY_FAMILIES } from "./tiny-families";
import { batchOf, largestDifference, randomIds, temporaryFolder, writeTinyModel } from "./tiny-model";

const FULL: FullMethod = { kind: "full" };
const LORA: LoraMethod = { kind: "lora", rank: 3, alpha: 6, dropout: 0, target: "all", initSeed: 3 };

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

const LONGER_ROW = randomIds(1, 11);
const batch = batchOf([LONGER_ROW, randomIds(2, 7)]);

/** Gradients by name, after one micro-batch. */
async function gradientsOf(model: TrainableModel): Promise<Map<string, Float32Array>> {
  for (const { grad } of model.parameters) grad.fill(0);
  await model.accumulateGradients(batch, { denominator: countLabels(batch), dropoutSeed: 1 });
  return new Map(model.parameters.map(({ name, grad }) => [name, grad]));
}

/** Saves a LoRA on every linear whose A and B are far from zero. */
async function writeAdapter(folder: string, adapter: string): Promise<void> {
  const model = await loadTrainableModel({ folder, method: LORA, executor: onnx });
  const random = createRandom(9);
  for (const { data } of model.parameters)
    for (let i = 0; i < data.length; i++) data[i] = 0.1 * random.normal();
  await model.save(adapter);
  model.dispose();
}

async function readLinears(folder: string, decoder: Decoder): Promise<LoraLinear[]> {
  return (await readAdapter(folder, decoder)).adapter.linears.filter((linear) => linear.kind === "lora");
}

async function describeFolder(folder: string): Promise<Decoder> {
  const opened = await openModelFolder(folder);
  await opened.close();
  return describeDecoder({ file: path.join(folder, "config.json"), values: opened.config });
}

/** The model with the adapter added into its weights. */
async function writeMerged(
  folder: string,
  linears: readonly LoraLinear[],
  decoder: Decoder,
): Promise<string> {
  const opened = await openModelFolder(folder);
  const byWeight = new Map(linears.map((linear) => [`${linear.module}.weight`, linear]));
  const tensors = [];
  for (const [name, { shape }] of opened.tensors) {
    const data = await opened.read(name);
    const linear = byWeight.get(name);
    if (linear) mergeChange(data, linear, layoutOf(decoder, linear.module));
    tensors.push({ name, shape, dtype: "F32" as const, data });
  }
  await opened.close();
  const merged = temporaryFolder();
  await writeModelFolder(merged, { config: opened.config, generationConfig: null, tensors });
  return merged;
}

/** What the chain rule makes of dW [outputs, inputs] for W + s B A: s B^T dW and s dW A^T. */
function chainRule(
  { a, b, rank, scaling }: LoraLinear,
  dW: Float32Array,
  storedTransposed: boolean,
): { dA: Float32Array; dB: Float32Array } {
  const [inputs, outputs] = [a.shape[1]!, b.shape[0]!];
  const [dA, dB] = [new Float32Array(rank * inputs), new Float32Array(outputs * rank)];
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      const d = scaling * dW[storedTransposed ? i * outputs + o : o * inputs + i]!;
      for (let r = 0; r < rank; r++) {
        dA[r * inputs + i]! += d * b.data[o * rank + r]!;
        dB[o * rank + r]! += d * a.data[r * inputs + i]!;
      }
    }
  }
  return { dA, dB };
}

const largest = (values: Float32Array): number =>
  values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

it("refuses rows that are longer than the positions a model has learned", async () => {
  const folder = await writeTinyModel({ ...TINY_FAMILIES["gpt2"], n_positions: 10 });
  const model = await loadTrainableModel({ folder, method: FULL, executor: onnx });
  await expect(model.logits(batch)).rejects.toThrow(
    /gpt2 model has positions for 10\. Set cutoff_len to 10 or less/,
  );
  expect(largest(await model.logits(batchOf([randomIds(1, 10)])))).toBeGreaterThan(0);
  model.dispose();
});

it("has a small model of every family", () => {
  const types = Object.values(TINY_FAMILIES).map((family) => family["model_type"] ?? "llama");
  expect([...new Set(types)].sort()).toEqual(FAMILIES.map(({ modelType }) => modelType).sort());
});

describe.each(Object.entries(TINY_FAMILIES))("%s", (_, overrides) => {
  const root = mkdtempSync(path.join(os.tmpdir(), "tuneboard-family-"));
  const [folder, adapter] = [path.join(root, "model"), path.join(root, "adapter")];
  let decoder: Decoder;
  /** The model whose own weights are trained, and with the adapter: compiling graphs is what takes time here. */
  let full: TrainableModel;
  let tuned: TrainableModel;
  beforeAll(async () => {
    await writeTinyModel(overrides, folder);
    await writeAdapter(folder, adapter);
    decoder = await describeFolder(folder);
    full = await loadTrainableModel({ folder, method: FULL, executor: onnx });
    tuned = await loadTrainableModel({ folder, method: { ...LORA, adapters: [adapter] }, executor: onnx });
  });
  afterAll(() => {
    full.dispose();
    tuned.dispose();
    rmSync(root, { recursive: true });
  });

  /** Logits and gradients are those of the same model on TensorFlow.js's own kernels. */
  async function expectSameStep(model: TrainableModel, method: FullMethod | LoraMethod): Promise<void> {
    const same = await loadTrainableModel({ folder, method, executor: cpu });
    const [logits, reference] = [await model.logits(batch), await same.logits(batch)];
    expect(largestDifference(logits, reference)).toBeLessThan(1e-4 * Math.max(1, largest(reference)));
    const [gradients, references] = [await gradientsOf(model), await gradientsOf(same)];
    for (const [name, expected] of references) {
      const difference = largestDifference(gradients.get(name)!, expected);
      expect(difference, name).toBeLessThan(1e-4 * Math.max(1e-2, largest(expected)));
    }
    same.dispose();
  }

  it("takes the same step on both executors: full fine-tuning", () => expectSameStep(full, FULL));

  it("takes the same step on both executors: LoRA with dropout", async () => {
    const method = { ...LORA, dropout: 0.3 };
    const model = await loadTrainableModel({ folder, method, executor: onnx });
    await expectSameStep(model, method);
    model.dispose();
  });

  it("computes and trains a LoRA on every linear as if it were part of the weights", async () => {
    const linears = await readLinears(adapter, decoder);
    expect(linears.map(({ module }) => module)).toEqual(
      decoder.layers.flatMap(({ prefix }) => Object.keys(decoder.linears).map((name) => prefix + name)),
    );
    const whole = await loadTrainableModel({
      folder: await writeMerged(folder, linears, decoder),
      method: FULL,
      executor: onnx,
    });
    expect(largestDifference(await tuned.logits(batch), await whole.logits(batch))).toBeLessThan(1e-4);
    const [gradients, ofWhole] = [await gradientsOf(tuned), await gradientsOf(whole)];
    for (const linear of linears) {
      const transposed = linearOf(decoder, linear.module).storedTransposed === true;
      const { dA, dB } = chainRule(linear, ofWhole.get(`${linear.module}.weight`)!, transposed);
      for (const [part, expected] of [
        ["lora_A", dA],
        ["lora_B", dB],
      ] as const) {
        const actual = gradients.get(`base_model.model.${linear.module}.${part}.weight`)!;
        const difference = largestDifference(actual, expected);
        expect(difference, `${linear.module} ${part}`).toBeLessThan(1e-3 * Math.max(1e-3, largest(expected)));
      }
    }
    whole.dispose();
  });

  it("computes nearly the same on an int8 base", async () => {
    const method = { ...LORA, adapters: [adapter], quantizationBit: 8 as const };
    const rounded = await loadTrainableModel({ folder, method, executor: onnx });
    expect(cosine(await rounded.logits(batch), await tuned.logits(batch))).toBeGreaterThan(0.98);
    const [a, b] = [await gradientsOf(rounded), await gradientsOf(tuned)];
    const joined = (gradients: Map<string, Float32Array>) =>
      Float32Array.from([...gradients.values()].flatMap((gradient) => [...gradient]));
    expect(cosine(joined(a), joined(b))).toBeGreaterThan(0.95);
    rounded.dispose();
  });

  it.each([
    ["the base", false],
    ["an adapter", true],
  ])("decodes as it trains: %s", async (_name, withAdapter) => {
    const ids = LONGER_ROW;
    const logits = await (withAdapter ? tuned : full).logits(batch);

    const opened = await openModelFolder(folder);
    const exact = await openCachedDecoder(opened, { bits: 32, threads: 1 });
    const rounded = await openCachedDecoder(opened, { bits: 8, threads: 1 });
    await opened.close();
    const decode = async (decoding: CachedDecoder): Promise<Float32Array> => {
      const prepared = withAdapter ? decoding.prepare(await readLinears(adapter, decoder)) : null;
      const cache = decoding.newCache();
      const rows = [];
      for (const piece of [ids.slice(0, 5), ...ids.slice(5).map((id) => [id])])
        rows.push(...(await decoding.extend(cache, piece, { adapter: prepared })));
      await decoding.dispose();
      return Float32Array.from(rows);
    };
    const expected = logits.subarray(4 * exact.vocabSize, ids.length * exact.vocabSize);
    expect(largestDifference(await decode(exact), expected)).toBeLessThan(
      1e-4 * Math.max(1, largest(expected)),
    );
    // Rounding can send a token to other experts, so single logits may differ by much.
    expect(cosine(await decode(rounded), expected)).toBeGreaterThan(0.98);
  });
});
