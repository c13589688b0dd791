/**
 * Qwen3's mixture-of-experts models: Qwen3 with a router and experts in place of the MLP. Tensors are one per expert, as
 * in the hub's files. The router is no linear that adapters reach.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/qwen3_moe/modeling_qwen3_moe.py
 */
import { AppError } from "../../contract/errors";
import { assembleDecoder } from "./assemble-decoder";
import type { GatedMlp } from "./block-design";
import type { Family } from "./family";
import { readFlag, readNumber, readSize, readText, type ModelConfig } from "./model-config";
import { qwen3Parts } from "./qwen3";

/** @throws AppError unsupported where some layers have experts and some have not */
function requireExpertsEverywhere(config: ModelConfig): void {
  const dense = config.values["mlp_only_layers"];
  if (readSize(config, "decoder_sparse_step", 1) === 1 && !(Array.isArray(dense) && dense.length > 0)) return;
  throw new AppError(
    "unsupported",
    `${config.file}: models with experts in some layers only (decoder_sparse_step, mlp_only_layers) are not supported. Use the llamafactory engine for this model.`,
  );
}

export const qwen3Moe: Family = {
  modelType: "qwen3_moe",
  architectures: ["Qwen3MoeForCausalLM"],
  describe: (config) => {
    requireExpertsEverywhere(config);
    // Where there is a window at all, every layer slides: transformers looks at no max_window_layers here.
    const window = readFlag(config, "use_sliding_window", false)
      ? readNumber(config, "sliding_window", 4096)
      : null;
    const parts = qwen3Parts(config, { family: "qwen3_moe", window: () => window, kvHeads: 4 });
    // transformers 5 writes num_local_experts where the hub's files say num_experts.
    const count = readSize(config, "num_experts", readSize(config, "num_local_experts", 128));
    const expert = (index: number): GatedMlp => {
      const linear = (name: string) => ({ module: `mlp.experts.${index}.${name}`, bias: false });
      return {
        kind: "gated",
        projections: { gate: linear("gate_proj"), up: linear("up_proj") },
        down: linear("down_proj"),
        width: readSize(config, "moe_intermediate_size", 768),
        activation: readText(config, "hidden_act", "silu"),
      };
    };
    return assembleDecoder({
      ...parts,
      design: {
        ...parts.design,
        mlp: {
          kind: "experts",
          router: "mlp.gate.weight",
          experts: Array.from({ length: count }, (_, index) => expert(index)),
          chosen: readSize(config, "num_experts_per_tok", 8),
          normalized: readFlag(config, "norm_topk_prob", false),
        },
      },
    });
  },
};
