import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor, HostTensor } from "@/server/trainer/executor/executor";
import { openEngine } from "@/server/trainer/models/open-engine";
import { describeDecoder } from "@/server/trainer/models/registry";
import { zeroTensor } from "@/server/trainer/executor/zero-tensor";
import { readWeights } from "@/server/trainer/models/weights";
import { batchOf, randomIds, writeTinyModel } from "../tiny-model";

let onnx: Executor;
beforeAll(async () => {
  onnx = await createExecutor("onnx", { threads: 1 });
});
afterAll(() => onnx.dispose());

/** Bytes between graphs after one step of all weights, rows of 64 tokens. */
async function bytesAfterStep(
  layers: number,
  { rows, memoryBudget }: { rows: number; memoryBudget: number },
): Promise<{ bytes: number; width: number }> {
  const folder = await openModelFolder(await writeTinyModel({ num_hidden_layers: layers }));
  const decoder = describeDecoder({ file: "config.json", values: folder.config });
  const weights = new Map<string, HostTensor>();
  for await (const [name, tensor] of readWeights(folder, decoder, { constant: false }))
    weights.set(name, tensor);
  await folder.close();
  const gradients = new Map([...weights].map(([name, { shape }]) => [name, zeroTensor(shape)]));
  const engine = openEngine(
    { decoder, weights, adapters: new Map(), dropout: 0, gradients },
    { executor: onnx, memoryBudget },
  );
  const batch = batchOf(Array.from({ length: rows }, (_, row) => randomIds(row + 1, 64)));
  await engine.accumulate(batch, { weights: 1, dropoutSeed: 1 });
  const bytes = engine.activationBytes;
  await engine.dispose();
  return { bytes, width: decoder.hiddenSize };
}

describe("memory between graphs", () => {
  it("grows by one residual stream a layer with recomputation", async () => {
    const few = await bytesAfterStep(2, { rows: 2, memoryBudget: 0 });
    const many = await bytesAfterStep(5, { rows: 2, memoryBudget: 0 });
    expect(many.bytes - few.bytes).toBe(3 * 2 * 64 * few.width * 4);
  });

  it("grows in proportion to tokens", async () => {
    const once = await bytesAfterStep(2, { rows: 1, memoryBudget: 0 });
    const thrice = await bytesAfterStep(2, { rows: 3, memoryBudget: 0 });
    expect(thrice.bytes).toBe(3 * once.bytes);
  });

  it("keeps more only where the budget allows it", async () => {
    const kept = await bytesAfterStep(2, { rows: 2, memoryBudget: 2 ** 40 });
    const recomputed = await bytesAfterStep(2, { rows: 2, memoryBudget: 0 });
    expect(kept.bytes).toBeGreaterThan(1.5 * recomputed.bytes);
  });
});
