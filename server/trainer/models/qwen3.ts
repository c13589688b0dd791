/**
 * Qwen3: Llama's block with a norm over every head's queries and keys.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/qwen3/modeling_qwen3.py
 */
import { assembleDecoder, type DecoderParts } from "./assemble-decoder";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag, type ModelConfig } from "./model-config";
import { qwenWindows } from "./qwen2";

interface Qwen3Variation {
  readonly family: string;
  /** Per layer: how far attention reaches. */
  readonly window: (layer: number) => number | null;
  /** Heads of keys where config.json says nothing. */
  readonly kvHeads: number;
}

/** Qwen3's parts, which its mixture-of-experts models share but for the MLP. */
export function qwen3Parts(config: ModelConfig, { family, window, kvHeads }: Qwen3Variation): DecoderParts {
  const bias = readFlag(config, "attention_bias", false);
  const parts = llamaParts(config, {
    family,
    attentionBias: { qkv: bias, output: bias },
    mlpBias: false,
    window,
    defaults: { headDim: 128, kvHeads },
  });
  const { attention, norm } = parts.design;
  const queryKeyNorm = { q: "self_attn.q_norm", k: "self_attn.k_norm", over: "head", norm } as const;
  return { ...parts, design: { ...parts.design, attention: { ...attention, queryKeyNorm } } };
}

export const qwen3: Family = {
  modelType: "qwen3",
  architectures: ["Qwen3ForCausalLM"],
  describe: (config) =>
    assembleDecoder(qwen3Parts(config, { family: "qwen3", window: qwenWindows(config), kvHeads: 32 })),
};
