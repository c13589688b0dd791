/**
 * SmolLM3: Llama's block, without rope in the layers that config.json says (every fourth one).
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/smollm3/modeling_smollm3.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag, readLayerTypes, readOptionalNumber, readSize, type ModelConfig } from "./model-config";

/** Per layer: whether it rotates. no_rope_layers says 1 for the layers that do. */
function rotatingLayers(config: ModelConfig): (layer: number) => boolean {
  const listed = config.values["no_rope_layers"];
  const interval = readSize(config, "no_rope_layer_interval", 4);
  return (layer) => (Array.isArray(listed) ? Boolean(listed[layer]) : (layer + 1) % interval !== 0);
}

export const smollm3: Family = {
  modelType: "smollm3",
  architectures: ["SmolLM3ForCausalLM"],
  describe: (config) => {
    const rotates = rotatingLayers(config);
    const types = readLayerTypes(config, readSize(config, "num_hidden_layers"));
    const window = readFlag(config, "use_sliding_window", false)
      ? readOptionalNumber(config, "sliding_window")
      : null;
    const slides = (layer: number): boolean =>
      types ? types[layer] === "sliding_attention" : !rotates(layer);
    const bias = readFlag(config, "attention_bias", false);
    const parts = llamaParts(config, {
      family: "smollm3",
      attentionBias: { qkv: bias, output: bias },
      mlpBias: readFlag(config, "mlp_bias", false),
      window: (layer) => (slides(layer) ? window : null),
      defaults: { tied: true, kvHeads: 4 },
    });
    return assembleDecoder({
      ...parts,
      layer: (index) => ({ ...parts.layer(index), rope: rotates(index) ? "default" : null }),
    });
  },
};
