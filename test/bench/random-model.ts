/**
 * Model folders of a given shape with random weights: what speed is measured on. Written once, kept under `.build`.
 */
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { writeModelFolder } from "@/server/trainer/checkpoint/model-folder";
import type { TensorToWrite } from "@/server/trainer/checkpoint/safetensors";

interface Shape {
  readonly model_type: "llama" | "qwen2";
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
}

/** 135m is SmolLM2-135M's shape, 0.5b and 1.5b are Qwen2.5's. */
export const SHAPES = {
  "15m": {
    model_type: "llama",
    hidden_size: 288,
    num_hidden_layers: 6,
    num_attention_heads: 6,
    num_key_value_heads: 6,
    intermediate_size: 768,
    vocab_size: 32000,
  },
  "135m": {
    model_type: "llama",
    hidden_size: 576,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
    intermediate_size: 1536,
    vocab_size: 49152,
  },
  "0.5b": {
    model_type: "qwen2",
    hidden_size: 896,
    num_hidden_layers: 24,
    num_attention_heads: 14,
    num_key_value_heads: 2,
    intermediate_size: 4864,
    vocab_size: 151936,
  },
  "1.5b": {
    model_type: "qwen2",
    hidden_size: 1536,
    num_hidden_layers: 28,
    num_attention_heads: 12,
    num_key_value_heads: 2,
    intermediate_size: 8960,
    vocab_size: 151936,
  },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

/** The folder of a random model of this shape under `root`, with the starter's tokenizer; made where it is missing. */
export async function randomModel(root: string, name: ShapeName, tokenizerFolder: string): Promise<string> {
  const folder = path.join(root, name);
  const shape: Shape = SHAPES[name];
  if (!existsSync(path.join(folder, "model.safetensors"))) {
    await writeModelFolder(folder, {
      config: configOf(shape),
      generationConfig: null,
      tensors: randomTensors(shape),
    });
  }
  for (const file of ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]) {
    await copyFile(path.join(tokenizerFolder, file), path.join(folder, file));
  }
  return folder;
}

function configOf(shape: Shape): Record<string, unknown> {
  return {
    architectures: [shape.model_type === "llama" ? "LlamaForCausalLM" : "Qwen2ForCausalLM"],
    dtype: dtypeOf(shape) === "F32" ? "float32" : "bfloat16",
    hidden_act: "silu",
    max_position_embeddings: 2048,
    rms_norm_eps: 1e-5,
    rope_parameters: { rope_theta: 10000, rope_type: "default" },
    tie_word_embeddings: true,
    ...shape,
  };
}

/** Published models of these sizes are in bfloat16; the small ones are measured against programs that read float32. */
function dtypeOf({ model_type }: Shape): "F32" | "BF16" {
  return model_type === "llama" ? "F32" : "BF16";
}

function randomTensors(shape: Shape): TensorToWrite[] {
  const { hidden_size: C, intermediate_size: F, vocab_size: V } = shape;
  const D = C / shape.num_attention_heads;
  const dtype = dtypeOf(shape);
  const tensors: TensorToWrite[] = [];
  const weight = (name: string, out: number, input: number) =>
    tensors.push({ name, shape: [out, input], dtype, data: () => uniform(name, out * input) });
  const norm = (name: string) =>
    tensors.push({ name, shape: [C], dtype, data: () => new Float32Array(C).fill(1) });
  const bias = (name: string, out: number) =>
    tensors.push({ name, shape: [out], dtype, data: () => uniform(name, out) });

  weight("model.embed_tokens.weight", V, C);
  for (let layer = 0; layer < shape.num_hidden_layers; layer++) {
    const prefix = `model.layers.${layer}`;
    norm(`${prefix}.input_layernorm.weight`);
    weight(`${prefix}.self_attn.q_proj.weight`, shape.num_attention_heads * D, C);
    weight(`${prefix}.self_attn.k_proj.weight`, shape.num_key_value_heads * D, C);
    weight(`${prefix}.self_attn.v_proj.weight`, shape.num_key_value_heads * D, C);
    if (shape.model_type === "qwen2") {
      bias(`${prefix}.self_attn.q_proj.bias`, shape.num_attention_heads * D);
      bias(`${prefix}.self_attn.k_proj.bias`, shape.num_key_value_heads * D);
      bias(`${prefix}.self_attn.v_proj.bias`, shape.num_key_value_heads * D);
    }
    weight(`${prefix}.self_attn.o_proj.weight`, C, shape.num_attention_heads * D);
    norm(`${prefix}.post_attention_layernorm.weight`);
    weight(`${prefix}.mlp.gate_proj.weight`, F, C);
    weight(`${prefix}.mlp.up_proj.weight`, F, C);
    weight(`${prefix}.mlp.down_proj.weight`, C, F);
  }
  norm("model.norm.weight");
  return tensors;
}

/** Uniform with standard deviation 0.02, seeded by the name (xorshift32): the same weights on every machine. */
function uniform(name: string, count: number): Float32Array {
  let state =
    [...name].reduce((hash, char) => Math.imul(hash ^ char.charCodeAt(0), 16777619), 2166136261) | 1;
  const scale = (0.02 * Math.sqrt(3)) / 2 ** 31;
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    values[i] = state * scale;
  }
  return values;
}
