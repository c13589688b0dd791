/**
 * Granite 3: Llama's block with a multiplier each on embeddings, scores, residuals and logits.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/granite/modeling_granite.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag, readNumber } from "./model-config";

export const granite: Family = {
  modelType: "granite",
  architectures: ["GraniteForCausalLM"],
  describe: (config) => {
    const bias = readFlag(config, "attention_bias", false);
    const parts = llamaParts(config, {
      family: "granite",
      attentionBias: { qkv: bias, output: bias },
      mlpBias: readFlag(config, "mlp_bias", false),
      window: () => null,
    });
    const scale = readNumber(config, "attention_multiplier", 1);
    return assembleDecoder({
      ...parts,
      embedding: { ...parts.embedding, scale: readNumber(config, "embedding_multiplier", 1) },
      design: {
        ...parts.design,
        attention: { ...parts.design.attention, scale: () => scale },
        residualScale: readNumber(config, "residual_multiplier", 1),
      },
      head: { ...parts.head, scale: 1 / readNumber(config, "logits_scaling", 1) },
    });
  },
};
