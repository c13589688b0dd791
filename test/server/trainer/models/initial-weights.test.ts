import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeDecoder } from "@/server/trainer/models/registry";
import { initialWeights } from "@/server/trainer/models/initial-weights";
import { FIXTURES, lossBySteps, runTiny, temporaryFolder, tinyArguments } from "../train/tiny-run";

const GEMMA = {
  ...{ architectures: ["GemmaForCausalLM"], model_type: "gemma", hidden_size: 64, vocab_size: 200 },
  ...{ num_hidden_layers: 1, num_attention_heads: 2, num_key_value_heads: 1, head_dim: 32 },
  ...{ intermediate_size: 128, initializer_range: 0.05, pad_token_id: 3 },
};
const GPT2 = {
  ...{ architectures: ["GPT2LMHeadModel"], model_type: "gpt2", n_embd: 64, n_layer: 2, n_head: 2 },
  ...{ vocab_size: 200, n_positions: 32 },
};

function weightsOf(values: Record<string, unknown>, seed = 1): Map<string, Float32Array> {
  const decoder = describeDecoder({ file: "config.json", values });
  return new Map(
    [...initialWeights(decoder, { hfConfig: values, seed })].map(([name, { data }]) => [
      name,
      data as Float32Array,
    ]),
  );
}

function deviation(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

describe("weights of a model that is trained from scratch", () => {
  it("are normal with config.json's initializer_range, and nothing for padding", () => {
    const weights = weightsOf(GEMMA);
    expect(deviation(weights.get("model.layers.0.mlp.up_proj.weight")!)).toBeCloseTo(0.05, 2);
    const table = weights.get("model.embed_tokens.weight")!;
    expect(deviation(table)).toBeCloseTo(0.05, 2);
    expect([...table.subarray(3 * 64, 4 * 64)].every((value) => value === 0)).toBe(true);
  });

  it("leave norms as they find their input, also where a family stores them minus one", () => {
    expect([...weightsOf(GEMMA).get("model.norm.weight")!].every((value) => value === 0)).toBe(true);
    const gpt2 = weightsOf(GPT2);
    expect([...gpt2.get("transformer.ln_f.weight")!].every((value) => value === 1)).toBe(true);
    expect([...gpt2.get("transformer.ln_f.bias")!].every((value) => value === 0)).toBe(true);
  });

  it("are narrower where GPT-2 adds to the residual stream: by the root of twice the layers", () => {
    const weights = weightsOf(GPT2);
    expect(deviation(weights.get("transformer.h.0.mlp.c_fc.weight")!)).toBeCloseTo(0.02, 3);
    expect(deviation(weights.get("transformer.h.0.mlp.c_proj.weight")!)).toBeCloseTo(0.01, 3);
  });

  it("follow from the seed alone", () => {
    const name = "model.layers.0.self_attn.q_proj.weight";
    expect(weightsOf(GEMMA).get(name)).toEqual(weightsOf(GEMMA).get(name));
    expect(weightsOf(GEMMA).get(name)).not.toEqual(weightsOf(GEMMA, 2).get(name));
  });

  it("need no weight file: a run begins at the loss of a guess", async () => {
    const [model, output] = [path.join(await temporaryFolder(), "model"), await temporaryFolder()];
    await mkdir(model);
    const source = path.join(FIXTURES, "sft_full_llama", "model");
    for (const name of ["config.json", "tokenizer.json", "tokenizer_config.json"])
      await copyFile(path.join(source, name), path.join(model, name));
    await writeFile(path.join(model, "README.md"), "---\nlicense: mit\n---\n");
    const args = { ...tinyArguments("full", output), model_name_or_path: model, save_strategy: "no" };
    expect((await runTiny({ ...args, max_steps: 1 })).errors).toContain("neither model.safetensors");
    expect(await runTiny({ ...args, train_from_scratch: true, max_steps: 2 })).toMatchObject({ code: 0 });
    expect(Math.abs(lossBySteps(output).get(1)! - Math.log(3136))).toBeLessThan(0.3);
  });
});
