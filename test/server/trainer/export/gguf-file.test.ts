/** GGUF files parsed back: what llama.cpp would read is what was exported. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { elementCount } from "@/server/trainer/checkpoint/safetensors";
import { openModelFolder } from "@/server/trainer/checkpoint/model-folder";
import { widen } from "@/server/trainer/checkpoint/element-types";
import { runExport } from "@/server/trainer/export/export-command";
import { ggufDifference } from "@/server/trainer/export/gguf/gguf-model";
import { encodeValues, tensorTypeFor } from "@/server/trainer/export/gguf/gguf-types";
import { describeDecoder } from "@/server/trainer/models/registry";
import { temporaryFolder, TINY_CONFIG, writeTinyModel } from "../models/tiny-model";

const QWEN2 = path.resolve("test/fixtures/golden/e2e/sft_lora_qwen2/model");
const LLAMA = path.resolve("test/fixtures/golden/e2e/sft_full_llama/model");

interface ParsedGguf {
  metadata: Map<string, unknown>;
  tensors: Map<string, { shape: number[]; type: number; bytes: Uint8Array }>;
}

/** A reader written after the specification alone. */
function parseGguf(file: string): ParsedGguf {
  const buffer = readFileSync(file);
  let at = 0;
  const uint32 = () => buffer.readUInt32LE((at += 4) - 4);
  const uint64 = () => Number(buffer.readBigUInt64LE((at += 8) - 8));
  const text = () => {
    const length = uint64();
    return buffer.toString("utf8", at, (at += length));
  };
  const value = (type: number): unknown => {
    switch (type) {
      case 4:
        return uint32();
      case 5:
        return buffer.readInt32LE((at += 4) - 4);
      case 6:
        return buffer.readFloatLE((at += 4) - 4);
      case 7:
        return buffer[at++] === 1;
      case 8:
        return text();
      case 9: {
        const inner = uint32();
        return Array.from({ length: uint64() }, () => value(inner));
      }
      default:
        throw new Error(`value type ${type}`);
    }
  };
  expect(buffer.toString("latin1", 0, 4)).toBe("GGUF");
  at = 4;
  expect(uint32()).toBe(3);
  const [tensorCount, keyCount] = [uint64(), uint64()];
  const metadata = new Map<string, unknown>();
  for (let i = 0; i < keyCount; i++) {
    const key = text();
    metadata.set(key, value(uint32()));
  }
  const infos = Array.from({ length: tensorCount }, () => {
    const name = text();
    const shape = Array.from({ length: uint32() }, uint64).reverse();
    return { name, shape, type: uint32(), offset: uint64() };
  });
  const start = Math.ceil(at / 32) * 32;
  const tensors: ParsedGguf["tensors"] = new Map();
  let end = 0;
  for (const { name, shape, type, offset } of infos) {
    const count = elementCount(shape);
    const size = type === 0 ? 4 * count : type === 1 ? 2 * count : (count / 32) * 34;
    expect(offset, name).toBe(Math.ceil(end / 32) * 32);
    end = offset + size;
    tensors.set(name, { shape, type, bytes: Uint8Array.from(buffer.subarray(start + offset, start + end)) });
  }
  expect(buffer.length).toBe(start + Math.ceil(end / 32) * 32);
  return { metadata, tensors };
}

function valuesOf({
  shape,
  type,
  bytes,
}: {
  shape: number[];
  type: number;
  bytes: Uint8Array;
}): Float32Array {
  const values = new Float32Array(elementCount(shape));
  if (type === 0) widen("F32", bytes, values);
  else if (type === 1) widen("F16", bytes, values);
  else {
    const scale = new Float32Array(1);
    for (let block = 0; block < values.length / 32; block++) {
      widen("F16", bytes.slice(block * 34, block * 34 + 2), scale);
      const quants = new Int8Array(bytes.buffer, block * 34 + 2, 32);
      quants.forEach((quant, i) => (values[block * 32 + i] = quant * scale[0]!));
    }
  }
  return values;
}

async function exported(model: string, template: string, type: string): Promise<ParsedGguf> {
  const folder = temporaryFolder();
  await runExport(
    [
      `model_name_or_path=${model}`,
      `template=${template}`,
      `export_dir=${folder}`,
      `export_gguf=${type}`,
      "export_size=1",
    ],
    () => undefined,
  );
  expect(readFileSync(path.join(folder, "Modelfile"), "utf8")).toContain(`FROM ./model-${type}.gguf`);
  return parseGguf(path.join(folder, `model-${type}.gguf`));
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

describe("GGUF export", () => {
  it("writes Qwen2 with its shape, its tokenizer and its chat template", async () => {
    const { metadata, tensors } = await exported(QWEN2, "qwen", "f16");
    const config = JSON.parse(readFileSync(path.join(QWEN2, "config.json"), "utf8")) as Record<
      string,
      number
    >;
    expect(metadata.get("general.architecture")).toBe("qwen2");
    expect(metadata.get("qwen2.block_count")).toBe(config["num_hidden_layers"]);
    expect(metadata.get("qwen2.attention.head_count_kv")).toBe(config["num_key_value_heads"]);
    expect(metadata.get("tokenizer.ggml.model")).toBe("gpt2");
    expect(metadata.get("tokenizer.ggml.pre")).toBe("qwen2");
    const tokens = metadata.get("tokenizer.ggml.tokens") as string[];
    expect(tokens).toHaveLength(config["vocab_size"]!);
    expect(tokens[metadata.get("tokenizer.ggml.eos_token_id") as number]).toBe("<|im_end|>");
    expect((metadata.get("tokenizer.ggml.token_type") as number[])[tokens.indexOf("<|im_end|>")]).toBe(3);
    expect(metadata.get("tokenizer.chat_template")).toContain("<|im_start|>");
    expect(tensors.has("blk.0.attn_q.bias")).toBe(true);
    expect(tensors.get("blk.0.attn_norm.weight")?.type).toBe(0);
    expect(tensors.get("blk.0.ffn_up.weight")?.shape).toEqual([
      config["intermediate_size"],
      config["hidden_size"],
    ]);
  });

  it("keeps Qwen2's values in place, to float16's precision", async () => {
    const { tensors } = await exported(QWEN2, "qwen", "f16");
    const source = await readTensor(QWEN2, "model.layers.1.self_attn.k_proj.weight");
    const written = valuesOf(tensors.get("blk.1.attn_k.weight")!);
    expect(largestDifference(written, source)).toBeLessThan(1e-4);
  });

  it("pairs the rows of Llama's q and k as llama.cpp rotates them, and leaves v alone", async () => {
    const { tensors, metadata } = await exported(LLAMA, "llama3", "f16");
    expect(metadata.get("general.architecture")).toBe("llama");
    const heads = metadata.get("llama.attention.head_count") as number;
    const q = await readTensor(LLAMA, "model.layers.0.self_attn.q_proj.weight");
    const written = tensors.get("blk.0.attn_q.weight")!;
    const [rows, width] = written.shape as [number, number];
    const values = valuesOf(written);
    const half = rows / heads / 2;
    const row = (data: Float32Array, index: number) => data.slice(index * width, (index + 1) * width);
    for (const [target, from] of [
      [0, 0],
      [1, half],
      [2, 1],
      [2 * half, 2 * half],
      [2 * half + 1, 3 * half],
    ] as const) {
      expect(largestDifference(row(values, target), row(q, from)), `row ${target}`).toBeLessThan(1e-4);
    }
    const v = await readTensor(LLAMA, "model.layers.0.self_attn.v_proj.weight");
    expect(largestDifference(valuesOf(tensors.get("blk.0.attn_v.weight")!), v)).toBeLessThan(1e-4);
  });

  it("quantises matrices to blocks of 8 bits within half a step", async () => {
    const { tensors, metadata } = await exported(QWEN2, "qwen", "q8_0");
    expect(metadata.get("general.file_type")).toBe(7);
    const written = tensors.get("blk.0.ffn_up.weight")!;
    expect(written.type).toBe(8);
    const source = await readTensor(QWEN2, "model.layers.0.mlp.up_proj.weight");
    const step = source.reduce((max, value) => Math.max(max, Math.abs(value)), 0) / 127;
    const difference = largestDifference(valuesOf(written), source);
    expect(difference).toBeGreaterThan(0);
    expect(difference).toBeLessThan(0.52 * step);
  });

  it("rounds halves away from zero and keeps empty blocks empty", () => {
    const values = new Float32Array(64);
    values.set([127, 0.5, -0.5, 1.5, -1.5, 0.49, -127]);
    const bytes = encodeValues("q8_0", values);
    expect([...new Int8Array(bytes.buffer, 2, 7)]).toEqual([127, 1, -1, 2, -2, 0, -127]);
    expect([...bytes.subarray(34)].every((byte) => byte === 0)).toBe(true);
  });

  it("stores rows that blocks do not divide as float16", () => {
    expect(tensorTypeFor([8, 48], "q8_0")).toBe("f16");
    expect(tensorTypeFor([8, 64], "q8_0")).toBe("q8_0");
    expect(tensorTypeFor([64], "q8_0")).toBe("f32");
  });

  it("tells where llama.cpp looks further back than the model", () => {
    const described = (sliding_window: number | null) =>
      ggufDifference(
        describeDecoder({
          file: "config.json",
          values: {
            ...TINY_CONFIG,
            architectures: ["MistralForCausalLM"],
            model_type: "mistral",
            sliding_window,
          },
        }),
      );
    expect(described(8)).toMatch(/window of 8 tokens/);
    expect(described(null)).toBeNull();
  });

  it("refuses families that it does not write, naming those that it does", async () => {
    const model = await writeTinyModel({ architectures: ["Olmo2ForCausalLM"], model_type: "olmo2" });
    const words = [`model_name_or_path=${model}`, `export_dir=${temporaryFolder()}`, "export_gguf=f16"];
    await expect(runExport(words, () => undefined)).rejects.toThrow(
      /olmo2 models are not written as GGUF here, only llama, mistral, qwen2, qwen3/,
    );
  });
});
