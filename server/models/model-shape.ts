/** The numbers of a model's shape that cost estimates need, under config.json's names. */
import type { ModelFolderFacts } from "./model-folder-facts";

export interface ModelShape {
  parameters: number;
  hidden_size: number;
  intermediate_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  num_key_value_heads: number;
  vocab_size: number;
}

/** null where config.json leaves out what cannot be guessed. */
export function modelShape({ config, parameters }: ModelFolderFacts): ModelShape | null {
  const hidden_size = config?.hidden_size ?? config?.n_embd;
  const num_hidden_layers = config?.num_hidden_layers ?? config?.n_layer;
  if (!config || parameters === null || !hidden_size || !num_hidden_layers) return null;
  const num_attention_heads = config.num_attention_heads ?? 1;
  return {
    parameters,
    hidden_size,
    num_hidden_layers,
    num_attention_heads,
    num_key_value_heads: config.num_key_value_heads ?? num_attention_heads,
    intermediate_size: config.intermediate_size ?? 4 * hidden_size,
    vocab_size: config.vocab_size ?? 32000,
  };
}
