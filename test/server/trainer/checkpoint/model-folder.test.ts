import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openModelFolder, writeModelFolder } from "@/server/trainer/checkpoint/model-folder";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "model-folder-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const config = { model_type: "llama", hidden_size: 4 };
const tensors = ["a", "b", "c"].map((name, i) => ({
  name,
  shape: [2, 2],
  dtype: "F32" as const,
  data: new Float32Array(4).fill(i),
}));

async function write(maxShardBytes?: number): Promise<void> {
  await writeModelFolder(folder, { config, generationConfig: { eos_token_id: 2 }, tensors, maxShardBytes });
}

describe("model folder", () => {
  it("round-trips through one file", async () => {
    await write();
    expect((await readdir(folder)).sort()).toEqual([
      "config.json",
      "generation_config.json",
      "model.safetensors",
    ]);
    const model = await openModelFolder(folder);
    expect(model.config).toEqual(config);
    expect([...model.tensors.keys()]).toEqual(["a", "b", "c"]);
    expect([...(await model.read("c"))]).toEqual([2, 2, 2, 2]);
    await expect(model.read("d")).rejects.toMatchObject({
      code: "checkpoint_malformed",
      message: expect.stringMatching(/no tensor "d"/),
    });
    await model.close();
  });

  it("round-trips through shards", async () => {
    await write(32);
    expect((await readdir(folder)).filter((name) => name.startsWith("model")).sort()).toEqual([
      "model-00001-of-00002.safetensors",
      "model-00002-of-00002.safetensors",
      "model.safetensors.index.json",
    ]);
    const index = JSON.parse(await readFile(path.join(folder, "model.safetensors.index.json"), "utf8"));
    expect(index.metadata.total_size).toBe(48);
    const model = await openModelFolder(folder);
    expect([...(await model.read("b"))]).toEqual([1, 1, 1, 1]);
    expect(model.tensors.get("c")).toEqual({ name: "c", dtype: "F32", shape: [2, 2] });
    await model.close();
  });

  it.each([
    ["h.0.ln_1.weight", "transformer.h.0.ln_1.weight"],
    ["layers.0.input_layernorm.weight", "model.layers.0.input_layernorm.weight"],
  ])("finds %s, saved without the model's head, as %s", async (stored, full) => {
    const named = (name: string) => ({ ...tensors[1]!, name });
    await writeModelFolder(folder, {
      config,
      generationConfig: null,
      tensors: [named(stored), named("lm_head.weight")],
    });
    const model = await openModelFolder(folder);
    expect([...model.tensors.keys()].sort()).toEqual([full, "lm_head.weight"].sort());
    expect([...(await model.read(full))]).toEqual([1, 1, 1, 1]);
    await model.close();
  });

  it("names a shard that is missing", async () => {
    await write(32);
    await unlink(path.join(folder, "model-00002-of-00002.safetensors"));
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      code: "checkpoint_malformed",
      message:
        /model-00002-of-00002\.safetensors is missing, though model\.safetensors\.index\.json names it/,
    });
  });

  it("refuses an index that points outside of the folder or to a file without the tensor", async () => {
    await write(32);
    const index = path.join(folder, "model.safetensors.index.json");
    await writeFile(index, JSON.stringify({ weight_map: { a: "../model.safetensors" } }));
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/weight_map\["a"\]/),
    });
    await writeFile(index, JSON.stringify({ weight_map: { a: "model-00002-of-00002.safetensors" } }));
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/"a" is in model-00002/),
    });
    await writeFile(index, "{}");
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/"weight_map" is missing/),
    });
  });

  it("says what is missing and the way out", async () => {
    await expect(openModelFolder(path.join(folder, "org/name"))).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringMatching(/download the model first/),
    });
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/config\.json is missing/),
    });
    await writeFile(path.join(folder, "adapter_config.json"), "{}");
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/adapter_name_or_path/),
    });
    await writeFile(path.join(folder, "config.json"), "{");
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/config\.json is not valid JSON/),
    });
    await writeFile(path.join(folder, "config.json"), "{}");
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/neither model\.safetensors nor/),
    });
    await writeFile(path.join(folder, "pytorch_model.bin"), "");
    await expect(openModelFolder(folder)).rejects.toMatchObject({
      message: expect.stringMatching(/pytorch_model\.bin is a pickled file/),
    });
  });
});
