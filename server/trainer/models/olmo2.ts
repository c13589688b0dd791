/**
 * OLMo 2: Llama's block with its norms behind attention and MLP instead of before them, and a norm over all queries and
 * all keys at once.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/olmo2/modeling_olmo2.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag } from "./model-config";

export const olmo2: Family = {
  modelType: "olmo2",
  architectures: ["Olmo2ForCausalLM"],
  describe: (config) => {
    const bias = readFlag(config, "attention_bias", false);
    const parts = llamaParts(config, {
      family: "olmo2",
      attentionBias: { qkv: bias, output: bias },
      mlpBias: false,
      window: () => null,
      defaults: { epsilon: 1e-5 },
    });
    const { attention, norm } = parts.design;
    const queryKeyNorm = { q: "self_attn.q_norm", k: "self_attn.k_norm", over: "all", norm } as const;
    return assembleDecoder({
      ...parts,
      design: {
        ...parts.design,
        norms: {
          beforeAttention: null,
          afterAttention: "post_attention_layernorm",
          beforeMlp: null,
          afterMlp: "post_feedforward_layernorm",
        },
        attention: { ...attention, queryKeyNorm },
      },
    });
  },
};
