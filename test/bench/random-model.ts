/**
 * Model folders of a given shape with random weights: what speed is measured on. Written once, kept under `.build`.
 */
import { existsSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { writeModelFolder } from "@/server/trainer/checkpoint/model-folder";
import type { TensorToWrite } from "@/server/trainer/checkpoint/safetensors";

interface Shape {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly num_key_value_heads: number;
  readonly intermediate_size: number;
  readonly vocab_size: number;
}

/** The llama shapes of the design's measurements; 135m is SmolLM2-135M's. */
export const SHAPES = {
  "15m": {
    hidden_size: 288,
    num_hidden_layers: 6,
    num_attention_heads: 6,
    num_key_value_heads: 6,
    intermediate_size: 768,
    vocab_size: 32000,
  },
  "135m": {
    hidden_size: 576,
    num_hidden_layers: 30,
    num_attention_heads: 9,
    num_key_value_heads: 3,
    intermediate_size: 1536,
    vocab_size: 49152,
  },
} as const satisfies Record<string, Shape>;

export type ShapeName = keyof typeof SHAPES;

/** The folder of a random model of this shape under `root`, with the starter's tokenizer; made where it is missing. */
export async function randomModel(root: string, name: ShapeName, tokenizerFolder: string): Promise<string> {
  const folder = path.join(root, name);
  const shape: Shape = SHAPES[name];
  if (!existsSync(path.join(folder, "model.safetensors"))) {
    await writeModelFolder(folder, {
      config: llamaConfig(shape),
      generationConfig: null,
      tensors: randomTensors(shape),
    });
  }
  for (const file of ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja"]) {
    await copyFile(path.join(tokenizerFolder, file), path.join(folder, file));
  }
  return folder;
}

function llamaConfig(shape: Shape): Record<string, unknown> {
  return {
    architectures: ["LlamaForCausalLM"],
    model_type: "llama",
    dtype: "float32",
    hidden_act: "silu",
    max_position_embeddings: 2048,
    rms_norm_eps: 1e-5,
    rope_parameters: { rope_theta: 10000, rope_type: "default" },
    tie_word_embeddings: true,
    ...shape,
  };
}

function randomTensors(shape: Shape): TensorToWrite[] {
  const { hidden_size: C, intermediate_size: F, vocab_size: V } = shape;
  const D = C / shape.num_attention_heads;
  const tensors: TensorToWrite[] = [];
  const weight = (name: string, out: number, input: number) =>
    tensors.push({ name, shape: [out, input], dtype: "F32", data: () => uniform(name, out * input) });
  const norm = (name: string) =>
    tensors.push({ name, shape: [C], dtype: "F32", data: () => new Float32Array(C).fill(1) });

  weight("model.embed_tokens.weight", V, C);
  for (let layer = 0; layer < shape.num_hidden_layers; layer++) {
    const prefix = `model.layers.${layer}`;
    norm(`${prefix}.input_layernorm.weight`);
    weight(`${prefix}.self_attn.q_proj.weight`, shape.num_attention_heads * D, C);
    weight(`${prefix}.self_attn.k_proj.weight`, shape.num_key_value_heads * D, C);
    weight(`${prefix}.self_attn.v_proj.weight`, shape.num_key_value_heads * D, C);
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
  return Float32Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state * scale;
  });
}
