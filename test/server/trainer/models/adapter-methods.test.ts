/** Every kind of adapter on small random models: how it begins, trains, merges, answers and what its base stays. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAdapters } from "@/server/trainer/adapters/adapter-folders";
import { mergedModel } from "@/server/trainer/adapters/merged-model";
import { openModelFolder, writeModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import { openAdaptedDecoder } from "@/server/trainer/generate/adapted-decoder";
import { createCachePool } from "@/server/trainer/generate/cache-pool";
import { openCachedDecoder } from "@/server/trainer/generate/cached-decoder";
import { countLabels, type TrainableModel } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel, type LoraMethod, type OftMethod } from "@/server/trainer/models/load-model";
import { describeDecoder } from "@/server/trainer/models/registry";
import { createRandom } from "@/server/trainer/nn/random";
import { TINY_FAMILIES } from "./tiny-families";
import {
  batchOf,
  largestDifference,
  randomIds,
  temporaryFolder,
  TINY_QWEN2,
  writeTinyModel,
} from "./tiny-model";

const LORA: LoraMethod = { kind: "lora", rank: 3, alpha: 6, dropout: 0, target: "all", initSeed: 3 };
const OFT: OftMethod = { kind: "oft", rank: 0, blockSize: 8, dropout: 0, target: "all" };
const KINDS: Record<string, LoraMethod | OftMethod> = {
  DoRA: { ...LORA, dora: true },
  PiSSA: { ...LORA, pissa: true },
  "PiSSA with magnitudes": { ...LORA, pissa: true, dora: true, rslora: true },
  OFT,
  "OFT in two blocks": { ...OFT, rank: 2, blockSize: 0 },
  "LoRA with whole embeddings": { ...LORA, additionalTarget: ["embed_tokens"] },
  "LoRA with whole output matrix and norms": { ...LORA, additionalTarget: ["lm_head", "norm"] },
  "OFT with both tables": { ...OFT, additionalTarget: ["embed_tokens", "lm_head"] },
};
/** Which of them a family other than llama is tried with: tied tables, and linears that are stored transposed. */
const WHOLE = [
  "LoRA with whole embeddings",
  "LoRA with whole output matrix and norms",
  "OFT with both tables",
];
const KINDS_OF: Record<string, readonly string[]> = {
  llama: Object.keys(KINDS),
  qwen2: WHOLE,
  gpt2: ["PiSSA with magnitudes", "OFT", "LoRA with whole embeddings"],
};
/** GPT-2 stores linears transposed and calls its tables otherwise. */
const GPT2_NAMES: Record<string, string> = { embed_tokens: "wte", norm: "ln_f" };

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
const FAMILIES: Record<string, Record<string, unknown>> = {
  llama: {},
  qwen2: TINY_QWEN2,
  gpt2: TINY_FAMILIES["gpt2"]!,
};

/** Moves every parameter a little, differently each: A and B, magnitudes, rotations, tables. */
function disturb(model: TrainableModel): void {
  const random = createRandom(9);
  for (const { data } of model.parameters)
    for (let i = 0; i < data.length; i++) data[i]! += 0.05 * random.normal();
}

async function lossAndGradients(model: TrainableModel, dropoutSeed = 1) {
  for (const { grad } of model.parameters) grad.fill(0);
  const loss = await model.accumulateGradients(batch, { denominator: countLabels(batch), dropoutSeed });
  return { loss, gradients: new Map(model.parameters.map(({ name, grad }) => [name, grad])) };
}

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((max, value) => Math.max(max, Math.abs(value)), 0);

async function openBase(folder: string) {
  const base = await openModelFolder(folder);
  return { base, decoder: describeDecoder({ file: path.join(folder, "config.json"), values: base.config }) };
}

/** The model and its adapter as one folder. */
async function writeMerged(folder: string, adapters: readonly string[]): Promise<string> {
  const { base, decoder } = await openBase(folder);
  const merged = mergedModel(base, decoder, await openAdapters(adapters, { base, decoder, executor: onnx }));
  const tensors = [];
  for (const { name, shape } of merged.folder.tensors.values())
    tensors.push({ name, shape, dtype: "F32" as const, data: await merged.folder.read(name) });
  const target = temporaryFolder();
  await writeModelFolder(target, { config: merged.folder.config, generationConfig: null, tensors });
  await base.close();
  return target;
}

describe.each(Object.keys(FAMILIES))("%s", (family) => {
  let folder: string;
  beforeAll(async () => {
    // Its own cleanup would come after the first test.
    folder = mkdtempSync(path.join(os.tmpdir(), "tuneboard-methods-"));
    await writeTinyModel(FAMILIES[family], folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const methodOf = (kind: string): LoraMethod | OftMethod => {
    const method = KINDS[kind]!;
    if (family !== "gpt2" || !method.additionalTarget) return method;
    return { ...method, additionalTarget: method.additionalTarget.map((name) => GPT2_NAMES[name] ?? name) };
  };
  const open = (method: LoraMethod | OftMethod, executor = onnx) =>
    loadTrainableModel({ folder, method, executor });

  describe.each(KINDS_OF[family]!)("%s", (kind) => {
    it("leaves the model's function as it is at first", async () => {
      const [fresh, base] = [await open(methodOf(kind)), await open({ ...LORA, target: [] })];
      expect(fresh.trainableCount).toBeGreaterThan(0);
      expect(largestDifference(await fresh.logits(batch), await base.logits(batch))).toBeLessThan(2e-5);
      fresh.dispose();
      base.dispose();
    });

    it("has the same gradients on both executors, and they are those of finite differences", async () => {
      const [model, reference] = [await open(methodOf(kind)), await open(methodOf(kind), cpu)];
      disturb(model);
      disturb(reference);
      const [a, b] = [await lossAndGradients(model), await lossAndGradients(reference)];
      expect(Math.abs(a.loss - b.loss)).toBeLessThan(2e-5);
      for (const [name, gradient] of b.gradients) {
        const difference = largestDifference(a.gradients.get(name)!, gradient);
        expect(difference, name).toBeLessThan(1e-4 * Math.max(1e-2, largest(gradient)));
      }
      // DoRA's row lengths count as constants, so that its factors' gradients are not the loss's slope.
      const sloped = reference.parameters.filter(
        ({ name }) => !methodIsDora(methodOf(kind)) || /magnitude|\.lm_head\.|embed|norm/.test(name),
      );
      const lossAt = async () => (await reference.evaluate(batch)).lossSum / countLabels(batch);
      for (const { name, data, grad } of [sloped[0]!, sloped.at(-1)!]) {
        const element = grad.reduce(
          (best, value, i) => (Math.abs(value) > Math.abs(grad[best]!) ? i : best),
          0,
        );
        const [before, step] = [data[element]!, 5e-3];
        data[element] = before + step;
        const above = await lossAt();
        data[element] = before - step;
        const below = await lossAt();
        data[element] = before;
        const slope = (above - below) / (2 * step);
        expect(Math.abs(slope - grad[element]!), name).toBeLessThan(2e-3 + 0.02 * Math.abs(slope));
      }
      model.dispose();
      reference.dispose();
    });

    it("goes on from its files, merges exactly, answers as it trains, and leaves its base alone", async () => {
      const model = await open(methodOf(kind));
      const baseLosses = await model.labelLosses(batch, "base");
      disturb(model);
      const adapter = temporaryFolder();
      await model.save(adapter);
      const logits = await model.logits(batch);
      expect(largestDifference(await model.labelLosses(batch, "base"), baseLosses)).toBe(0);
      const untouched = await open({ ...LORA, target: [] });
      expect(largestDifference(baseLosses, await untouched.labelLosses(batch, "model"))).toBeLessThan(2e-5);
      untouched.dispose();

      const again = await open({ ...methodOf(kind), adapters: [adapter] });
      expect(again.parameters.map(({ name, data }) => [name, data])).toEqual(
        model.parameters.map(({ name, data }) => [name, data]),
      );
      expect(largestDifference(await again.logits(batch), logits)).toBeLessThan(1e-6);
      model.dispose();
      again.dispose();

      const whole = await loadTrainableModel({
        folder: await writeMerged(folder, [adapter]),
        method: { kind: "full" },
        executor: onnx,
      });
      const tolerance = 1e-4 * Math.max(1, largest(logits));
      expect(largestDifference(await whole.logits(batch), logits)).toBeLessThan(tolerance);
      whole.dispose();
      // On top of the merged adapter a new one begins where that one ended.
      const onTop = await open({ ...LORA, adapters: [adapter], createNew: true });
      expect(largestDifference(await onTop.logits(batch), logits)).toBeLessThan(tolerance);
      onTop.dispose();

      const { base, decoder: description } = await openBase(folder);
      const decoder = await openCachedDecoder(base, { bits: 32, threads: 1 });
      await base.close();
      const caches = createCachePool(() => decoder.newCache());
      const served = await openAdaptedDecoder(adapter, {
        ...{ modelPath: folder, decoder, caches, options: { bits: 32, threads: 1 } },
      });
      const ids = [...batch.inputIds.subarray(0, 11)];
      const cache = served.decoder.newCache();
      await served.decoder.extend(cache, ids.slice(0, 6), { adapter: served.prepared });
      const last = await served.decoder.extend(cache, ids.slice(6), { adapter: served.prepared });
      const V = description.vocabSize;
      expect(largestDifference(last, logits.subarray(10 * V, 11 * V))).toBeLessThan(tolerance);
      await served.dispose();
      await decoder.dispose();
    });
  });
});

function methodIsDora(method: LoraMethod | OftMethod): boolean {
  return method.kind === "lora" && method.dora === true;
}

it("computes DoRA nearly the same on an int8 base, and exactly as it at first", async () => {
  const folder = await writeTinyModel();
  const dora: LoraMethod = { ...LORA, dora: true };
  const open = (method: LoraMethod) => loadTrainableModel({ folder, method, executor: onnx });
  const [fresh, base] = [
    await open({ ...dora, quantizationBit: 8 }),
    await open({ ...LORA, target: [], quantizationBit: 8 }),
  ];
  expect(largestDifference(await fresh.logits(batch), await base.logits(batch))).toBeLessThan(2e-5);
  disturb(fresh);
  const adapter = temporaryFolder();
  await fresh.save(adapter);
  const exact = await open({ ...dora, adapters: [adapter] });
  const [a, b] = [await fresh.logits(batch), await exact.logits(batch)];
  expect(largestDifference(a, b)).toBeLessThan(0.1 * largest(b));
  for (const model of [fresh, base, exact]) model.dispose();
});

it("merges adapters of different kinds in the order in which they were trained", async () => {
  const folder = await writeTinyModel(TINY_QWEN2);
  const open = (method: LoraMethod | OftMethod) => loadTrainableModel({ folder, method, executor: onnx });
  const folders: string[] = [];
  let logits: Float32Array = new Float32Array(0);
  for (const method of [OFT, KINDS["DoRA"]!, KINDS["LoRA with whole embeddings"]!, KINDS["PiSSA"]!]) {
    const model = await open({ ...method, adapters: folders, createNew: true });
    if (folders.length > 0) {
      // Each begins as what the ones before it have made.
      expect(largestDifference(await model.logits(batch), logits)).toBeLessThan(1e-4);
    }
    disturb(model);
    logits = await model.logits(batch);
    folders.push(temporaryFolder());
    await model.save(folders.at(-1)!);
    model.dispose();
  }
  const resumed = await open({ ...LORA, adapters: folders });
  expect(largestDifference(await resumed.logits(batch), logits)).toBeLessThan(1e-5);
  expect(resumed.parameters[0]!.name).toContain("lora_A");
  resumed.dispose();
  const whole = await loadTrainableModel({
    folder: await writeMerged(folder, folders),
    method: { kind: "full" },
    executor: onnx,
  });
  expect(largestDifference(await whole.logits(batch), logits)).toBeLessThan(1e-3);
  whole.dispose();
});

it("finds a PiSSA adapter's beginning in the base where its file is not beside it, and converts to plain LoRA", async () => {
  const folder = await writeTinyModel();
  const open = (method: LoraMethod) => loadTrainableModel({ folder, method, executor: onnx });
  const model = await open({ ...LORA, pissa: true });
  disturb(model);
  const [adapter, converted] = [temporaryFolder(), temporaryFolder()];
  await model.save(adapter);
  await model.saveConverted!(converted);
  const logits = await model.logits(batch);
  const config = (at: string) =>
    JSON.parse(readFileSync(path.join(at, "adapter_config.json"), "utf8")) as Record<string, unknown>;
  expect(config(adapter)).toMatchObject({ init_lora_weights: "pissa", r: 3, lora_alpha: 6 });
  expect(config(path.join(adapter, "pissa_init"))).toMatchObject({ init_lora_weights: true });
  expect(config(converted)).toMatchObject({ init_lora_weights: true, r: 6, lora_alpha: 12 });

  rmSync(path.join(adapter, "pissa_init"), { recursive: true });
  for (const at of [adapter, converted]) {
    const again = await open({ ...LORA, adapters: [at] });
    expect(largestDifference(await again.logits(batch), logits), at).toBeLessThan(1e-4);
    again.dispose();
  }
  model.dispose();
});

it("leaves out blocks of an OFT by chance, the same ones when a block is recomputed", async () => {
  const folder = await writeTinyModel();
  const open = (memoryBudget: number) =>
    loadTrainableModel({ folder, method: { ...OFT, dropout: 0.5 }, executor: onnx, memoryBudget });
  const [kept, recomputed] = [await open(2 ** 40), await open(0)];
  disturb(kept);
  disturb(recomputed);
  const [a, b] = [await lossAndGradients(kept), await lossAndGradients(recomputed)];
  expect(Math.abs(a.loss - b.loss)).toBeLessThan(1e-6);
  for (const [name, gradient] of a.gradients)
    expect(largestDifference(gradient, b.gradients.get(name)!), name).toBeLessThan(1e-6);
  // A block that is left out has no gradient: some are, not all.
  const blocks = [...a.gradients.values()].flatMap((gradient) =>
    Array.from({ length: gradient.length / 28 }, (_, i) => largest(gradient.subarray(i * 28, (i + 1) * 28))),
  );
  const left = blocks.filter((size) => size === 0).length / blocks.length;
  expect(left).toBeGreaterThan(0.2);
  expect(left).toBeLessThan(0.8);
  expect((await lossAndGradients(kept, 2)).loss).not.toBeCloseTo(a.loss, 6);
  kept.dispose();
  recomputed.dispose();
});

it("adapts only the layers that LLaMA Pro added, and says so in its file", async () => {
  const folder = await writeTinyModel({ num_hidden_layers: 4 });
  const model = await loadTrainableModel({ folder, method: { ...LORA, spread: 2 }, executor: onnx });
  const layers = new Set(model.parameters.map(({ name }) => /layers\.(\d+)\./.exec(name)![1]));
  expect([...layers]).toEqual(["1", "3"]);
  const adapter = temporaryFolder();
  await model.save(adapter);
  const again = await loadTrainableModel({
    folder,
    method: { ...LORA, adapters: [adapter] },
    executor: onnx,
  });
  expect(again.parameters.map(({ name }) => name)).toEqual(model.parameters.map(({ name }) => name));
  model.dispose();
  again.dispose();
});

it("names what cannot be trained whole or rotated", async () => {
  const folder = await writeTinyModel();
  const open = (method: LoraMethod | OftMethod) => loadTrainableModel({ folder, method, executor: onnx });
  await expect(open({ ...LORA, additionalTarget: ["embed"] })).rejects.toThrow(
    /additional_target: no module .* "embed"\. It has embed_tokens, q_proj/,
  );
  await expect(open({ ...OFT, target: ["query"] })).rejects.toThrow(/oft_target: no linear .* "query"/);
  await expect(open({ ...LORA, pissa: true, quantizationBit: 8 })).rejects.toThrow(
    /quantization_bit: 8 cannot be combined with a PiSSA adapter/,
  );
  await expect(
    open({ ...LORA, additionalTarget: ["o_proj"], target: ["q_proj"], quantizationBit: 8 }),
  ).rejects.toThrow(/additional_target on linears/);
});
