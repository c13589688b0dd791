/**
 * Adapters against PEFT: those made there load here; logits, gradients, AdamW steps and merged weights agree; PiSSA takes
 * from the base what it takes there.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAdapters } from "@/server/trainer/adapters/adapter-folders";
import { initLora } from "@/server/trainer/adapters/lora";
import { mergedModel } from "@/server/trainer/adapters/merged-model";
import { settleOnBase } from "@/server/trainer/adapters/new-adapter";
import { addLowRank } from "@/server/trainer/adapters/row-changes";
import { linearOf } from "@/server/trainer/adapters/target-modules";
import { createSvdSolver } from "@/server/trainer/adapters/truncated-svd";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { openSafetensors } from "@/server/trainer/checkpoint/safetensors";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import { countLabels, type TokenBatch, type TrainableModel } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { describeDecoder } from "@/server/trainer/models/registry";
import { createAdamW } from "@/server/trainer/optim/adamw";
import { casesIn, goldenRoot, unsupported } from "./golden-root";

interface LoraCase {
  loss: number;
  grad_norm: number;
  grad_norms: Record<string, number>;
  r: number;
  lora_alpha: number;
  /** Not for every variant. */
  adamw?: {
    lr: number;
    steps: number;
    loss_before_each_step_and_after_the_last: Record<string, number[]>;
    max_abs_diff_to_float64?: Record<string, { parameters: number }>;
  };
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;
/** Tolerances for the reference's float32, by the golden folder's README. */
const LOGITS = 3e-5;
const GRADIENTS = 1e-4;

let executor: Executor;
beforeAll(async () => {
  executor = await createExecutor("onnx");
});
afterAll(() => executor.dispose());

function familyBatch(family: string): TokenBatch {
  const { input_ids, attention_mask, labels } = readJson<Record<string, number[][]>>(
    path.join(goldenRoot, "families", family, "case.json"),
  );
  return {
    rows: input_ids!.length,
    length: input_ids![0]!.length,
    inputIds: Int32Array.from(input_ids!.flat()),
    labels: Int32Array.from(labels!.flat()),
    attentionMask: Int32Array.from(attention_mask!.flat()),
    positionIds: null,
  };
}

function largestDifference(actual: Float32Array, expected: Float32Array): number {
  expect(actual.length).toBe(expected.length);
  return expected.reduce((max, value, i) => Math.max(max, Math.abs(value - actual[i]!)), 0);
}

const largest = (values: Float32Array): number =>
  values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

for (const family of casesIn("lora")) {
  for (const variant of casesIn(path.join("lora", family))) {
    const name = `${family}/${variant}`;
    const folder = path.join(goldenRoot, "lora", family, variant);
    if (existsSync(path.join(folder, "pissa.safetensors"))) {
      describePissa(name, { base: path.join(goldenRoot, "families", family), folder });
      continue;
    }
    if (!existsSync(path.join(folder, "adapter"))) {
      unsupported(name, "the case holds neither an adapter nor a decomposition");
      continue;
    }
    describe(name, () => {
      const base = path.join(goldenRoot, "families", family);
      const golden = readJson<LoraCase>(path.join(folder, "case.json"));
      const batch = familyBatch(family);
      let model: TrainableModel;
      const open = (adapter: string) =>
        loadTrainableModel({
          folder: base,
          method: {
            kind: "lora",
            rank: 8,
            alpha: 16,
            dropout: 0,
            target: "all",
            initSeed: 1,
            adapters: [adapter],
          },
          executor,
        });

      beforeAll(async () => {
        model = await open(path.join(folder, "adapter"));
      });
      afterAll(() => model.dispose());

      it("gives PEFT's logits", async () => {
        const expected = await openSafetensors(path.join(folder, "logits.safetensors"));
        const V = expected.tensors.get("logits")!.shape[2]!;
        const [logits, golden] = [await model.logits(batch), await expected.read("logits")];
        await expected.close();
        for (const [i, real] of batch.attentionMask.entries()) {
          if (real === 0) continue;
          const row = [i * V, (i + 1) * V] as const;
          expect(largestDifference(logits.subarray(...row), golden.subarray(...row))).toBeLessThan(LOGITS);
        }
      });

      it("gives PEFT's loss and gradients", async () => {
        for (const { grad } of model.parameters) grad.fill(0);
        const loss = await model.accumulateGradients(batch, {
          denominator: countLabels(batch),
          dropoutSeed: 0,
        });
        expect(Math.abs(loss - golden.loss)).toBeLessThan(1e-5);
        const file = await openSafetensors(path.join(folder, "gradients.safetensors"));
        expect(model.parameters.map((parameter) => parameter.name).sort()).toEqual(
          [...file.tensors.keys()].sort(),
        );
        for (const { name, grad } of model.parameters) {
          const expected = await file.read(name);
          expect(largestDifference(grad, expected), name).toBeLessThan(GRADIENTS * largest(expected));
        }
        await file.close();
      });

      const { adamw } = golden;
      it.each(adamw ? ["0.0", "0.1"] : [])(
        "takes torch's five AdamW steps with weight decay %s",
        async (decay) => {
          const { lr, steps, loss_before_each_step_and_after_the_last: losses } = adamw!;
          const stepped = await open(path.join(folder, "adapter"));
          const group = { parameters: stepped.parameters, weightDecay: Number(decay), rateFactor: 1 };
          const optimizer = createAdamW([group], { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
          // Where a gradient is near zero, Adam's first step is ill-conditioned: the reference says how far its own float32
          // strays from float64, and this float32 strays as far in its own direction, losses with it.
          const strays = adamw!.max_abs_diff_to_float64?.[decay]?.parameters ?? 0;
          for (let step = 0; step <= steps; step++) {
            for (const { grad } of stepped.parameters) grad.fill(0);
            const options = { denominator: countLabels(batch), dropoutSeed: 0 };
            const loss = await stepped.accumulateGradients(batch, options);
            expect(Math.abs(loss - losses[decay]![step]!), `step ${step}`).toBeLessThan(
              Math.max(1e-4, 5 * strays),
            );
            if (step < steps) optimizer.step(lr);
          }
          const tolerance = Math.max(1e-3, 3 * strays);
          const final = await openSafetensors(path.join(folder, `final_wd${Number(decay)}.safetensors`));
          for (const { name, data } of stepped.parameters) {
            expect(largestDifference(data, await final.read(name)), name).toBeLessThan(tolerance);
          }
          await final.close();
          stepped.dispose();
        },
      );

      it("merges into PEFT's merged weights", async () => {
        const opened = await openModelFolder(base);
        const decoder = describeDecoder({ file: base, values: opened.config });
        const adapters = await openAdapters([path.join(folder, "adapter")], { base: opened, decoder });
        const merged = await openSafetensors(path.join(folder, "merged.safetensors"));
        const ours = mergedModel(opened, decoder, adapters).folder;
        for (const weightName of merged.tensors.keys()) {
          const [weight, expected] = [await ours.read(weightName), await merged.read(weightName)];
          expect(largestDifference(weight, expected), weightName).toBeLessThan(1e-5);
        }
        await merged.close();
        await opened.close();
      });

      it("writes an adapter that loads as the same", async () => {
        const copy = mkdtempSync(path.join(os.tmpdir(), "tuneboard-lora-"));
        await model.save(copy);
        const same = await open(copy);
        expect(same.parameters.map(({ name, shape, data }) => [name, shape, data])).toEqual(
          model.parameters.map(({ name, shape, data }) => [name, shape, data]),
        );
        const [theirs, ours] = [path.join(folder, "adapter"), copy].map((at) =>
          readJson<Record<string, unknown>>(path.join(at, "adapter_config.json")),
        );
        expect(Object.keys(ours!)).toEqual(Object.keys(theirs!));
        same.dispose();
        rmSync(copy, { recursive: true });
      });
    });
  }
}

function describePissa(name: string, { base, folder }: { base: string; folder: string }): void {
  it(`${name}: takes the largest singular triplets out of the base`, async () => {
    const { r: rank, lora_alpha: alpha } = readJson<LoraCase>(path.join(folder, "case.json"));
    const scaling = alpha / rank;
    const opened = await openModelFolder(base);
    const decoder = describeDecoder({ file: base, values: opened.config });
    const file = await openSafetensors(path.join(folder, "pissa.safetensors"));
    const solver = createSvdSolver(executor);
    const modules = [...file.tensors.keys()]
      .filter((tensor) => tensor.endsWith(".residual"))
      .map((tensor) => tensor.slice(0, -".residual".length));
    expect(modules.length).toBeGreaterThan(0);
    for (const linear of initLora(decoder, modules, { rank, scaling, seed: 1, pissa: true })) {
      const { module, initial } = linear;
      const weight = await opened.read(`${module}.weight`);
      const layout = { outputs: linearOf(decoder, module).outputs, storedTransposed: false };
      await settleOnBase(weight, linear, { layout, solver });
      expect(linear.a.data).toEqual(initial!.a.data);
      const product = new Float32Array(weight.length);
      addLowRank(product, { factors: linear, factor: scaling }, layout);
      addLowRank(weight, { factors: initial!, factor: -scaling }, layout);
      expect(largestDifference(product, await file.read(`${module}.scaled_BA`)), module).toBeLessThan(1e-5);
      expect(largestDifference(weight, await file.read(`${module}.residual`)), module).toBeLessThan(1e-5);
    }
    solver.dispose();
    await file.close();
    await opened.close();
  });
}
