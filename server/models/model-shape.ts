/** A model's shape for cost estimates: from a folder's config and tensors, or from config.json alone. */
import type { ModelShape } from "@/server/contract/model-shape";
import type { ModelConfigFacts, ModelFolderFacts } from "./model-folder-facts";

/** null where config.json leaves out what cannot be guessed. */
export function modelShape({
  config,
  parameters,
  linearSides,
  linearParameters,
  hasHead,
}: ModelFolderFacts): ModelShape | null {
  const sizes = config && layerSizes(config);
  if (!sizes || parameters === null) return null;
  const { hidden_size, num_hidden_layers, num_attention_heads, intermediate_size, vocab_size } = sizes;
  return {
    parameters,
    hidden_size,
    num_hidden_layers,
    num_attention_heads,
    intermediate_size,
    vocab_size,
    linearSides,
    linear_parameters: linearParameters,
    tied_head: !hasHead,
  };
}

/**
 * The shape that config.json promises, for models that nobody has downloaded yet: a decoder of the llama kind, within a
 * percent of what its weights will be.
 */
export function shapeOfConfig(config: ModelConfigFacts): ModelShape | null {
  const sizes = layerSizes(config);
  if (!sizes) return null;
  const { hidden_size: d, num_hidden_layers: layers, intermediate_size: ff, vocab_size } = sizes;
  const heads = sizes.num_attention_heads;
  const headSize = config.head_dim ?? d / heads;
  const [q, kv] = [heads * headSize, (config.num_key_value_heads ?? heads) * headSize];
  const linears: [name: string, inputs: number, outputs: number][] = [
    ["q_proj", d, q],
    ["k_proj", d, kv],
    ["v_proj", d, kv],
    ["o_proj", q, d],
    ["gate_proj", d, ff],
    ["up_proj", d, ff],
    ["down_proj", ff, d],
  ];
  const linear_parameters = layers * linears.reduce((sum, [, inputs, outputs]) => sum + inputs * outputs, 0);
  const tied_head = config.tie_word_embeddings ?? false;
  return {
    parameters: linear_parameters + vocab_size * d * (tied_head ? 1 : 2) + (2 * layers + 1) * d,
    hidden_size: d,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: ff,
    vocab_size,
    linearSides: Object.fromEntries(
      linears.map(([name, inputs, outputs]) => [name, layers * (inputs + outputs)]),
    ),
    linear_parameters,
    tied_head,
  };
}

function layerSizes(config: ModelConfigFacts) {
  const hidden_size = config.hidden_size ?? config.n_embd;
  const num_hidden_layers = config.num_hidden_layers ?? config.n_layer;
  if (!hidden_size || !num_hidden_layers) return null;
  return {
    hidden_size,
    num_hidden_layers,
    num_attention_heads: config.num_attention_heads ?? config.n_head ?? 1,
    intermediate_size: mlpWidth(config) ?? 4 * hidden_size,
    vocab_size: config.vocab_size ?? 32000,
  };
}

function mlpWidth(config: ModelConfigFacts): number | null {
  const experts = config.num_experts ?? config.num_local_experts;
  if (experts && config.moe_intermediate_size) return experts * config.moe_intermediate_size;
  return config.intermediate_size ?? config.n_inner ?? null;
}
