/** Every model family against Hugging Face transformers: logits, hidden states, loss, gradients, greedy generation. */
import { mkdtempSync, readFileSync, copyFileSync, rmSync, existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSafetensors } from "@/server/trainer/checkpoint/safetensors";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import type { Parameter, TokenBatch, TrainableModel } from "@/server/trainer/models/causal-lm";
import { countLabels } from "@/server/trainer/models/causal-lm";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { findFamily } from "@/server/trainer/models/registry";
import { casesIn, goldenRoot, unsupported } from "./golden-root";

interface FamilyCase {
  input_ids: number[][];
  attention_mask: number[][];
  labels: number[][];
  loss: number;
  grad_norm: number;
  grad_norms: Record<string, number>;
  generation: { prompt_ids: number[]; new_ids: number[] };
}

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, "utf8")) as T;

let executor: Executor;
let reference: Executor;
beforeAll(async () => {
  executor = await createExecutor("onnx");
  reference = await createExecutor("tfjs", { tfjsBackend: "cpu" });
});
afterAll(() => {
  executor.dispose();
  reference.dispose();
});

function goldenBatch({
  input_ids,
  attention_mask,
  labels,
}: Pick<FamilyCase, "input_ids" | "attention_mask" | "labels">): TokenBatch {
  return {
    rows: input_ids.length,
    length: input_ids[0]!.length,
    inputIds: Int32Array.from(input_ids.flat()),
    labels: Int32Array.from(labels.flat()),
    attentionMask: Int32Array.from(attention_mask.flat()),
    positionIds: null,
  };
}

/** One row of `ids`, padded on the right to `length`. */
function prompt(ids: number[], length: number): TokenBatch {
  const [inputIds, attentionMask] = [new Int32Array(length), new Int32Array(length)];
  inputIds.set(ids);
  attentionMask.fill(1, 0, ids.length);
  return {
    rows: 1,
    length,
    inputIds,
    labels: new Int32Array(length).fill(-100),
    attentionMask,
    positionIds: null,
  };
}

/** Dynamic rope keeps the frequencies of the longest batch seen in transformers 5.6, and the golden batch came first. */
function hasDynamicRope(config: Record<string, unknown>): boolean {
  return (config["rope_parameters"] as { rope_type?: string } | undefined)?.rope_type === "dynamic";
}

/**
 * transformers 5 computes with experts.gate_up_proj [experts, 2 * width, C] (gate rows first) and experts.down_proj,
 * while files, and the parameters here, have gate, up and down of one expert after the other.
 */
function fuseExperts(parameters: readonly Parameter[]): Map<string, Float32Array> {
  const fused = new Map<string, Float32Array>();
  const experts = new Map<string, Float32Array[]>();
  for (const { name, grad } of parameters) {
    const match = /^(.*\.experts)\.\d+\.(gate|up|down)_proj\.weight$/.exec(name);
    if (!match) {
      fused.set(name, grad);
      continue;
    }
    const key = `${match[1]!}.${match[2] === "down" ? "down_proj" : "gate_up_proj"}`;
    experts.set(key, [...(experts.get(key) ?? []), grad]);
  }
  for (const [key, parts] of experts) {
    const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      joined.set(part, offset);
      offset += part.length;
    }
    fused.set(key, joined);
  }
  return fused;
}

function largestDifference(
  actual: Float32Array,
  expected: Float32Array,
  mask: (index: number) => boolean = () => true,
): number {
  expect(actual.length).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++)
    if (mask(i)) largest = Math.max(largest, Math.abs(actual[i]! - expected[i]!));
  return largest;
}

const largest = (values: Float32Array): number =>
  values.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
const norm = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** Logits and hidden states at every real token. */
async function checkStates(model: TrainableModel, batch: TokenBatch, folder: string): Promise<void> {
  const expected = await openSafetensors(path.join(folder, "logits.safetensors"));
  const rowOf = (width: number) => (index: number) => batch.attentionMask[Math.floor(index / width)] === 1;
  const V = expected.tensors.get("logits")!.shape[2]!;
  const logits = await model.logits(batch);
  expect(largestDifference(logits, await expected.read("logits"), rowOf(V))).toBeLessThan(2e-5);
  const states = await model.hiddenStates(batch);
  for (const [i, state] of states.entries()) {
    const C = expected.tensors.get(`hidden_states.${i}`)!.shape[2]!;
    const golden = await expected.read(`hidden_states.${i}`);
    expect(largestDifference(state, golden, rowOf(C)), `hidden state ${i}`).toBeLessThan(2e-5);
  }
  await expected.close();
}

async function checkGradients(
  model: TrainableModel,
  batch: TokenBatch,
  { golden, folder }: { golden: FamilyCase; folder: string },
): Promise<void> {
  for (const { grad } of model.parameters) grad.fill(0);
  const loss = await model.accumulateGradients(batch, { denominator: countLabels(batch), dropoutSeed: 0 });
  expect(Math.abs(loss - golden.loss)).toBeLessThan(1e-5);
  const gradients = fuseExperts(model.parameters);
  expect([...gradients.keys()].sort()).toEqual(Object.keys(golden.grad_norms).sort());
  for (const [name, expected] of Object.entries(golden.grad_norms)) {
    const difference = Math.abs(norm(gradients.get(name)!) - expected);
    expect(difference, name).toBeLessThan(1e-4 * Math.max(expected, 1e-3));
  }
  const total = Math.hypot(...[...gradients.values()].map(norm));
  expect(Math.abs(total - golden.grad_norm)).toBeLessThan(1e-4 * golden.grad_norm);
  const file = await openSafetensors(path.join(folder, "gradients.safetensors"));
  for (const name of file.tensors.keys()) {
    const expected = await file.read(name);
    const difference = largestDifference(gradients.get(name)!, expected);
    // Some gradients are zero but for rounding: a bias of keys that are not rotated moves every score alike.
    expect(difference, name).toBeLessThan(1e-4 * Math.max(largest(expected), 1e-3));
  }
  await file.close();
}

for (const name of casesIn("families")) {
  const folder = path.join(goldenRoot, "families", name);
  const config = readJson<Record<string, unknown>>(path.join(folder, "config.json"));
  if (!findFamily(config)) {
    unsupported(name, `the architecture ${String(config["architectures"])} is not among the families`);
    continue;
  }
  describe(name, () => {
    const golden = readJson<FamilyCase>(path.join(folder, "case.json"));
    const batch = goldenBatch(golden);
    let model: TrainableModel;
    beforeAll(async () => {
      model = await loadTrainableModel({ folder, method: { kind: "full" }, executor });
    });
    afterAll(() => model.dispose());

    it("matches logits and hidden states", () => checkStates(model, batch, folder));

    it("matches the loss and the gradients of every parameter", () =>
      checkGradients(model, batch, { golden, folder }));

    it("matches them through TensorFlow.js's own kernels too", async () => {
      const same = await loadTrainableModel({ folder, method: { kind: "full" }, executor: reference });
      await checkStates(same, batch, folder);
      await checkGradients(same, batch, { golden, folder });
      same.dispose();
    });

    it("generates the same tokens greedily", async () => {
      const ids = [...golden.generation.prompt_ids];
      const expected = await openSafetensors(path.join(folder, "logits.safetensors"));
      const goldenLogits = await expected.read("generation_logits");
      await expected.close();
      for (const [step] of golden.generation.new_ids.entries()) {
        const length = hasDynamicRope(config) ? batch.length : ids.length;
        const logits = await model.logits(prompt(ids, length));
        const V = logits.length / length;
        const last = logits.subarray((ids.length - 1) * V, ids.length * V);
        expect(largestDifference(last, goldenLogits.subarray(step * V, (step + 1) * V))).toBeLessThan(2e-5);
        ids.push(last.indexOf(last.reduce((a, b) => Math.max(a, b))));
      }
      expect(ids.slice(golden.generation.prompt_ids.length)).toEqual(golden.generation.new_ids);
    });

    // Families without rope are spelled alike in both.
    if (!existsSync(path.join(folder, "config_v4.json"))) return;
    it("loads transformers 4's spelling of its config", async () => {
      const old = mkdtempSync(path.join(os.tmpdir(), "tuneboard-family-"));
      copyFileSync(path.join(folder, "config_v4.json"), path.join(old, "config.json"));
      copyFileSync(path.join(folder, "model.safetensors"), path.join(old, "model.safetensors"));
      const same = await loadTrainableModel({ folder: old, method: { kind: "full" }, executor });
      expect(largestDifference(await same.logits(batch), await model.logits(batch))).toBe(0);
      same.dispose();
      rmSync(old, { recursive: true });
    });
  });
}
