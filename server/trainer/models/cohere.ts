/**
 * Command R: attention and a gated MLP side by side behind one layer norm without bias, rope over neighbouring
 * dimensions, scaled logits.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/cohere/modeling_cohere.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { NormDesign } from "./block-design";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag, readNumber } from "./model-config";

export const cohere: Family = {
  modelType: "cohere",
  architectures: ["CohereForCausalLM"],
  describe: (config) => {
    const bias = readFlag(config, "attention_bias", false);
    const parts = llamaParts(config, {
      family: "cohere",
      attentionBias: { qkv: bias, output: bias },
      mlpBias: false,
      window: () => null,
      defaults: { tied: true },
    });
    const norm: NormDesign = {
      kind: "layer",
      epsilon: readNumber(config, "layer_norm_eps", 1e-5),
      weightOffset: 0,
      bias: false,
    };
    // Command R+ standardises queries and keys, each head with weights of its own.
    const queryKeyNorm = readFlag(config, "use_qk_norm", false)
      ? ({ q: "self_attn.q_norm", k: "self_attn.k_norm", over: "own head", norm } as const)
      : null;
    return assembleDecoder({
      ...parts,
      ropeLayout: "interleaved",
      design: {
        ...parts.design,
        norm,
        attention: { ...parts.design.attention, queryKeyNorm },
        norms: { beforeAttention: "input_layernorm", afterAttention: null, beforeMlp: null, afterMlp: null },
        parallel: true,
      },
      finalNorm: { module: "model.norm", norm },
      head: { ...parts.head, scale: readNumber(config, "logit_scale", 0.0625) },
    });
  },
};
