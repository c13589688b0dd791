import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { createExecutor } from "@/server/trainer/executor/choose-executor";
import { openCachedDecoder } from "@/server/trainer/generate/cached-decoder";
import { loadTrainableModel } from "@/server/trainer/models/load-model";
import { temporaryFolder } from "../train/tiny-run";

const IDS = [5, 9, 2, 31, 7, 18];
const V = 40;
const SIZES = { hidden_size: 48, intermediate_size: 64, num_hidden_layers: 2, vocab_size: V };
const FAMILIES: Record<string, Record<string, unknown>> = {
  "12 dimensions, fewer heads of keys": {
    ...{ architectures: ["LlamaForCausalLM"], model_type: "llama", initializer_range: 0.2 },
    ...{ num_attention_heads: 4, num_key_value_heads: 2, head_dim: 12 },
  },
  "20 dimensions, norms over queries and keys, a window": {
    ...{ architectures: ["Qwen3ForCausalLM"], model_type: "qwen3", initializer_range: 0.2 },
    ...{ num_attention_heads: 2, num_key_value_heads: 1, head_dim: 20 },
    ...{ use_sliding_window: true, sliding_window: 3, max_window_layers: 1 },
  },
  "6 dimensions, learned positions": {
    ...{ architectures: ["GPT2LMHeadModel"], model_type: "gpt2", initializer_range: 0.2 },
    ...{ n_embd: 48, n_layer: 2, n_head: 8, n_positions: 16 },
  },
};

describe("heads of a length that onnxruntime's attention does not take", () => {
  for (const [name, config] of Object.entries(FAMILIES)) {
    it(`decode like they train: ${name}`, async () => {
      const folder = await temporaryFolder();
      await writeFile(path.join(folder, "config.json"), JSON.stringify({ ...SIZES, ...config }));
      const executor = await createExecutor("onnx");
      const model = await loadTrainableModel({ folder, method: { kind: "full", scratchSeed: 4 }, executor });
      await model.save(folder);
      const whole = await model.logits({
        ...{ rows: 1, length: IDS.length, inputIds: Int32Array.from(IDS), positionIds: null },
        ...{ labels: new Int32Array(IDS.length), attentionMask: new Int32Array(IDS.length).fill(1) },
      });
      model.dispose();
      executor.dispose();

      const files = await openModelFolder(folder);
      const decoder = await openCachedDecoder(files, { bits: 32 });
      await files.close();
      const cache = decoder.newCache();
      let logits = new Float32Array();
      for (const part of [IDS.slice(0, 3), IDS.slice(3, 4), IDS.slice(4)])
        logits = Float32Array.from(await decoder.extend(cache, part));
      await decoder.dispose();
      const last = whole.subarray((IDS.length - 1) * V);
      expect(Math.max(...last)).toBeGreaterThan(0.01);
      logits.forEach((logit, v) => expect(Math.abs(logit - last[v]!)).toBeLessThan(2e-5));
    });
  }
});
