/**
 * Qwen2, Qwen2.5, DeepSeek-R1-Distill-Qwen: Llama's block with biased queries, keys and values, and a sliding window
 * in the layers that config.json says.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/qwen2/modeling_qwen2.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import {
  readFlag,
  readLayerTypes,
  readNumber,
  readOptionalNumber,
  readSize,
  type ModelConfig,
} from "./model-config";

/** Which layers slide: layer_types, or in older files use_sliding_window from layer max_window_layers on. */
export function qwenWindows(config: ModelConfig): (layer: number) => number | null {
  const window = readFlag(config, "use_sliding_window", false)
    ? readNumber(config, "sliding_window", 4096)
    : null;
  const layers = readSize(config, "num_hidden_layers");
  const types = readLayerTypes(config, layers);
  const firstSliding = readOptionalNumber(config, "max_window_layers") ?? 28;
  return (layer) => {
    const slides = types ? types[layer] === "sliding_attention" : layer >= firstSliding;
    return slides ? window : null;
  };
}

export const qwen2: Family = {
  modelType: "qwen2",
  architectures: ["Qwen2ForCausalLM"],
  describe: (config) =>
    assembleDecoder(
      llamaParts(config, {
        family: "qwen2",
        attentionBias: { qkv: true, output: false },
        mlpBias: false,
        window: qwenWindows(config),
        defaults: { kvHeads: 32 },
      }),
    ),
};
