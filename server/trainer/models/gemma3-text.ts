/**
 * Gemma 3's text models: Gemma 2's block with norms over queries and keys instead of soft caps, and two ropes, one for
 * layers that slide and one for those that see everything.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/gemma3/modeling_gemma3.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { Decoder, Family } from "./family";
import { gemma2Parts } from "./gemma2";
import { readNumber, readRope, readSize, type ModelConfig } from "./model-config";

const GLOBAL_THETA = 1_000_000;
const LOCAL_THETA = 10_000;

/** Ropes by layer type. In transformers 4's spelling, rope_scaling concerns the global one only. */
function gemma3Ropes(config: ModelConfig, headDim: number): Decoder["ropes"] {
  const sliding: ModelConfig = config.values["rope_parameters"]
    ? config
    : {
        file: config.file,
        values: {
          max_position_embeddings: config.values["max_position_embeddings"],
          rope_theta: readNumber(config, "rope_local_base_freq", LOCAL_THETA),
        },
      };
  return {
    full_attention: readRope(config, headDim, { section: "full_attention", theta: GLOBAL_THETA }),
    sliding_attention: readRope(sliding, headDim, { section: "sliding_attention", theta: LOCAL_THETA }),
  };
}

export const gemma3Text: Family = {
  modelType: "gemma3_text",
  architectures: ["Gemma3ForCausalLM"],
  describe: (config) => {
    // One layer in `pattern` sees everything.
    const pattern = readSize(config, "sliding_window_pattern", 6);
    const parts = gemma2Parts(config, {
      family: "gemma3_text",
      caps: { attention: null, logits: null },
      slides: (layer) => (layer + 1) % pattern !== 0,
    });
    const { attention, norm } = parts.design;
    const queryKeyNorm = { q: "self_attn.q_norm", k: "self_attn.k_norm", over: "head", norm } as const;
    return assembleDecoder({
      ...parts,
      ropes: gemma3Ropes(config, parts.headDim),
      layer: (index) => {
        const layer = parts.layer(index);
        return { ...layer, rope: layer.window === null ? "full_attention" : "sliding_attention" };
      },
      // transformers reads attn_logit_softcapping for these models and never applies it.
      design: { ...parts.design, attention: { ...attention, queryKeyNorm, softcap: null } },
    });
  },
};
