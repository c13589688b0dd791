/**
 * Qwen3: Llama's block with a norm over every head's queries and keys.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/qwen3/modeling_qwen3.py
 */
import { assembleDecoder, type DecoderParts } from "./assemble-decoder";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag, type ModelConfig } from "./model-config";
import { qwenWindows } from "./qwen2";

/** Qwen3's parts, which its mixture-of-experts models share but for the MLP. */
export function qwen3Parts(config: ModelConfig, family: string): DecoderParts {
  const bias = readFlag(config, "attention_bias", false);
  const parts = llamaParts(config, {
    family,
    attentionBias: { qkv: bias, output: bias },
    mlpBias: false,
    window: qwenWindows(config),
    defaults: { headDim: 128 },
  });
  const { attention, norm } = parts.design;
  const queryKeyNorm = { q: "self_attn.q_norm", k: "self_attn.k_norm", over: "head", norm } as const;
  return { ...parts, design: { ...parts.design, attention: { ...attention, queryKeyNorm } } };
}

export const qwen3: Family = {
  modelType: "qwen3",
  architectures: ["Qwen3ForCausalLM"],
  describe: (config) => assembleDecoder(qwen3Parts(config, "qwen3")),
};
