/**
 * Phi 1 and 2: attention and a plain MLP side by side behind one layer norm, rope on a part of each head, biases
 * everywhere, the output matrix included.
 * https://github.com/huggingface/transformers/blob/main/src/transformers/models/phi/modeling_phi.py
 */
import { assembleDecoder } from "./assemble-decoder";
import type { LinearUse, NormDesign } from "./block-design";
import type { Family } from "./family";
import { llamaParts } from "./llama";
import { readFlag, readNumber, readSize, readText } from "./model-config";

export const phi: Family = {
  modelType: "phi",
  architectures: ["PhiForCausalLM"],
  describe: (config) => {
    const parts = llamaParts(config, {
      family: "phi",
      attentionBias: { qkv: true, output: true },
      mlpBias: true,
      window: () => null,
      defaults: { rotaryShare: 0.5 },
    });
    const norm: NormDesign = {
      kind: "layer",
      epsilon: readNumber(config, "layer_norm_eps", 1e-5),
      weightOffset: 0,
      bias: true,
    };
    const linear = (module: string): LinearUse => ({ module, bias: true });
    const queryKeyNorm = {
      q: "self_attn.q_layernorm",
      k: "self_attn.k_layernorm",
      over: "head",
      norm,
    } as const;
    return assembleDecoder({
      ...parts,
      design: {
        ...parts.design,
        norm,
        norms: { beforeAttention: "input_layernorm", afterAttention: null, beforeMlp: null, afterMlp: null },
        parallel: true,
        attention: {
          ...parts.design.attention,
          output: linear("self_attn.dense"),
          queryKeyNorm: readFlag(config, "qk_layernorm", false) ? queryKeyNorm : null,
        },
        mlp: {
          kind: "plain",
          up: linear("mlp.fc1"),
          down: linear("mlp.fc2"),
          width: readSize(config, "intermediate_size"),
          activation: readText(config, "hidden_act", "gelu_new"),
        },
      },
      finalNorm: { module: "model.final_layernorm", norm },
      head: { ...parts.head, bias: "lm_head.bias" },
    });
  },
};
