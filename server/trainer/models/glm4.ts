/**
 * GLM-4 0414: Llama's block with norms before and after attention and MLP, gate and up in one linear, and rope over
 * neighbouring dimensions of a part of each head.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/glm4/modeling_glm4.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { GatedMlp } from "./block-design";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag } from "./model-config";

export const glm4: Family = {
  modelType: "glm4",
  architectures: ["Glm4ForCausalLM"],
  describe: (config) => {
    const parts = llamaParts(config, {
      family: "glm4",
      attentionBias: { qkv: readFlag(config, "attention_bias", true), output: false },
      mlpBias: false,
      window: () => null,
      defaults: { headDim: 128, kvHeads: 2, epsilon: 1.5625e-7, rotaryShare: 0.5 },
    });
    return assembleDecoder({
      ...parts,
      ropeLayout: "interleaved",
      design: {
        ...parts.design,
        norms: {
          beforeAttention: "input_layernorm",
          afterAttention: "post_self_attn_layernorm",
          beforeMlp: "post_attention_layernorm",
          afterMlp: "post_mlp_layernorm",
        },
        mlp: {
          ...(parts.design.mlp as GatedMlp),
          projections: { gateUp: { module: "mlp.gate_up_proj", bias: false } },
        },
      },
    });
  },
};
