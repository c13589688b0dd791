import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { initLora, mergeLora, targetModules, type LoraLinear } from "@/server/trainer/adapters/lora";
import { loraScaling, readLoraAdapter, writeLoraAdapter } from "@/server/trainer/adapters/peft-files";
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

describe("mergeLora", () => {
  const linear: LoraLinear = {
    module: "m",
    rank: 1,
    scaling: 2,
    a: { data: Float32Array.of(1, 10, 100), shape: [1, 3], dtype: "float32" },
    b: { data: Float32Array.of(1, -1), shape: [2, 1], dtype: "float32" },
  };

  it("adds scaling * B A, in either layout of the weight", () => {
    const weight = new Float32Array(6);
    mergeLora(weight, linear, false);
    expect([...weight]).toEqual([2, 20, 200, -2, -20, -200]);
    const transposed = new Float32Array(6);
    mergeLora(transposed, linear, true);
    expect([...transposed]).toEqual([2, -2, 20, -20, 200, -200]);
  });
});

describe("adapter folders", () => {
  const write = async (target: readonly string[], rank = 4) => {
    const folder = temporaryFolder();
    const linears = newLora(targetModules(decoder, target), rank);
    const settings = { rank, alpha: 8, dropout: 0.1, rslora: false };
    await writeLoraAdapter(folder, { ...settings, linears, target, baseModel: "base", fanInFanOut: false });
    return { folder, linears };
  };
  const edit = (folder: string, change: Record<string, unknown>) => {
    const file = path.join(folder, "adapter_config.json");
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...change }));
  };

  it("come back as they were written", async () => {
    const { folder, linears } = await write(["q_proj", "down_proj"]);
    const adapter = await readLoraAdapter(folder, decoder);
    expect(adapter.linears).toEqual(linears);
    expect(adapter).toMatchObject({
      rank: 4,
      alpha: 8,
      dropout: 0.1,
      target: ["q_proj", "down_proj"],
      rslora: false,
    });
  });

  it("scale by alpha / r, by its root with rslora, and by alpha_pattern where a module has its own", async () => {
    expect(loraScaling(16, 8, false)).toBe(0.5);
    expect(loraScaling(16, 8, true)).toBe(2);
    const { folder } = await write(["q_proj", "v_proj"]);
    edit(folder, { alpha_pattern: { "layers.1.self_attn.v_proj": 40 } });
    const { linears } = await readLoraAdapter(folder, decoder);
    expect(linears.map(({ scaling }) => scaling)).toEqual([2, 2, 2, 10]);
  });

  it("are refused where they hold what cannot be computed", async () => {
    const { folder } = await write(["q_proj"]);
    edit(folder, { modules_to_save: ["lm_head"] });
    await expect(readLoraAdapter(folder, decoder)).rejects.toThrow(/fully trained modules.*modules_to_save/);
    edit(folder, { modules_to_save: null, peft_type: "OFT" });
    await expect(readLoraAdapter(folder, decoder)).rejects.toThrow(/type "OFT" are not supported/);
  });

  it("are named where there are none", async () => {
    await expect(readLoraAdapter(temporaryFolder(), decoder)).rejects.toMatchObject({ code: "not_found" });
  });
});
