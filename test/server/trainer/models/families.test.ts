/** Every family on small random models: both executors, LoRA, and decoding agree with each other. */
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

const batch = batchOf([randomIds(1, 11), randomIds(2, 7)]);

/** Gradients by name, after one micro-batch. */
async function gradientsOf(model: TrainableModel): Promise<Map<string, Float32Array>> {
  for (const { grad } of model.parameters) grad.fill(0);
  await model.accumulateGradients(batch, { denominator: countLabels(batch), dropoutSeed: 1 });
  return new Map(model.parameters.map(({ name, grad }) => [name, grad]));
}

/** A LoRA on every linear whose A and B are far from zero, saved in a folder of its own. */
async function writeAdapter(folder: string): Promise<string> {
  const model = await loadTrainableModel({ folder, method: LORA, executor: onnx });
  const random = createRandom(9);
  for (const { data } of model.parameters)
    for (let i = 0; i < data.length; i++) data[i] = 0.1 * random.normal();
  const adapter = temporaryFolder();
  await model.save(adapter);
  model.dispose();
  return adapter;
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
  it.each([
    ["full fine-tuning", FULL],
    ["LoRA with dropout", { ...LORA, dropout: 0.3 }],
  ])("takes the same step on both executors: %s", async (_name, method) => {
    const folder = await writeTinyModel(overrides);
    const [a, b] = await Promise.all(
      [onnx, cpu].map((executor) => loadTrainableModel({ folder, method, executor })),
    );
    const [logits, reference] = [await a!.logits(batch), await b!.logits(batch)];
    expect(largestDifference(logits, reference)).toBeLessThan(1e-4 * Math.max(1, largest(reference)));
    const [gradients, references] = [await gradientsOf(a!), await gradientsOf(b!)];
    for (const [name, expected] of references) {
      const difference = largestDifference(gradients.get(name)!, expected);
      expect(difference, name).toBeLessThan(1e-4 * Math.max(1e-2, largest(expected)));
    }
    a!.dispose();
    b!.dispose();
  });

  it("computes and trains a LoRA on every linear as if it were part of the weights", async () => {
    const folder = await writeTinyModel(overrides);
    const adapter = await writeAdapter(folder);
    const decoder = await describeFolder(folder);
    const linears = await readLinears(adapter, decoder);
    expect(linears.map(({ module }) => module)).toEqual(
      decoder.layers.flatMap(({ prefix }) => Object.keys(decoder.linears).map((name) => prefix + name)),
    );
    const method = { ...LORA, adapters: [adapter] };
    const tuned = await loadTrainableModel({ folder, method, executor: onnx });
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
    tuned.dispose();
    whole.dispose();
  });

  it("computes nearly the same on an int8 base", async () => {
    const folder = await writeTinyModel(overrides);
    const method = { ...LORA, adapters: [await writeAdapter(folder)] };
    const exact = await loadTrainableModel({ folder, method, executor: onnx });
    const rounded = await loadTrainableModel({
      folder,
      method: { ...method, quantizationBit: 8 },
      executor: onnx,
    });
    expect(cosine(await rounded.logits(batch), await exact.logits(batch))).toBeGreaterThan(0.98);
    const [a, b] = [await gradientsOf(rounded), await gradientsOf(exact)];
    const joined = (gradients: Map<string, Float32Array>) =>
      Float32Array.from([...gradients.values()].flatMap((gradient) => [...gradient]));
    expect(cosine(joined(a), joined(b))).toBeGreaterThan(0.95);
    exact.dispose();
    rounded.dispose();
  });

  it.each([
    ["the base", false],
    ["an adapter", true],
  ])("decodes as it trains: %s", async (_name, withAdapter) => {
    const folder = await writeTinyModel(overrides);
    const adapters = withAdapter ? [await writeAdapter(folder)] : [];
    const model = await loadTrainableModel({
      folder,
      method: withAdapter ? { ...LORA, adapters } : FULL,
      executor: onnx,
    });
    const ids = randomIds(4, 12);
    const logits = await model.logits(batchOf([ids]));
    model.dispose();

    const opened = await openModelFolder(folder);
    const exact = await openCachedDecoder(opened, { bits: 32, threads: 1 });
    const rounded = await openCachedDecoder(opened, { bits: 8, threads: 1 });
    await opened.close();
    const decode = async (decoder: CachedDecoder): Promise<Float32Array> => {
      const linears = withAdapter ? await readLinears(adapters[0]!, decoder.description) : [];
      const adapter = withAdapter ? decoder.prepare(linears) : null;
      const cache = decoder.newCache();
      const rows = [];
      for (const piece of [ids.slice(0, 5), ...ids.slice(5).map((id) => [id])])
        rows.push(...(await decoder.extend(cache, piece, { adapter })));
      await decoder.dispose();
      return Float32Array.from(rows);
    };
    const expected = logits.subarray(4 * exact.vocabSize);
    expect(largestDifference(await decode(exact), expected)).toBeLessThan(
      1e-4 * Math.max(1, largest(expected)),
    );
    // Rounding can send a token to other experts, so single logits may differ by much.
    expect(cosine(await decode(rounded), expected)).toBeGreaterThan(0.98);
  });
});
