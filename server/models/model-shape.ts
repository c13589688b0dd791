/** The numbers of a model's shape that cost estimates need, mostly under config.json's names. */
import type { ModelConfigFacts, ModelFolderFacts } from "./model-folder-facts";

export interface ModelShape {
  parameters: number;
  hidden_size: number;
  /** Elements that a block's MLP holds per token: of all experts, because each of them computes every token. */
  intermediate_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  vocab_size: number;
  /** As in ModelFolderFacts. */
  linearSides: Record<string, number>;
}

/** null where config.json leaves out what cannot be guessed. */
export function modelShape({ config, parameters, linearSides }: ModelFolderFacts): ModelShape | null {
  const hidden_size = config?.hidden_size ?? config?.n_embd;
  const num_hidden_layers = config?.num_hidden_layers ?? config?.n_layer;
  if (!config || parameters === null || !hidden_size || !num_hidden_layers) return null;
  return {
    parameters,
    hidden_size,
    num_hidden_layers,
    num_attention_heads: config.num_attention_heads ?? config.n_head ?? 1,
    intermediate_size: mlpWidth(config) ?? 4 * hidden_size,
    vocab_size: config.vocab_size ?? 32000,
    linearSides,
  };
}

function mlpWidth(config: ModelConfigFacts): number | null {
  const experts = config.num_experts ?? config.num_local_experts;
  if (experts && config.moe_intermediate_size) return experts * config.moe_intermediate_size;
  return config.intermediate_size ?? config.n_inner ?? null;
}
