import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor, HostTensor } from "@/server/trainer/executor/executor";
import { countLabels, type TokenBatch, type TrainableModel } from "@/server/trainer/models/causal-lm";
import type { ModelEngine } from "@/server/trainer/models/engine/model-engine";
import { int8Limit, openInt8Engine } from "@/server/trainer/models/int8-base";
import { loadTrainableModel, type LoraMethod } from "@/server/trainer/models/load-model";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { openEngine } from "@/server/trainer/models/open-engine";
import { quantize, quantizedForms, roundedOutputMatrix } from "@/server/trainer/models/quantized-tensor";
import { describeDecoder } from "@/server/trainer/models/registry";
import { readWeights } from "@/server/trainer/models/weights";
import { int8Linear, type Int8Mode } from "@/server/trainer/nn/int8-linear";
import { quantizeInt8 } from "@/server/trainer/nn/quantize-int8";
import { createRandom } from "@/server/trainer/nn/random";
import { batchOf, largestDifference, randomIds, writeTinyModel } from "./tiny-model";

let onnx: Executor;
beforeAll(async () => {
  onnx = await createExecutor("onnx", { threads: 1 });
});
afterAll(() => onnx.dispose());

const random = createRandom(3);
const normal = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const float32 = (data: Float32Array, shape: number[]): HostTensor => ({ data, shape, dtype: "float32" });

describe("quantizeInt8", () => {
  it.each([false, true])(
    "is off by at most half a step of each output (stored transposed: %s)",
    (storedTransposed) => {
      const [outputs, inputs] = [5, 40];
      const weight = normal(outputs * inputs);
      const { q, scale } = quantizeInt8(weight, { outputs, storedTransposed, limit: 127 });
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          const at = storedTransposed ? i * outputs + o : o * inputs + i;
          expect(Math.abs(q[at]! * scale[o]! - weight[at]!)).toBeLessThanOrEqual(0.5001 * scale[o]!);
        }
      }
    },
  );

  it("lays the copy out turned where asked to", () => {
    const weight = normal(6);
    const plain = quantizeInt8(weight, { outputs: 2, storedTransposed: false, limit: 127 });
    const turned = quantizeInt8(weight, { outputs: 2, storedTransposed: false, limit: 127, turns: true });
    expect(turned.scale).toEqual(plain.scale);
    expect([...turned.q]).toEqual([0, 3, 1, 4, 2, 5].map((at) => plain.q[at]));
  });

  it("stays within the limit and leaves rows of zeros at zero", () => {
    const { q } = quantizeInt8(normal(64), { outputs: 4, storedTransposed: false, limit: 63 });
    expect(Math.max(...q.map(Math.abs))).toBe(63);
    expect(quantizeInt8(new Float32Array(8), { outputs: 2, storedTransposed: false, limit: 127 })).toEqual({
      q: new Int8Array(8),
      scale: Float32Array.of(1, 1),
    });
  });
});

describe("int8Linear", () => {
  it.each(["dynamic", "widened"] as const)("is near the float32 product (%s)", async (mode) => {
    const [N, inputs, outputs] = [6, 64, 24];
    const [x, weight] = [normal(N * inputs), normal(outputs * inputs)];
    const limit = await int8Limit(onnx);
    const { q, scale } = quantizeInt8(weight, { outputs, storedTransposed: false, limit });
    const given = {
      x: float32(x, [N, inputs]),
      q: { data: q, shape: [outputs, inputs], dtype: "int8" } as HostTensor,
      scale: float32(scale, [outputs]),
    };
    const fn = await onnx.compile(
      "int8",
      (t) => ({ y: int8Linear(t["x"]!, { q: t["q"]!, scale: t["scale"]!, storedTransposed: false }, mode) }),
      given,
    );
    const y = (await fn.run(given))["y"]!.data;
    fn.dispose();
    let [error, size] = [0, 0];
    for (let n = 0; n < N; n++) {
      for (let o = 0; o < outputs; o++) {
        let exact = 0;
        for (let i = 0; i < inputs; i++) exact += x[n * inputs + i]! * weight[o * inputs + i]!;
        error += (y[n * outputs + o]! - exact) ** 2;
        size += exact ** 2;
      }
    }
    expect(Math.sqrt(error / size)).toBeLessThan(0.02);
  });
});

const LORA: LoraMethod = { kind: "lora", rank: 4, alpha: 8, dropout: 0, target: "all", initSeed: 3 };
const batch = batchOf([randomIds(1, 20), randomIds(2, 15)]);

async function step(model: TrainableModel): Promise<{ loss: number; gradient: number[] }> {
  for (const { data } of model.parameters)
    for (let i = 0; i < data.length; i++) data[i]! += 0.01 * Math.sin(i);
  const loss = await model.accumulateGradients(batch, { denominator: countLabels(batch), dropoutSeed: 1 });
  return { loss, gradient: model.parameters.flatMap(({ grad }) => [...grad]) };
}

function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

describe("the int8 copy of an output matrix", () => {
  it("gives losses and gradients nearly those of the matrix, and none where the matrix is int8 itself", async () => {
    const folder = await openModelFolder(await writeTinyModel());
    const decoder = describeDecoder({ file: "config.json", values: folder.config });
    const weights = new Map<string, HostTensor>();
    for await (const [name, tensor] of readWeights(folder, decoder, { constant: true }))
      weights.set(name, tensor);
    await folder.close();
    const copied = new Map([...weights, ...roundedOutputMatrix(decoder, weights, await int8Limit(onnx))]);
    expect(copied.size).toBe(weights.size + 2);
    const seen = async (given: ReadonlyMap<string, HostTensor>, int8: Int8Mode) => {
      const trained = "model.layers.0.mlp.up_proj.weight";
      const { shape, data } = weights.get(trained)!;
      const gradients = new Map([[trained, float32(new Float32Array(data.length), [...shape])]]);
      const engine = openEngine(
        { decoder, weights: given, adapters: new Map(), dropout: 0, gradients, int8 },
        { executor: onnx },
      );
      const losses = [...(await engine.accumulate(batch, { weights: 1, dropoutSeed: 1 }))];
      const evaluated = [...(await engine.losses(batch))];
      await engine.dispose();
      return { losses, evaluated, gradient: [...gradients.get(trained)!.data] };
    };
    const exact = await seen(weights, "dynamic");
    const near = await seen(copied, "dynamic");
    expect(await seen(copied, "widened")).toEqual(exact);
    expect(near.losses).not.toEqual(exact.losses);
    for (const [i, loss] of exact.losses.entries()) {
      expect(Math.abs(near.losses[i]! - loss)).toBeLessThan(0.03);
      expect(near.evaluated[i]).toBeCloseTo(near.losses[i]!, 5);
    }
    expect(cosine(near.gradient, exact.gradient)).toBeGreaterThan(0.995);
    const forms = quantizedForms(decoder, { bits: 8, largeTable: 0 });
    const { weight } = quantize(
      weights.get(decoder.head.weight)!.data as Float32Array,
      forms.get(decoder.head.weight)!,
      63,
    );
    expect(roundedOutputMatrix(decoder, new Map([[decoder.head.weight, weight]]), 63)).toEqual([]);
  });
});

describe("LoRA on an int8 base", () => {
  it("has nearly the loss and the gradients of the float32 base, and says how near", async () => {
    const folder = await writeTinyModel();
    const notices: string[] = [];
    const exact = await loadTrainableModel({ folder, method: LORA, executor: onnx });
    const method = { ...LORA, quantizationBit: 8 } as const;
    const quantized = await loadTrainableModel({
      folder,
      method,
      executor: onnx,
      onNotice: (text) => notices.push(text),
    });
    expect(quantized.totalCount).toBe(exact.totalCount);
    const [a, b] = [await step(exact), await step(quantized)];
    expect(Math.abs(a.loss - b.loss)).toBeLessThan(0.02);
    expect(cosine(a.gradient, b.gradient)).toBeGreaterThan(0.98);
    expect(notices).toEqual([expect.stringMatching(/^int8 base: gradient cosine (0\.9\d\d|1\.000)$/)]);
    const [logits, near] = [await exact.logits(batch), await quantized.logits(batch)];
    expect(largestDifference(logits, near)).toBeLessThan(0.5);
    exact.dispose();
    quantized.dispose();
  });
});

describe("openInt8Engine", () => {
  /** An engine that adds `value` into the only gradient. */
  const fake = (
    value: number[],
    gradients: ReadonlyMap<string, HostTensor>,
    log: string[],
    mode: string,
  ): ModelEngine =>
    ({
      accumulate: () => {
        log.push(mode);
        const { data } = gradients.get("w")!;
        for (const [i, added] of value.entries()) data[i]! += added;
        return Promise.resolve(Float32Array.of(1));
      },
      dispose: () => Promise.resolve(),
    }) as unknown as ModelEngine;

  async function twoBatches(dynamic: number[], widened: number[]) {
    const gradients = new Map([["w", float32(Float32Array.of(10, 10), [2])]]);
    const [log, notices]: [string[], string[]] = [[], []];
    const engine = openInt8Engine({
      gradients,
      onNotice: (text) => notices.push(text),
      open: (mode, into) => fake(mode === "dynamic" ? dynamic : widened, into, log, mode),
    });
    for (let i = 0; i < 2; i++) await engine.accumulate({} as TokenBatch, { weights: 1, dropoutSeed: 1 });
    return { log, notices, gradient: [...gradients.get("w")!.data] };
  }

  it("stays with rounded activations where the first batch's gradients agree", async () => {
    const { log, notices, gradient } = await twoBatches([1, 2], [1, 2.1]);
    expect(log).toEqual(["dynamic", "widened", "dynamic"]);
    expect(gradient).toEqual([12, 14]);
    expect(notices).toEqual(["int8 base: gradient cosine 1.000"]);
  });

  it("falls back where they do not, first batch included", async () => {
    const { log, notices, gradient } = await twoBatches([1, 2], [2, -1]);
    expect(log).toEqual(["dynamic", "widened", "widened"]);
    expect(gradient).toEqual([14, 8]);
    expect(notices[0]).toMatch(/cosine 0\.000 is under 0\.97; products are made in float32/);
  });
});
