/**
 * Gemma 1: Llama's block with norm weights stored minus one, scaled embeddings that are also the output matrix, and the
 * tanh approximation of GELU. Gemma 2 and 3 begin with these parts.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/gemma/modeling_gemma.py
 */
import { assembleDecoder, type DecoderParts } from "./assemble-decoder";
import type { GatedMlp, NormDesign } from "./block-design";
import type { Family } from "./family";
import { llamaParts, type LlamaVariation } from "./llama";
import { readFlag, readText, type ModelConfig } from "./model-config";

/** Parts that all Gemma families share. */
export function gemmaParts(
  config: ModelConfig,
  { kvHeads, ...variation }: Pick<LlamaVariation, "family" | "window"> & { readonly kvHeads: number },
): DecoderParts {
  const bias = readFlag(config, "attention_bias", false);
  const parts = llamaParts(config, {
    ...variation,
    attentionBias: { qkv: bias, output: bias },
    mlpBias: false,
    defaults: { tied: true, headDim: 256, kvHeads },
  });
  const norm: NormDesign = { ...parts.design.norm, weightOffset: 1 };
  const mlp: GatedMlp = { ...(parts.design.mlp as GatedMlp), activation: gemmaActivation(config) };
  return {
    ...parts,
    // transformers holds the factor in the embedding's own type.
    embedding: { ...parts.embedding, scale: Math.fround(Math.sqrt(parts.hiddenSize)) },
    design: { ...parts.design, norm, mlp },
    finalNorm: { ...parts.finalNorm, norm },
  };
}

/** The first releases say "gelu" in hidden_act and mean the approximation, as transformers knows. */
function gemmaActivation(config: ModelConfig): string {
  const named = readText(config, "hidden_activation", readText(config, "hidden_act", "gelu_pytorch_tanh"));
  return named === "gelu" ? "gelu_pytorch_tanh" : named;
}

export const gemma: Family = {
  modelType: "gemma",
  architectures: ["GemmaForCausalLM"],
  describe: (config) =>
    assembleDecoder(gemmaParts(config, { family: "gemma", window: () => null, kvHeads: 16 })),
};
