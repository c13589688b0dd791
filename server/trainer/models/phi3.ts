/**
 * Phi 3 and 4: Llama's block with queries, keys and values in one linear and gate and up in another, which stay as they
 * are stored; long contexts by longrope.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/phi3/modeling_phi3.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { GatedMlp } from "./block-design";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readOptionalNumber } from "./model-config";

export const phi3: Family = {
  modelType: "phi3",
  architectures: ["Phi3ForCausalLM"],
  describe: (config) => {
    const window = readOptionalNumber(config, "sliding_window");
    const parts = llamaParts(config, {
      family: "phi3",
      attentionBias: { qkv: false, output: false },
      mlpBias: false,
      window: () => window,
      defaults: { epsilon: 1e-5 },
    });
    const { attention, mlp } = parts.design;
    return assembleDecoder({
      ...parts,
      design: {
        ...parts.design,
        attention: {
          ...attention,
          projections: { qkv: { module: "self_attn.qkv_proj", bias: false } },
        },
        mlp: {
          ...(mlp as GatedMlp),
          projections: { gateUp: { module: "mlp.gate_up_proj", bias: false } },
        },
      },
    });
  },
};
