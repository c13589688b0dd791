import { mkdtemp, readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor, HostTensor } from "@/server/trainer/executor/executor";
import { createTfjsExecutor } from "@/server/trainer/executor/tfjs/tfjs-executor";
import { openQuantizedSource } from "@/server/trainer/models/quantized-base";
import { quantize, widened, type QuantizedForm } from "@/server/trainer/models/quantized-tensor";
import { int4Linear } from "@/server/trainer/nn/int4-linear";
import { int8TableProduct } from "@/server/trainer/nn/int8-table";
import { quantizeInt4, widenInt4 } from "@/server/trainer/nn/quantize-int4";
import { quantizeInt8 } from "@/server/trainer/nn/quantize-int8";
import { createRandom } from "@/server/trainer/nn/random";
import { vectorJacobian } from "@/server/trainer/executor/autodiff";
import { writeTinyModel } from "./tiny-model";

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
