/**
 * Llama 2 and 3, SmolLM, TinyLlama: pre-norm blocks with rotary attention and a gated MLP. `describeLlamaLike` also
 * serves the families that differ from it by a bias or a window.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/llama/modeling_llama.py
 */
import * as tf from "@tensorflow/tfjs-core";
import { activation } from "../nn/activation";
import { attend, splitHeads } from "../nn/attention";
import { rmsNorm } from "../nn/norm";
import { applyRope } from "../nn/rope";
import type { BlockScope, Decoder, Family } from "./family";
import {
  readFlag,
  readHeads,
  readNumber,
  readOptionalNumber,
  readRope,
  readSize,
  readText,
  type ModelConfig,
} from "./model-config";

export interface LlamaVariation {
  readonly family: string;
  readonly attentionBias: { readonly qkv: boolean; readonly output: boolean };
  readonly mlpBias: boolean;
  /** Per layer: how far attention reaches; null: to the start. */
  readonly window: (layer: number) => number | null;
}

/** A decoder with Llama's tensors, names and block. */
export function describeLlamaLike(config: ModelConfig, variation: LlamaVariation): Decoder {
  const C = readSize(config, "hidden_size");
  const width = readSize(config, "intermediate_size");
  const V = readSize(config, "vocab_size");
  const { heads, kvHeads, headDim } = readHeads(config);
  const epsilon = readNumber(config, "rms_norm_eps", 1e-6);
  const act = activation(readText(config, "hidden_act", "silu"));
  const { qkv, output } = variation.attentionBias;
  const mlpBias = variation.mlpBias;

  const block = (x: tf.Tensor, scope: BlockScope): tf.Tensor => {
    const layout = { B: scope.B, T: scope.T, heads, kvHeads, headDim };
    const h = rmsNorm(x, scope.weight("input_layernorm.weight"), epsilon);
    const q = applyRope(splitHeads(scope.linear("self_attn.q_proj", h), layout, heads), scope.rope!, "half");
    const k = applyRope(
      splitHeads(scope.linear("self_attn.k_proj", h), layout, kvHeads),
      scope.rope!,
      "half",
    );
    const v = splitHeads(scope.linear("self_attn.v_proj", h), layout, kvHeads);
    const mixed = attend({ q, k, v, mask: scope.mask, scale: 1 / Math.sqrt(headDim) }, layout);
    const attended = tf.add(x, scope.linear("self_attn.o_proj", mixed));
    const m = rmsNorm(attended, scope.weight("post_attention_layernorm.weight"), epsilon);
    const gated = tf.mul(act(scope.linear("mlp.gate_proj", m)), scope.linear("mlp.up_proj", m));
    return tf.add(attended, scope.linear("mlp.down_proj", gated));
  };

  return {
    family: variation.family,
    vocabSize: V,
    hiddenSize: C,
    heads,
    kvHeads,
    headDim,
    contextLength: readSize(config, "max_position_embeddings", 2048),
    embedding: {
      weight: "model.embed_tokens.weight",
      scale: 1,
      paddingId: readOptionalNumber(config, "pad_token_id"),
      positions: null,
    },
    ropes: { default: readRope(config, headDim) },
    ropeLayout: "half",
    layers: Array.from({ length: readSize(config, "num_hidden_layers") }, (_, layer) => ({
      prefix: `model.layers.${layer}.`,
      rope: "default",
      window: variation.window(layer),
    })),
    linears: {
      "self_attn.q_proj": { inputs: C, outputs: heads * headDim, bias: qkv },
      "self_attn.k_proj": { inputs: C, outputs: kvHeads * headDim, bias: qkv },
      "self_attn.v_proj": { inputs: C, outputs: kvHeads * headDim, bias: qkv },
      "self_attn.o_proj": { inputs: heads * headDim, outputs: C, bias: output },
      "mlp.gate_proj": { inputs: C, outputs: width, bias: mlpBias },
      "mlp.up_proj": { inputs: C, outputs: width, bias: mlpBias },
      "mlp.down_proj": { inputs: width, outputs: C, bias: mlpBias },
    },
    tensors: { "input_layernorm.weight": [C], "post_attention_layernorm.weight": [C] },
    block,
    head: {
      tensors: { "model.norm.weight": [C] },
      norm: (x, weight) => rmsNorm(x, weight("model.norm.weight"), epsilon),
      weight: readFlag(config, "tie_word_embeddings", false) ? "model.embed_tokens.weight" : "lm_head.weight",
      bias: null,
      transform: null,
    },
  };
}

export const llama: Family = {
  modelType: "llama",
  architectures: ["LlamaForCausalLM"],
  describe: (config) => {
    const bias = readFlag(config, "attention_bias", false);
    return describeLlamaLike(config, {
      family: "llama",
      attentionBias: { qkv: bias, output: bias },
      mlpBias: readFlag(config, "mlp_bias", false),
      window: () => null,
    });
  },
};
