/**
 * Llama 2 and 3, SmolLM, TinyLlama: pre-norm blocks with rotary attention and a gated MLP. Other families begin with
 * Llama's parts and say where they differ.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/llama/modeling_llama.py
 */
import { assembleDecoder, type DecoderParts } from "./assemble-decoder";
import type { BlockDesign, LinearUse, NormDesign } from "./block-design";
import type { Family } from "./family";
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

/** What families with Llama's names differ by most often. */
export interface LlamaVariation {
  readonly family: string;
  readonly attentionBias: { readonly qkv: boolean; readonly output: boolean };
  readonly mlpBias: boolean;
  /** Per layer: how far attention reaches; null: to the start. */
  readonly window: (layer: number) => number | null;
  /** What transformers takes where config.json says nothing. */
  readonly defaults?: {
    readonly tied?: boolean;
    readonly headDim?: number;
    readonly kvHeads?: number;
    readonly epsilon?: number;
    /** Share of a head's dimensions that is rotated. */
    readonly rotaryShare?: number;
  };
}

/** Llama's RMS norm, with config.json's rms_norm_eps. */
export function llamaNorm(config: ModelConfig, epsilon = 1e-6): NormDesign {
  return { kind: "rms", epsilon: readNumber(config, "rms_norm_eps", epsilon), weightOffset: 0, bias: false };
}

/** Llama's tensors, names and block. */
export function llamaParts(config: ModelConfig, variation: LlamaVariation): DecoderParts {
  const { defaults = {} } = variation;
  const { tied = false, epsilon, rotaryShare } = defaults;
  const { heads, kvHeads, headDim } = readHeads(config, defaults);
  const norm = llamaNorm(config, epsilon);
  return {
    family: variation.family,
    vocabSize: readSize(config, "vocab_size"),
    hiddenSize: readSize(config, "hidden_size"),
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
    ropes: { default: readRope(config, headDim, { rotaryShare }) },
    ropeLayout: "half",
    layerCount: readSize(config, "num_hidden_layers"),
    layer: (index) => ({
      prefix: `model.layers.${index}.`,
      rope: "default",
      window: variation.window(index),
    }),
    storedTransposed: false,
    design: llamaDesign(config, { norm, headDim, ...variation }),
    finalNorm: { module: "model.norm", norm },
    head: {
      weight: readFlag(config, "tie_word_embeddings", tied) ? "model.embed_tokens.weight" : "lm_head.weight",
      bias: null,
      scale: 1,
      softcap: null,
    },
  };
}

function llamaDesign(
  config: ModelConfig,
  {
    norm,
    headDim,
    attentionBias,
    mlpBias,
  }: { norm: NormDesign; headDim: number } & Pick<LlamaVariation, "attentionBias" | "mlpBias">,
): BlockDesign {
  const linear = (module: string, bias: boolean): LinearUse => ({ module, bias });
  return {
    norm,
    norms: {
      beforeAttention: "input_layernorm",
      afterAttention: null,
      beforeMlp: "post_attention_layernorm",
      afterMlp: null,
    },
    parallel: false,
    attention: {
      projections: {
        q: linear("self_attn.q_proj", attentionBias.qkv),
        k: linear("self_attn.k_proj", attentionBias.qkv),
        v: linear("self_attn.v_proj", attentionBias.qkv),
      },
      output: linear("self_attn.o_proj", attentionBias.output),
      queryKeyNorm: null,
      scale: () => 1 / Math.sqrt(headDim),
      softcap: null,
    },
    mlp: {
      kind: "gated",
      projections: { gate: linear("mlp.gate_proj", mlpBias), up: linear("mlp.up_proj", mlpBias) },
      down: linear("mlp.down_proj", mlpBias),
      width: readSize(config, "intermediate_size"),
      activation: readText(config, "hidden_act", "silu"),
    },
    residualScale: 1,
  };
}

export const llama: Family = {
  modelType: "llama",
  architectures: ["LlamaForCausalLM"],
  describe: (config) => {
    const bias = readFlag(config, "attention_bias", false);
    return assembleDecoder(
      llamaParts(config, {
        family: "llama",
        attentionBias: { qkv: bias, output: bias },
        mlpBias: readFlag(config, "mlp_bias", false),
        window: () => null,
      }),
    );
  },
};
