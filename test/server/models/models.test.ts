/** Models: what is told of a folder without reading a weight, and what is wrong with those that cannot be used. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EMBEDDED_FAMILIES } from "@/server/contract/embedded-families";
import { Models } from "@/server/models/models";
import { FAMILIES } from "@/server/trainer/models/registry";

let home: string;
let models: Models;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "tuneboard-models-"));
  models = new Models({
    home,
    runFolders: () => [{ name: "full run", folder: path.join(home, "saves", "full") }],
  });
});
afterEach(() => rm(home, { recursive: true }));

/** A safetensors file with a header and no more than zeros behind it. */
function safetensors(tensors: Record<string, { dtype: string; shape: number[] }>): Buffer {
  let offset = 0;
  const header = Object.fromEntries(
    Object.entries(tensors).map(([name, { dtype, shape }]) => {
      const bytes = shape.reduce((a, b) => a * b, 1) * (dtype === "F32" ? 4 : 2);
      const entry = { dtype, shape, data_offsets: [offset, offset + bytes] };
      offset += bytes;
      return [name, entry];
    }),
  );
  const text = Buffer.from(JSON.stringify({ __metadata__: { format: "pt" }, ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(offset)]);
}

const config = {
  architectures: ["Qwen2ForCausalLM"],
  model_type: "qwen2",
  hidden_size: 8,
  intermediate_size: 16,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  max_position_embeddings: 512,
  vocab_size: 10,
};

async function model(where: string, files: Record<string, unknown> = {}) {
  const folder = path.join(home, where);
  await mkdir(folder, { recursive: true });
  const all: Record<string, unknown> = {
    "config.json": config,
    "tokenizer.json": {},
    "tokenizer_config.json": { chat_template: "{{ '<|im_start|>' }}" },
    "model.safetensors": safetensors({
      a: { dtype: "BF16", shape: [10, 8] },
      b: { dtype: "F32", shape: [4] },
    }),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    if (content === null) continue;
    await writeFile(
      path.join(folder, name),
      Buffer.isBuffer(content) || typeof content === "string" ? content : JSON.stringify(content),
    );
  }
}

describe("the list of models", () => {
  it("has the starter first, then folders one and two deep, then runs' models", async () => {
    await model("models/zebra");
    await model("models/org/ant");
    await model("models/starter");
    await model("saves/full");
    expect((await models.list()).map(({ name, source, path: where }) => [name, source, where])).toEqual([
      ["starter", "starter", "models/starter"],
      ["org/ant", "folder", "models/org/ant"],
      ["zebra", "folder", "models/zebra"],
      ["full run", "run", "saves/full"],
    ]);
  });

  it("tells family, size, context and template without reading a weight", async () => {
    await model("models/tiny", {
      "model.safetensors": null,
      "model-00001-of-00002.safetensors": safetensors({ a: { dtype: "BF16", shape: [10, 8] } }),
      "model-00002-of-00002.safetensors": safetensors({ b: { dtype: "BF16", shape: [4] } }),
    });
    expect((await models.list())[0]).toMatchObject({
      family: "qwen2",
      parameters: 84,
      dtype: "bf16",
      context_length: 512,
      template: "qwen",
      supported: true,
      problem: null,
    });
    expect((await models.inspect("models/tiny")).shape).toMatchObject({
      parameters: 84,
      num_attention_heads: 2,
      intermediate_size: 16,
    });
  });

  it("are told the linears that LoRA reaches, by name, without routers, embeddings and norms", async () => {
    const weights = safetensors({
      "model.embed_tokens.weight": { dtype: "F32", shape: [10, 8] },
      "model.layers.0.self_attn.q_proj.weight": { dtype: "F32", shape: [12, 8] },
      "model.layers.1.self_attn.q_proj.weight": { dtype: "F32", shape: [12, 8] },
      "model.layers.0.mlp.gate.weight": { dtype: "F32", shape: [2, 8] },
      "model.layers.0.mlp.experts.0.up_proj.weight": { dtype: "F32", shape: [4, 8] },
      "model.layers.0.mlp.experts.1.up_proj.weight": { dtype: "F32", shape: [4, 8] },
      "model.layers.0.input_layernorm.weight": { dtype: "F32", shape: [8] },
      "lm_head.weight": { dtype: "F32", shape: [10, 8] },
    });
    const experts = { ...config, num_experts: 2, moe_intermediate_size: 4 };
    await model("models/tiny", { "config.json": experts, "model.safetensors": weights });
    expect((await models.inspect("models/tiny")).shape).toMatchObject({
      linearSides: { q_proj: 40, up_proj: 24 },
      intermediate_size: 8,
    });
  });

  it("looks again when a folder changes", async () => {
    await model("models/tiny");
    expect((await models.list())[0]?.problem).toBeNull();
    await model("models/tiny", { "config.json": { ...config, architectures: ["NovelForCausalLM"] } });
    expect((await models.list())[0]?.problem).toMatch(/no NovelForCausalLM; it has LlamaForCausalLM/);
  });
});

describe("a typed path", () => {
  it("may lie anywhere and is told apart from the console's own", async () => {
    await model("elsewhere/mine");
    const absolute = path.join(home, "elsewhere", "mine");
    expect(await models.inspect(absolute)).toMatchObject({
      name: "mine",
      source: "typed",
      path: "elsewhere/mine",
    });
    await model("models/starter");
    expect(await models.inspect("models/starter")).toMatchObject({ source: "starter" });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["without a config", { "config.json": null }, /no config\.json/],
    ["with a broken config", { "config.json": "{" }, /not valid JSON/],
    ["with pickled weights only", { "model.safetensors": null, "pytorch_model.bin": "x" }, /pickled/],
    ["without weights", { "model.safetensors": null }, /no weights/],
    ["without a tokenizer", { "tokenizer.json": null }, /no tokenizer\.json/],
    [
      "that lacks a shard",
      {
        "model.safetensors.index.json": {
          weight_map: { a: "model.safetensors", b: "model-00002-of-00002.safetensors" },
        },
      },
      /Of its 2 weight files 1 is missing: model-00002/,
    ],
    ["that is quantised", { "config.json": { ...config, quantization_config: {} } }, /quantised/],
    [
      "whose weights are cut short",
      { "model.safetensors": Buffer.from([9, 0, 0, 0, 0, 0, 0, 0, 1]) },
      /cut short/,
    ],
    [
      "whose header lies about its length",
      { "model.safetensors": Buffer.alloc(64, 255) },
      /cut short or not a safetensors file/,
    ],
    [
      "whose header is not JSON",
      { "model.safetensors": Buffer.concat([Buffer.from([4, 0, 0, 0, 0, 0, 0, 0]), Buffer.from("abcd")]) },
      /not JSON/,
    ],
  ])("%s is described with the reason", async (_name, files, reason) => {
    await model("models/tiny", files);
    const found = await models.inspect("models/tiny");
    expect(found.supported).toBe(false);
    expect(found.problem).toMatch(reason);
  });

  it("that leads nowhere says so", async () => {
    expect((await models.inspect("models/nothing")).problem).toMatch(/missing or empty/);
  });
});

describe("the template of a model", () => {
  it.each<[string, string, Record<string, unknown>, string | null]>([
    [
      "models/starter",
      "<|im_start|>",
      { model_type: "llama", architectures: ["LlamaForCausalLM"] },
      "chatml",
    ],
    [
      "models/SmolLM2-135M-Instruct",
      "<|im_start|>",
      { model_type: "llama", architectures: ["LlamaForCausalLM"] },
      "smollm2",
    ],
    [
      "models/Llama-3.2-1B",
      "<|start_header_id|>",
      { model_type: "llama", architectures: ["LlamaForCausalLM"] },
      "llama3",
    ],
    [
      "models/TinyLlama",
      "<|user|> <|assistant|>",
      { model_type: "llama", architectures: ["LlamaForCausalLM"] },
      "zephyr",
    ],
    ["models/distill", "<｜Assistant｜></think>", { model_type: "qwen2" }, "deepseekr1"],
    ["models/mistral", "[INST]", { model_type: "mistral", architectures: ["MistralForCausalLM"] }, "mistral"],
    ["models/base", "", { model_type: "llama", architectures: ["LlamaForCausalLM"] }, null],
  ])("of %s is told from its own chat template", async (where, chatTemplate, changed, expected) => {
    await model(where, {
      "config.json": { ...config, ...changed },
      "tokenizer_config.json": {},
      "chat_template.jinja": chatTemplate,
    });
    expect((await models.inspect(where)).template).toBe(expected);
  });
});

describe("the families that the console names", () => {
  it("are those of the embedded trainer", () => {
    expect(EMBEDDED_FAMILIES.map(({ modelType }) => modelType).sort()).toEqual(
      FAMILIES.map(({ modelType }) => modelType).sort(),
    );
    expect(EMBEDDED_FAMILIES.map(({ architecture }) => architecture).sort()).toEqual(
      FAMILIES.flatMap(({ architectures }) => architectures).sort(),
    );
  });
});
