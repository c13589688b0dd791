/** What decoding owes to a model's shape: ropes that change with the text's length, learned positions. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import type { Executor } from "@/server/trainer/executor/executor";
import { openCachedDecoder } from "@/server/trainer/generate/cached-decoder";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { batchOf, largestDifference, randomIds, writeTinyModel } from "../models/tiny-model";

let executor: Executor;
beforeAll(async () => {
  executor = await createExecutor("onnx", { threads: 1 });
});
afterAll(() => executor.dispose());

async function openDecoder(folder: string) {
  const opened = await openModelFolder(folder);
  const decoder = await openCachedDecoder(opened, { bits: 32, threads: 1 });
  await opened.close();
  return decoder;
}

/** Logits of the token after `ids`, as the trainer has them. */
async function logitsAfter(folder: string, ids: number[]): Promise<Float32Array> {
  const model = await loadTrainableModel({ folder, method: { kind: "full" }, executor });
  const logits = await model.logits(batchOf([ids]));
  model.dispose();
  return logits.slice(-logits.length / ids.length);
}

it("computes a text anew that grows beyond what longrope's first frequencies serve", async () => {
  const folder = await writeTinyModel({
    architectures: ["Phi3ForCausalLM"],
    model_type: "phi3",
    max_position_embeddings: 64,
    original_max_position_embeddings: 8,
    rope_scaling: { type: "longrope", short_factor: [1, 1.1, 1.2, 1.3], long_factor: [2, 3, 4, 5] },
  });
  const decoder = await openDecoder(folder);
  const ids = randomIds(3, 11);
  const cache = decoder.newCache();
  await decoder.extend(cache, ids.slice(0, 6));
  for (let length = 7; length <= ids.length; length++) {
    const logits = await decoder.extend(cache, [ids[length - 1]!]);
    const expected = await logitsAfter(folder, ids.slice(0, length));
    expect(largestDifference(logits, expected), `${length} tokens`).toBeLessThan(1e-4);
    expect(cache.ids).toEqual(ids.slice(0, length));
  }
  await decoder.dispose();
});

it("goes on at the cache's end with learned positions", async () => {
  const folder = await writeTinyModel({
    ...{ architectures: ["GPT2LMHeadModel"], model_type: "gpt2", tie_word_embeddings: true },
    ...{ n_embd: 32, n_head: 4, n_layer: 2, n_positions: 32 },
  });
  const decoder = await openDecoder(folder);
  const ids = randomIds(3, 9);
  const cache = decoder.newCache();
  await decoder.extend(cache, ids.slice(0, 8));
  cache.truncate(4);
  const logits = await decoder.extend(cache, ids.slice(4));
  expect(largestDifference(logits, await logitsAfter(folder, ids))).toBeLessThan(1e-4);
  await decoder.dispose();
});
