/**
 * Mistral 7B and its kin: Llama's block with attention that reaches `sliding_window` tokens back.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/mistral/modeling_mistral.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readOptionalNumber } from "./model-config";

export const mistral: Family = {
  modelType: "mistral",
  architectures: ["MistralForCausalLM"],
  describe: (config) => {
    const window = "sliding_window" in config.values ? readOptionalNumber(config, "sliding_window") : 4096;
    return assembleDecoder(
      llamaParts(config, {
        family: "mistral",
        attentionBias: { qkv: false, output: false },
        mlpBias: false,
        window: () => window,
        defaults: { kvHeads: 8 },
      }),
    );
  },
};
