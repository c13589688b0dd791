/**
 * GPT-2: pre-norm blocks with layer norms, learned positions, one linear for queries, keys and values, a plain MLP.
 * Its linears are stored as [inputs, outputs].
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/gpt2/modeling_gpt2.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { LinearUse, NormDesign } from "./block-design";
import type { Family } from "./family";
import { readFlag, readNumber, readSize, readText } from "./model-config";

export const gpt2: Family = {
  modelType: "gpt2",
  architectures: ["GPT2LMHeadModel"],
  describe: (config) => {
    const C = readSize(config, "n_embd", 768);
    const heads = readSize(config, "n_head", 12);
    const headDim = Math.floor(C / heads);
    const contextLength = readSize(config, "n_positions", 1024);
    const norm: NormDesign = {
      kind: "layer",
      epsilon: readNumber(config, "layer_norm_epsilon", 1e-5),
      weightOffset: 0,
      bias: true,
    };
    const linear = (module: string): LinearUse => ({ module, bias: true });
    const scale = readFlag(config, "scale_attn_weights", true) ? 1 / Math.sqrt(headDim) : 1;
    const byDepth = readFlag(config, "scale_attn_by_inverse_layer_idx", false);
    const tied = readFlag(config, "tie_word_embeddings", true);
    return assembleDecoder({
      family: "gpt2",
      vocabSize: readSize(config, "vocab_size"),
      hiddenSize: C,
      heads,
      kvHeads: heads,
      headDim,
      contextLength,
      embedding: {
        weight: "transformer.wte.weight",
        scale: 1,
        paddingId: null,
        positions: { weight: "transformer.wpe.weight", count: contextLength },
      },
      ropes: {},
      ropeLayout: "half",
      layerCount: readSize(config, "n_layer", 12),
      layer: (index) => ({ prefix: `transformer.h.${index}.`, rope: null, window: null }),
      storedTransposed: true,
      design: {
        norm,
        norms: { beforeAttention: "ln_1", afterAttention: null, beforeMlp: "ln_2", afterMlp: null },
        parallel: false,
        attention: {
          projections: { qkv: linear("attn.c_attn") },
          output: linear("attn.c_proj"),
          queryKeyNorm: null,
          scale: (layer) => (byDepth ? scale / (layer + 1) : scale),
          softcap: null,
        },
        mlp: {
          kind: "plain",
          up: linear("mlp.c_fc"),
          down: linear("mlp.c_proj"),
          width: readSize(config, "n_inner", 4 * C),
          activation: readText(config, "activation_function", "gelu_new"),
        },
        residualScale: 1,
      },
      finalNorm: { module: "transformer.ln_f", norm },
      head: {
        weight: tied ? "transformer.wte.weight" : "lm_head.weight",
        bias: null,
        scale: 1,
        softcap: null,
      },
    });
  },
};
