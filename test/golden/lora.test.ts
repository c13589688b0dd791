/** LoRA against PEFT: adapters made there load here; logits, gradients, AdamW steps and merged weights agree. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mergeLora } from "@/server/trainer/adapters/lora";
import { readLoraAdapter } from "@/server/trainer/adapters/peft-files";
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
  adamw: { lr: number; steps: number; loss_before_each_step_and_after_the_last: Record<string, number[]> };
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;
const SUPPORTED = ["plain", "qv", "rslora"];

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
    if (!SUPPORTED.includes(variant)) {
      unsupported(name, `of PEFT's variants, plain LoRA and rslora are here`);
      continue;
    }
    describe(name, () => {
      const base = path.join(goldenRoot, "families", family);
      const folder = path.join(goldenRoot, "lora", family, variant);
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
          expect(largestDifference(logits.subarray(...row), golden.subarray(...row))).toBeLessThan(3e-5);
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
          expect(largestDifference(grad, expected), name).toBeLessThan(1e-4 * largest(expected));
        }
        await file.close();
      });

      it.each(["0.0", "0.1"])("takes torch's five AdamW steps with weight decay %s", async (decay) => {
        const { lr, steps, loss_before_each_step_and_after_the_last: losses } = golden.adamw;
        const stepped = await open(path.join(folder, "adapter"));
        const group = { parameters: stepped.parameters, weightDecay: Number(decay), rateFactor: 1 };
        const optimizer = createAdamW([group], { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
        for (let step = 0; step <= steps; step++) {
          for (const { grad } of stepped.parameters) grad.fill(0);
          const options = { denominator: countLabels(batch), dropoutSeed: 0 };
          const loss = await stepped.accumulateGradients(batch, options);
          expect(Math.abs(loss - losses[decay]![step]!), `step ${step}`).toBeLessThan(1e-4);
          if (step < steps) optimizer.step(lr);
        }
        const final = await openSafetensors(path.join(folder, `final_wd${Number(decay)}.safetensors`));
        for (const { name, data } of stepped.parameters) {
          expect(largestDifference(data, await final.read(name)), name).toBeLessThan(1e-3);
        }
        await final.close();
        stepped.dispose();
      });

      it("merges into PEFT's merged weights", async () => {
        const opened = await openModelFolder(base);
        const decoder = describeDecoder({ file: base, values: opened.config });
        const { linears } = await readLoraAdapter(path.join(folder, "adapter"), decoder);
        const merged = await openSafetensors(path.join(folder, "merged.safetensors"));
        for (const linear of linears) {
          const weightName = `${linear.module}.weight`;
          if (!merged.tensors.has(weightName)) continue;
          const weight = await opened.read(weightName);
          mergeLora(weight, linear, false);
          expect(largestDifference(weight, await merged.read(weightName)), weightName).toBeLessThan(1e-5);
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
