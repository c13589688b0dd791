import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor, HostTensor } from "@/server/trainer/executor/executor";
import { createTfjsExecutor } from "@/server/trainer/executor/tfjs/tfjs-executor";
import { countLabels } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { openEngine } from "@/server/trainer/models/open-engine";
import { openQuantizedSource } from "@/server/trainer/models/quantized-base";
import {
  quantize,
  quantizedForms,
  widened,
  type QuantizedForm,
} from "@/server/trainer/models/quantized-tensor";
import { describeDecoder } from "@/server/trainer/models/registry";
import { scaleName } from "@/server/trainer/models/weight-names";
import { readWeights } from "@/server/trainer/models/weights";
import { int4Linear } from "@/server/trainer/nn/int4-linear";
import { int8TableProduct } from "@/server/trainer/nn/int8-table";
import { quantizeInt4, widenInt4 } from "@/server/trainer/nn/quantize-int4";
import { quantizeInt8 } from "@/server/trainer/nn/quantize-int8";
import { createRandom } from "@/server/trainer/nn/random";
import { vectorJacobian } from "@/server/trainer/executor/autodiff";
import { batchOf, randomIds, writeTinyModel } from "./tiny-model";

let onnx: Executor;
beforeAll(async () => {
  onnx = await createExecutor("onnx", { threads: 1 });
});
afterAll(() => onnx.dispose());

const random = createRandom(5);
const normal = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const float32 = (data: Float32Array, shape: number[]): HostTensor => ({ data, shape, dtype: "float32" });

function product(x: Float32Array, w: Float32Array, inputs: number): number[] {
  const outputs = w.length / inputs;
  return Array.from({ length: (x.length / inputs) * outputs }, (_, at) => {
    const [n, o] = [Math.floor(at / outputs), at % outputs];
    let sum = 0;
    for (let i = 0; i < inputs; i++) sum += x[n * inputs + i]! * w[o * inputs + i]!;
    return sum;
  });
}

function relativeError(found: ArrayLike<number>, exact: ArrayLike<number>): number {
  let [error, size] = [0, 0];
  for (let i = 0; i < exact.length; i++) {
    error += (found[i]! - exact[i]!) ** 2;
    size += exact[i]! ** 2;
  }
  return Math.sqrt(error / size);
}

describe("4-bit weights", () => {
  it.each([false, true])(
    "are off by at most half a step of each block, or a step at its far end (transposed: %s)",
    (storedTransposed) => {
      const [outputs, inputs] = [6, 96];
      const weight = normal(outputs * inputs);
      const made = quantizeInt4(weight, { outputs, storedTransposed });
      const values = widenInt4(made);
      for (let o = 0; o < outputs; o++) {
        for (let i = 0; i < inputs; i++) {
          const step = Math.abs(made.scale[o * 3 + Math.floor(i / 32)]!);
          const exact = weight[storedTransposed ? i * outputs + o : o * inputs + i]!;
          expect(Math.abs(values[o * inputs + i]! - exact)).toBeLessThanOrEqual(1.0001 * step);
        }
      }
    },
  );

  it.each(["onnx", "tfjs"] as const)("multiply as their widened values do, both ways (%s)", async (kind) => {
    const executor = kind === "onnx" ? onnx : await createTfjsExecutor();
    const [N, inputs, outputs] = [5, 64, 24];
    const { q, scale } = quantizeInt4(normal(outputs * inputs), { outputs, storedTransposed: false });
    const [x, dy] = [normal(N * inputs), normal(N * outputs)];
    const given = {
      x: float32(x, [N, inputs]),
      dy: float32(dy, [N, outputs]),
      q: { data: q, shape: [outputs, inputs / 2], dtype: "uint8" } as HostTensor,
      scale: float32(scale, [outputs, inputs / 32]),
    };
    const fn = await executor.compile(
      "int4",
      (t) => {
        const { value, grads } = vectorJacobian(
          ({ x: input }) => int4Linear(input!, { q: t["q"]!, scale: t["scale"]! }),
          { x: t["x"]! },
          t["dy"],
        );
        return { y: value, dx: grads["x"]! };
      },
      given,
    );
    const { y, dx } = await fn.run(given);
    const wide = widenInt4({ q, scale });
    const turned = Float32Array.from(wide, (_, i) => wide[(i % outputs) * inputs + Math.floor(i / outputs)]!);
    expect(relativeError(y!.data, product(x, wide, inputs))).toBeLessThan(1e-5);
    expect(relativeError(dx!.data, product(dy, turned, outputs))).toBeLessThan(1e-5);
  });
});

describe("an int8 output matrix", () => {
  it("has nearly the logits of float32, over several parts of the vocabulary, and exact gradients", async () => {
    const [M, C, V] = [3, 32, 9000];
    const table = normal(V * C);
    const { q, scale } = quantizeInt8(table, { outputs: V, storedTransposed: false, limit: 63 });
    const [h, dy] = [normal(M * C), normal(M * V)];
    const given = {
      h: float32(h, [M, C]),
      dy: float32(dy, [M, V]),
      q: { data: q, shape: [V, C], dtype: "int8" } as HostTensor,
      scale: float32(scale, [V]),
    };
    const fn = await onnx.compile(
      "table",
      (t) => {
        const { value, grads } = vectorJacobian(
          ({ h: rows }) => int8TableProduct(rows!, { q: t["q"]!, scale: t["scale"]! }),
          { h: t["h"]! },
          t["dy"],
        );
        return { logits: value, dh: grads["h"]! };
      },
      given,
    );
    const { logits, dh } = await fn.run(given);
    expect(relativeError(logits!.data, product(h, table, C))).toBeLessThan(0.03);
    const turned = Float32Array.from({ length: V * C }, (_, i) => {
      const [c, v] = [Math.floor(i / V), i % V];
      return q[v * C + c]! * scale[v]!;
    });
    expect(relativeError(dh!.data, product(dy, turned, V))).toBeLessThan(1e-5);
  });
});

describe("a model with int8 tables", () => {
  it("has nearly the losses, states, mean logits and gradients of float32 tables", async () => {
    const folder = await openModelFolder(await writeTinyModel());
    const decoder = describeDecoder({ file: "config.json", values: folder.config });
    const exact = new Map<string, HostTensor>();
    for await (const [name, tensor] of readWeights(folder, decoder, { constant: true }))
      exact.set(name, tensor);
    await folder.close();
    const rounded = new Map(exact);
    const forms = quantizedForms(decoder, { bits: 8, largeTable: 0 });
    for (const name of [decoder.embedding.weight, decoder.head.weight]) {
      const { weight, scale } = quantize(exact.get(name)!.data as Float32Array, forms.get(name)!, 63);
      rounded.set(name, weight).set(scaleName(name), scale);
    }
    const trained = "model.layers.0.mlp.up_proj.weight";
    const seen = async (weights: ReadonlyMap<string, HostTensor>) => {
      const gradient = float32(new Float32Array(exact.get(trained)!.data.length), [
        ...exact.get(trained)!.shape,
      ]);
      const engine = openEngine(
        { decoder, weights, adapters: new Map(), dropout: 0, gradients: new Map([[trained, gradient]]) },
        { executor: onnx },
      );
      const batch = batchOf([randomIds(1, 20), randomIds(2, 15)]);
      const losses = await engine.accumulate(batch, { weights: 1, dropoutSeed: 1 });
      const values = [losses, await engine.losses(batch), await engine.meanLogits(batch)];
      const states = await engine.states(batch, Int32Array.of(3, 9));
      await engine.dispose();
      return [...values, states, gradient.data as Float32Array];
    };
    const [a, b] = [await seen(exact), await seen(rounded)];
    for (const [i, values] of a.entries()) expect(relativeError(b[i]!, values)).toBeLessThan(0.06);
  });
});

describe("LoRA on a 4-bit base", () => {
  it("computes with the rounded weights exactly: its gradient agrees with finite differences of its loss", async () => {
    const folder = await writeTinyModel();
    const notices: string[] = [];
    const model = await loadTrainableModel({
      folder,
      method: {
        ...{ kind: "lora", rank: 4, alpha: 8, dropout: 0, target: "all", initSeed: 3 },
        quantizationBit: 4,
      },
      executor: onnx,
      onNotice: (text) => notices.push(text),
    });
    const batch = batchOf([randomIds(1, 20), randomIds(2, 15)]);
    for (const { data } of model.parameters)
      for (let i = 0; i < data.length; i++) data[i]! += 0.05 * Math.sin(i);
    const denominator = countLabels(batch);
    await model.accumulateGradients(batch, { denominator, dropoutSeed: 1 });
    const lossAt = async () => (await model.evaluate(batch)).lossSum / denominator;
    for (const { data, grad } of model.parameters.filter((_, i) => i % 5 === 0)) {
      const before = data[0]!;
      data[0] = before + 0.02;
      const above = await lossAt();
      data[0] = before - 0.02;
      const below = await lossAt();
      data[0] = before;
      expect(Math.abs((above - below) / 0.04 - grad[0]!)).toBeLessThan(2e-3);
    }
    expect(notices).toEqual(["4-bit base: blocks of 32 weights; products are made in float32"]);
    model.dispose();
  });
});

describe("widened", () => {
  it.each([
    { bits: 8, storedTransposed: false },
    { bits: 8, storedTransposed: true },
    { bits: 4, storedTransposed: false },
    { bits: 4, storedTransposed: true },
  ] as const)("gives the weights back in the layout of the file: $bits bits, $storedTransposed", (given) => {
    const form: QuantizedForm = { ...given, outputs: 8, inputs: 64 };
    const values = normal(8 * 64);
    const error = relativeError(widened(quantize(values, form, 127), form), values);
    expect(error).toBeLessThan(given.bits === 8 ? 0.01 : 0.12);
  });
});

describe("quantised weights on disk", () => {
  /** Large enough to be kept: 2048 x 8192 in 8 bits. */
  const FORMS = new Map<string, QuantizedForm>([
    ["w", { bits: 8, outputs: 2048, inputs: 8192, storedTransposed: false }],
    ["v", { bits: 4, outputs: 4, inputs: 64, storedTransposed: false }],
  ]);

  async function setting() {
    const root = await mkdtemp(path.join(tmpdir(), "tuneboard-quantized-"));
    const model = await writeTinyModel();
    const cacheFolder = path.join(root, "quantized");
    const notices: string[] = [];
    let reads = 0;
    const folder = await openModelFolder(model);
    await folder.close();
    const counted = {
      ...folder,
      read: (name: string) => {
        reads++;
        return Promise.resolve(new Float32Array(name === "w" ? 2048 * 8192 : 256).fill(0.5));
      },
    };
    const load = async (finishes = true) => {
      const source = await openQuantizedSource(counted, {
        ...{ forms: FORMS, limit: 127, cacheFolder },
        onNotice: (text) => notices.push(text),
      });
      const tensors = [await source.read("w"), await source.read("v")];
      if (finishes) await source.finish();
      await source.close();
      return tensors.map(({ weight, scale }) => [weight.data.slice(0, 99), scale.data.slice(0, 99)]);
    };
    const files = () => readdir(cacheFolder);
    return { root, model, cacheFolder, notices, load, files, reads: () => reads };
  }

  it("are written once, read by the next run, told with place and size, and made anew when the model changes", async () => {
    const { root, model, cacheFolder, notices, load, files, reads } = await setting();
    const first = await load();
    expect(reads()).toBe(2);
    const [file] = await files();
    expect(notices).toEqual([
      `Quantised weights are kept for the next run in ${path.join(cacheFolder, file!)} (17 MB)`,
    ]);
    expect(await load()).toEqual(first);
    expect(reads()).toBe(2);
    expect(notices[1]).toMatch(/^Loading quantised weights from .* \(17 MB\)$/);

    const config = path.join(model, "config.json");
    await writeFile(config, `${await readFile(config, "utf8")}\n`);
    await utimes(config, 1, 1);
    await load();
    expect(reads()).toBe(4);
    expect(await files()).toHaveLength(2);
    await rm(root, { recursive: true });
  });

  it("survive a kill while they are written, and a file that was cut short", async () => {
    const { root, cacheFolder, load, files, reads } = await setting();
    await load(false);
    expect(await files()).toEqual([]);
    await load();
    const [file] = await files();
    // As a killed process leaves it: no process has this number.
    await writeFile(path.join(cacheFolder, `${file}.99999999.tmp`), "half");
    await truncate(path.join(cacheFolder, file!), 1000);
    await load();
    expect(reads()).toBe(6);
    expect(await files()).toEqual([file]);
    await rm(root, { recursive: true });
  });
});
