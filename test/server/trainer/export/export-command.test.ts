/** Exported folders: merged weights are base plus adapter, shards and files are there, and refusals come before writing. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { EXPORT_PROGRESS, EXPORT_SELF_TEST } from "@/server/contract/model-export";
import { initLora } from "@/server/trainer/adapters/lora";
import { writeAdapter } from "@/server/trainer/adapters/peft-files";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { writeSafetensors } from "@/server/trainer/checkpoint/safetensors";
import { runExport } from "@/server/trainer/export/export-command";
import { describeDecoder } from "@/server/trainer/models/registry";
import { createRandom } from "@/server/trainer/nn/random";
import { loadTokenizer } from "@/server/trainer/tokenizer/load-tokenizer";
import { temporaryFolder } from "../models/tiny-model";

const MODEL = path.resolve("test/fixtures/golden/e2e/sft_lora_qwen2/model");
const ADAPTER = path.resolve("test/fixtures/golden/e2e/sft_lora_qwen2/adapter");

const readJson = (...parts: string[]) =>
  JSON.parse(readFileSync(path.join(...parts), "utf8")) as Record<string, unknown>;

async function exportWith(values: Record<string, unknown>): Promise<{ folder: string; lines: string[] }> {
  const folder = path.join(temporaryFolder(), "exported");
  const lines: string[] = [];
  const words = Object.entries({
    model_name_or_path: MODEL,
    template: "qwen",
    export_dir: folder,
    ...values,
  }).map(([key, value]) => `${key}=${String(value)}`);
  await runExport(words, (line) => void lines.push(line));
  return { folder, lines };
}

/** An adapter on q_proj with random A and B. */
async function randomAdapter(seed: number): Promise<string> {
  const folder = temporaryFolder();
  const model = await openModelFolder(MODEL);
  const decoder = describeDecoder({ file: "config.json", values: model.config });
  await model.close();
  const modules = decoder.layers.map(({ prefix }) => `${prefix}self_attn.q_proj`);
  const linears = initLora(decoder, modules, { rank: 2, scaling: 2, seed });
  const random = createRandom(seed + 100);
  for (const { b } of linears) for (let i = 0; i < b.data.length; i++) b.data[i] = random.normal();
  const plain = { rslora: false, dora: false, pissa: false };
  const settings = { rank: 2, alpha: 4, dropout: 0, target: ["q_proj"], modulesToSave: [], ...plain };
  const adapter = { settings: { kind: "lora" as const, ...settings }, linears, saved: new Map() };
  await writeAdapter(folder, { adapter, baseModel: MODEL, decoder });
  return folder;
}

async function readTensor(folder: string, name: string): Promise<Float32Array> {
  const model = await openModelFolder(folder);
  try {
    return await model.read(name);
  } finally {
    await model.close();
  }
}

const largestDifference = (a: Float32Array, b: Float32Array) =>
  a.reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0);

describe("tuneboard export", () => {
  it("tells how far it is, and asks before and after the same where that is wanted", async () => {
    const { lines } = await exportWith({ adapter_name_or_path: ADAPTER, export_self_test: true });
    expect(lines.filter((line) => EXPORT_PROGRESS.test(line)).length).toBeGreaterThan(3);
    expect(lines.at(-1)).toBe("Self-test: 3 of 3 answers are the same before and after.");
    expect(EXPORT_SELF_TEST.exec(lines.at(-1)!)?.slice(1)).toEqual(["3", "3"]);
  });

  it("writes everything that another program needs beside the weights", async () => {
    const { folder, lines } = await exportWith({ adapter_name_or_path: ADAPTER });
    for (const name of ["config.json", "generation_config.json", "tokenizer.json", "chat_template.jinja"])
      expect(existsSync(path.join(folder, name)), name).toBe(true);
    expect(readJson(folder, "tokenizer_config.json")["padding_side"]).toBe("left");
    const modelfile = readFileSync(path.join(folder, "Modelfile"), "utf8");
    expect(modelfile).toContain("FROM .\n");
    expect(modelfile).toContain('PARAMETER stop "<|im_end|>"');
    expect(modelfile).toContain("{{ .System }}<|im_end|>");
    expect(lines).toContain("Merged 1 adapter(s).");
  });

  it("ends answers where the template ends them", async () => {
    const { folder } = await exportWith({});
    const tokenizer = await loadTokenizer(folder);
    const ends = readJson(folder, "generation_config.json")["eos_token_id"];
    expect(ends).toContain(tokenizer.tokenToId("<|im_end|>"));
  });

  it("merges several adapters into the same weight", async () => {
    const adapters = [await randomAdapter(1), await randomAdapter(2)];
    const both = await exportWith({ adapter_name_or_path: adapters.join(",") });
    const [first, second] = await Promise.all(
      adapters.map((adapter) => exportWith({ adapter_name_or_path: adapter })),
    );
    const name = "model.layers.0.self_attn.q_proj.weight";
    const base = await readTensor(MODEL, name);
    const sum = (await readTensor(first!.folder, name)).slice();
    const other = await readTensor(second!.folder, name);
    for (let i = 0; i < sum.length; i++) sum[i]! += other[i]! - base[i]!;
    expect(largestDifference(base, sum)).toBeGreaterThan(0.1);
    expect(largestDifference(await readTensor(both.folder, name), sum)).toBeLessThan(1e-5);
  });

  it("keeps the base's element type, or takes the one that is asked for", async () => {
    const plain = await exportWith({});
    expect(readJson(plain.folder, "config.json")["dtype"]).toBe("float32");
    const half = await exportWith({ infer_dtype: "bfloat16" });
    expect(readJson(half.folder, "config.json")["dtype"]).toBe("bfloat16");
    const model = await openModelFolder(half.folder);
    expect([...model.tensors.values()].every(({ dtype }) => dtype === "BF16")).toBe(true);
    await model.close();
  });

  it("splits the weights into shards of export_size, and a later whole export leaves none of them", async () => {
    const { folder } = await exportWith({ export_size: 0.0005 });
    const index = readJson(folder, "model.safetensors.index.json");
    const shards = new Set(Object.values(index["weight_map"] as Record<string, string>));
    expect(shards.size).toBeGreaterThan(1);
    const name = "model.layers.1.mlp.down_proj.weight";
    expect(await readTensor(folder, name)).toEqual(await readTensor(MODEL, name));
    await exportWith({ export_dir: folder });
    expect(existsSync(path.join(folder, "model.safetensors.index.json"))).toBe(false);
    expect(existsSync(path.join(folder, [...shards][0]!))).toBe(false);
    expect(await readTensor(folder, name)).toEqual(await readTensor(MODEL, name));
  });

  it("refuses to write over what it reads, or over a run", async () => {
    await expect(exportWith({ export_dir: MODEL })).rejects.toThrow(/also read from\. Give another folder/);
    const run = temporaryFolder();
    writeFileSync(path.join(run, "trainer_log.jsonl"), "");
    await expect(exportWith({ export_dir: run })).rejects.toThrow(/a run's folder/);
  });

  it("says why it does not quantise with GPTQ, and names words that are no arguments", async () => {
    await expect(exportWith({ export_quantization_bit: 4 })).rejects.toThrow(/export_gguf: q8_0/);
    await expect(exportWith({ export_sise: 4 })).rejects.toThrow(
      /export_sise is not an argument.*Did you mean export_size/,
    );
    await expect(exportWith({ export_gguf: "q4" })).rejects.toThrow(/export_gguf: must be f16 or q8_0/);
  });

  it("names the tensor of an adapter that belongs to another model", async () => {
    const adapter = await randomAdapter(3);
    await writeSafetensors(path.join(adapter, "adapter_model.safetensors"), [
      {
        name: "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
        shape: [2, 5],
        dtype: "F32",
        data: new Float32Array(10),
      },
    ]);
    await expect(exportWith({ adapter_name_or_path: adapter })).rejects.toThrow(
      /q_proj\.lora_A.*another model/,
    );
  });

  it("says in words which arguments change nothing", async () => {
    const { lines } = await exportWith({ export_device: "cpu", trust_remote_code: true });
    expect(lines).toContain("Note: export_device has no effect on exporting here.");
  });
});
