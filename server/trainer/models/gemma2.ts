/**
 * Gemma 2: Gemma with norms before and after attention and MLP, soft caps on scores and logits, and a sliding window in
 * every other layer.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/gemma2/modeling_gemma2.py
 */
import { assembleDecoder, type DecoderParts } from "./assemble-decoder";
import type { BlockDesign } from "./block-design";
import type { Family } from "./family";
import { gemmaParts } from "./gemma";
import { readLayerTypes, readNumber, readOptionalNumber, readSize, type ModelConfig } from "./model-config";

/** Where Gemma 2 and 3 have their norms. */
const SANDWICH_NORMS: BlockDesign["norms"] = {
  beforeAttention: "input_layernorm",
  afterAttention: "post_attention_layernorm",
  beforeMlp: "pre_feedforward_layernorm",
  afterMlp: "post_feedforward_layernorm",
};

/**
 * What Gemma 2 and 3 share: norms on both sides, scores scaled by query_pre_attn_scalar, soft caps.
 * @param caps those of files that do not mention them; null in a file means none
 * @param slides whether a layer slides in files without layer_types
 */
export function gemma2Parts(
  config: ModelConfig,
  {
    family,
    caps,
    slides,
  }: {
    family: string;
    caps: { attention: number | null; logits: number | null };
    slides: (layer: number) => boolean;
  },
): DecoderParts {
  const types = readLayerTypes(config, readSize(config, "num_hidden_layers"));
  const slidesAt = (layer: number): boolean => (types ? types[layer] === "sliding_attention" : slides(layer));
  const window = readSize(config, "sliding_window", 4096);
  const parts = gemmaParts(config, {
    ...{ family, kvHeads: 4 },
    window: (layer) => (slidesAt(layer) ? window : null),
  });
  const scale = 1 / Math.sqrt(readNumber(config, "query_pre_attn_scalar", 256));
  const cap = (key: string, usual: number | null): number | null =>
    key in config.values ? readOptionalNumber(config, key) : usual;
  const softcap = cap("attn_logit_softcapping", caps.attention);
  return {
    ...parts,
    design: {
      ...parts.design,
      norms: SANDWICH_NORMS,
      attention: { ...parts.design.attention, scale: () => scale, softcap },
    },
    head: { ...parts.head, softcap: cap("final_logit_softcapping", caps.logits) },
  };
}

export const gemma2: Family = {
  modelType: "gemma2",
  architectures: ["Gemma2ForCausalLM"],
  describe: (config) =>
    assembleDecoder(
      gemma2Parts(config, {
        family: "gemma2",
        caps: { attention: 50, logits: 30 },
        slides: (layer) => layer % 2 === 0,
      }),
    ),
};
