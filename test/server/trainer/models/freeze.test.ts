import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import { countLabels } from "@/server/trainer/models/causal-lm";
import { freezeChoice, type FreezeMethod } from "@/server/trainer/models/freeze";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { describeDecoder } from "@/server/trainer/models/registry";
import { TINY_FAMILIES } from "./tiny-families";
import {
  batchOf,
  largestDifference,
  randomIds,
  temporaryFolder,
  TINY_CONFIG,
  TINY_QWEN2,
  writeTinyModel,
} from "./tiny-model";

const FREEZE: FreezeMethod = { kind: "freeze", layers: 1, modules: "all", extra: [] };
const decoderOf = (overrides: Record<string, unknown> = {}) =>
  describeDecoder({ file: "config.json", values: { ...TINY_CONFIG, ...overrides } });

describe("freezeChoice", () => {
  const deep = decoderOf({ num_hidden_layers: 12 });
  const layersOf = (method: Partial<FreezeMethod>) => freezeChoice(deep, { ...FREEZE, ...method }).layers;

  it("takes the last layers, the first ones where the number is negative, never more than there are", () => {
    expect(layersOf({ layers: 2 })).toEqual([10, 11]);
    expect(layersOf({ layers: -2 })).toEqual([0, 1]);
    expect(layersOf({ layers: 99 })).toHaveLength(12);
    expect(layersOf({ layers: -99 })).toHaveLength(12);
  });

  it("takes every tensor of a layer and of no other whose number begins alike", () => {
    const { tensors } = freezeChoice(deep, { ...FREEZE, layers: -2 });
    expect(tensors).toHaveLength(18);
    expect(tensors.every((name) => /^model\.layers\.[01]\./.test(name))).toBe(true);
  });

  it("takes named modules of the layers, and modules outside of them", () => {
    const { tensors } = freezeChoice(deep, {
      ...FREEZE,
      modules: ["mlp", "input_layernorm"],
      extra: ["norm", "embed_tokens"],
    });
    expect(tensors).toEqual([
      "model.embed_tokens.weight",
      "model.layers.11.mlp.gate_proj.weight",
      "model.layers.11.mlp.up_proj.weight",
      "model.layers.11.mlp.down_proj.weight",
      "model.layers.11.input_layernorm.weight",
      "model.norm.weight",
    ]);
  });

  it("spreads over the layers that LLaMA Pro added", () => {
    expect(layersOf({ layers: 3, spread: true })).toEqual([3, 7, 11]);
    expect(() => layersOf({ layers: 5, spread: true })).toThrow(/5 does not divide the model's 12 layers/);
  });

  it("knows other families' names", () => {
    const gpt2 = decoderOf(TINY_FAMILIES["gpt2"]);
    const { tensors } = freezeChoice(gpt2, { ...FREEZE, modules: ["attn"], extra: ["wpe"] });
    expect(tensors.filter((name) => name.includes("wpe"))).toHaveLength(1);
    expect(tensors.filter((name) => name.includes(".attn."))).toHaveLength(4);
  });

  it("names modules that are not there, those that are, and refuses to train nothing", () => {
    expect(() => freezeChoice(deep, { ...FREEZE, modules: ["q_proj"] })).toThrow(
      /freeze_trainable_modules: this model has no module "q_proj"\. Choose from self_attn, mlp, input_layernorm/,
    );
    expect(() => freezeChoice(decoderOf(TINY_QWEN2), { ...FREEZE, extra: ["lm_head"] })).toThrow(
      /freeze_extra_modules: .* "lm_head"\. Choose from embed_tokens, norm/,
    );
    expect(() => freezeChoice(deep, { ...FREEZE, layers: 0 })).toThrow(/trains no layer/);
    expect(freezeChoice(deep, { ...FREEZE, layers: 0, extra: ["lm_head"] }).tensors).toEqual([
      "lm_head.weight",
    ]);
  });
});

describe("a model of which some layers are trained", () => {
  let onnx: Executor;
  beforeAll(async () => {
    onnx = await createExecutor("onnx", { threads: 1 });
  });
  afterAll(() => onnx.dispose());
  const batch = batchOf([randomIds(1, 11), randomIds(2, 7)]);

  it.each([
    ["the last layer", FREEZE],
    ["the first layer", { ...FREEZE, layers: -1 }],
    ["the MLP of the last layer and the final norm", { ...FREEZE, modules: ["mlp"], extra: ["norm"] }],
    ["the output matrix alone", { ...FREEZE, layers: 0, extra: ["lm_head"] }],
    ["the embeddings alone", { ...FREEZE, layers: 0, extra: ["embed_tokens"] }],
  ] as [string, FreezeMethod][])("has full fine-tuning's gradients for %s", async (_, method) => {
    const folder = await writeTinyModel();
    const open = (kind: FreezeMethod | { kind: "full" }) =>
      loadTrainableModel({ folder, method: kind, executor: onnx });
    const [part, whole] = [await open(method), await open({ kind: "full" })];
    const options = { denominator: countLabels(batch), dropoutSeed: 1 };
    const losses = [
      await part.accumulateGradients(batch, options),
      await whole.accumulateGradients(batch, options),
    ];
    expect(Math.abs(losses[0]! - losses[1]!)).toBeLessThan(1e-6);
    expect(part.parameters.length).toBeGreaterThan(0);
    expect(part.totalCount).toBe(whole.totalCount);
    for (const { name, grad } of part.parameters) {
      const expected = whole.parameters.find((parameter) => parameter.name === name)!.grad;
      expect(largestDifference(grad, expected), name).toBeLessThan(1e-6);
      expect(
        grad.some((value) => value !== 0),
        name,
      ).toBe(true);
    }
    part.dispose();
    whole.dispose();
  });

  it("is saved as a whole model, the frozen weights as they were", async () => {
    const folder = await writeTinyModel(TINY_QWEN2);
    const model = await loadTrainableModel({ folder, method: FREEZE, executor: onnx });
    for (const { data } of model.parameters) for (let i = 0; i < data.length; i++) data[i]! += 0.1;
    const target = temporaryFolder();
    await model.save(target);
    const [before, after] = await Promise.all(
      [folder, target].map((at) =>
        loadTrainableModel({ folder: at, method: { kind: "full" }, executor: onnx }),
      ),
    );
    const trained = new Set(model.parameters.map(({ name }) => name));
    for (const [i, { name, data }] of after!.parameters.entries()) {
      const moved = largestDifference(data, before!.parameters[i]!.data);
      if (trained.has(name)) expect(moved, name).toBeCloseTo(0.1, 5);
      else expect(moved, name).toBe(0);
    }
    expect(largestDifference(await after!.logits(batch), await model.logits(batch))).toBeLessThan(1e-6);
    for (const one of [model, before!, after!]) one.dispose();
  });
});
