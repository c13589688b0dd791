/**
 * Command R: attention and a gated MLP side by side behind one layer norm without bias, rope over neighbouring
 * dimensions, scaled logits.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/cohere/modeling_cohere.py
 */
import { AppError } from "../../contract/errors";
import { assembleDecoder } from "./assemble-decoder";
import type { NormDesign } from "./block-design";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag, readNumber } from "./model-config";

export const cohere: Family = {
  modelType: "cohere",
  architectures: ["CohereForCausalLM"],
  describe: (config) => {
    if (readFlag(config, "use_qk_norm", false)) {
      throw new AppError(
        "unsupported",
        `${config.file}: Cohere models with "use_qk_norm": true (Command R+) are not supported. Use the llamafactory engine for this model.`,
      );
    }
    const bias = readFlag(config, "attention_bias", false);
    const parts = llamaParts(config, {
      family: "cohere",
      attentionBias: { qkv: bias, output: bias },
      mlpBias: false,
      window: () => null,
      defaults: { tied: true },
    });
    const norm: NormDesign = {
      kind: "layer",
      epsilon: readNumber(config, "layer_norm_eps", 1e-5),
      weightOffset: 0,
      bias: false,
    };
    return assembleDecoder({
      ...parts,
      ropeLayout: "interleaved",
      design: {
        ...parts.design,
        norm,
        norms: { beforeAttention: "input_layernorm", afterAttention: null, beforeMlp: null, afterMlp: null },
        parallel: true,
      },
      finalNorm: { module: "model.norm", norm },
      head: { ...parts.head, scale: readNumber(config, "logit_scale", 0.0625) },
    });
  },
};
