import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { LoraLinear } from "@/server/trainer/adapters/adapter";
import { initLora, loraScaling } from "@/server/trainer/adapters/lora";
import { readAdapter, writeAdapter } from "@/server/trainer/adapters/peft-files";
import { mergeChange } from "@/server/trainer/adapters/row-changes";
import { targetModules } from "@/server/trainer/adapters/target-modules";
import { describeDecoder } from "@/server/trainer/models/registry";
import { temporaryFolder, TINY_CONFIG } from "../models/tiny-model";

const decoder = describeDecoder({ file: "config.json", values: TINY_CONFIG });
const newLora = (modules: readonly string[], rank = 4) =>
  initLora(decoder, modules, { rank, scaling: 2, seed: 7 });

describe("targetModules", () => {
  it("takes every linear of every block for all, never the output matrix", () => {
    const modules = targetModules(decoder, "all");
    expect(modules).toHaveLength(14);
    expect(modules[0]).toBe("model.layers.0.self_attn.q_proj");
    expect(modules.some((module) => module.includes("lm_head"))).toBe(false);
  });

  it("takes modules by their last name or by more of it, in the model's order", () => {
    expect(targetModules(decoder, ["v_proj", "layers.1.mlp.up_proj"])).toEqual([
      "model.layers.0.self_attn.v_proj",
      "model.layers.1.self_attn.v_proj",
      "model.layers.1.mlp.up_proj",
    ]);
  });

  it("does not take a name that is only the end of another", () => {
    expect(() => targetModules(decoder, ["proj"])).toThrow(/"proj".*q_proj, k_proj, v_proj, o_proj/);
  });
});

describe("initLora", () => {
  it("begins with B zero and A uniform within 1 / sqrt(inputs), as PEFT", () => {
    const [q] = newLora(targetModules(decoder, ["q_proj"]), 16);
    expect(q!.b.data.every((value) => value === 0)).toBe(true);
    const a = q!.a.data as Float32Array;
    const bound = 1 / Math.sqrt(32);
    expect(Math.max(...a.map(Math.abs))).toBeLessThanOrEqual(bound);
    const variance = a.reduce((sum, value) => sum + value * value, 0) / a.length;
    expect(variance).toBeCloseTo((bound * bound) / 3, 2);
  });

  it("gives each linear numbers of its own, whatever else is adapted", () => {
    const all = newLora(targetModules(decoder, "all"));
    const [alone] = newLora(["model.layers.1.self_attn.k_proj"]);
    expect(all.find(({ module }) => module === alone!.module)!.a.data).toEqual(alone!.a.data);
    expect(all[0]!.a.data).not.toEqual(all[7]!.a.data);
  });
});

describe("mergeChange", () => {
  const linear: LoraLinear = {
    kind: "lora",
    module: "m",
    magnitude: null,
    initial: null,
    rank: 1,
    scaling: 2,
    a: { data: Float32Array.of(1, 10, 100), shape: [1, 3], dtype: "float32" },
    b: { data: Float32Array.of(1, -1), shape: [2, 1], dtype: "float32" },
  };

  it("adds scaling * B A, in either layout of the weight", () => {
    const weight = new Float32Array(6);
    mergeChange(weight, linear, { outputs: 2, storedTransposed: false });
    expect([...weight]).toEqual([2, 20, 200, -2, -20, -200]);
    const transposed = new Float32Array(6);
    mergeChange(transposed, linear, { outputs: 2, storedTransposed: true });
    expect([...transposed]).toEqual([2, -2, 20, -20, 200, -200]);
  });
});

describe("adapter folders", () => {
  const write = async (target: readonly string[], rank = 4) => {
    const folder = temporaryFolder();
    const linears = newLora(targetModules(decoder, target), rank);
    const plain = { rslora: false, dora: false, pissa: false, modulesToSave: [] };
    const settings = { kind: "lora" as const, rank, alpha: 8, dropout: 0.1, target, ...plain };
    await writeAdapter(folder, {
      adapter: { settings, linears, saved: new Map() },
      baseModel: "base",
      decoder,
    });
    return { folder, linears, settings };
  };
  const edit = (folder: string, change: Record<string, unknown>) => {
    const file = path.join(folder, "adapter_config.json");
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...change }));
  };

  it("come back as they were written", async () => {
    const { folder, linears, settings } = await write(["q_proj", "down_proj"]);
    const { adapter, beginsUnknown } = await readAdapter(folder, decoder);
    expect(adapter).toEqual({ settings, linears, saved: new Map() });
    expect(beginsUnknown).toBe(false);
  });

  it("scale by alpha / r, by its root with rslora, and by alpha_pattern where a module has its own", async () => {
    expect(loraScaling(16, 8, false)).toBe(0.5);
    expect(loraScaling(16, 8, true)).toBe(2);
    const { folder } = await write(["q_proj", "v_proj"]);
    edit(folder, { alpha_pattern: { "layers.1.self_attn.v_proj": 40 } });
    const { linears } = (await readAdapter(folder, decoder)).adapter;
    expect(linears.map((linear) => (linear.kind === "lora" ? linear.scaling : 0))).toEqual([2, 2, 2, 10]);
  });

  it("may adapt some layers only, or leave modules out: the weights tell", async () => {
    const { folder } = await write(["layers.1.self_attn.q_proj"]);
    edit(folder, { target_modules: ["q_proj"], layers_to_transform: [1] });
    const { linears, settings } = (await readAdapter(folder, decoder)).adapter;
    expect(linears.map(({ module }) => module)).toEqual(["model.layers.1.self_attn.q_proj"]);
    // Written again, it must not claim the other layer.
    expect(settings.target).toEqual(["model.layers.1.self_attn.q_proj"]);
    edit(folder, { target_modules: "all-linear", layers_to_transform: null });
    expect((await readAdapter(folder, decoder)).adapter.linears).toHaveLength(1);
  });

  it("name the tensor that is missing from the weights", async () => {
    const { folder } = await write(["q_proj"]);
    edit(folder, { target_modules: ["q_proj", "o_proj"] });
    await expect(readAdapter(folder, decoder)).rejects.toThrow(/o_proj\.lora_A\.weight/);
  });

  it.each([
    [{ peft_type: "IA3" }, /type "IA3" are not supported, only LORA and OFT/],
    [{ peft_type: undefined }, /"peft_type" is missing.*LORA or OFT/],
    [{ r: undefined }, /adapter_config\.json: "r" is missing, it should be a number/],
    [{ lora_alpha: "8" }, /"lora_alpha" is "8", it should be a number/],
    [{ bias: "all" }, /trained biases \(bias\)/],
    [{ lora_bias: true }, /biases in LoRA \(lora_bias\)/],
    [{ trainable_token_indices: [1] }, /trainable token rows/],
    [{ init_lora_weights: "olora" }, /changed by its beginning \(init_lora_weights olora\)/],
    [{ peft_type: "OFT" }, /"oft_block_size" is missing/],
    [{ peft_type: "OFT", r: 0, oft_block_size: 8, coft: true }, /constrained OFT/],
    [{ peft_type: "OFT", r: 0, oft_block_size: 8, use_cayley_neumann: false }, /exact Cayley transform/],
  ])("are refused with a reason: %j", async (change, reason) => {
    const { folder } = await write(["q_proj"]);
    edit(folder, change);
    await expect(readAdapter(folder, decoder)).rejects.toThrow(reason);
  });

  it("are refused for a model of another shape", async () => {
    const { folder } = await write(["q_proj"]);
    const wide = describeDecoder({ file: "config.json", values: { ...TINY_CONFIG, hidden_size: 64 } });
    await expect(readAdapter(folder, wide)).rejects.toThrow(
      /q_proj\.lora_A\.weight" has the shape \[4, 32\], this model needs \[4, 64\]\. The adapter belongs/,
    );
    const short = describeDecoder({ file: "config.json", values: { ...TINY_CONFIG, num_hidden_layers: 1 } });
    await expect(readAdapter(folder, short)).rejects.toThrow(/adapts "model\.layers\.1\.self_attn\.q_proj"/);
  });

  it("are named where there are none", async () => {
    await expect(readAdapter(temporaryFolder(), decoder)).rejects.toMatchObject({ code: "not_found" });
  });
});
