/**
 * What the decode graph needs to know of a model beyond the family's description: which linears are multiplied as one,
 * the norm's epsilon and the activation. Covers the families whose block is Llama's; names the others as not there yet.
 */
import path from "node:path";
import { AppError } from "../../contract/errors";
import { CONFIG_FILE, type ModelFolder } from "../checkpoint/model-folder";
import type { Decoder, LayerDescription } from "../models/family";
import { readNumber, readText } from "../models/model-config";
import { describeDecoder } from "../models/registry";

/** Families with Llama's block: pre-norm, rotary grouped-query attention, gated MLP. */
const LLAMA_LIKE: readonly string[] = ["llama", "mistral", "qwen2"];

/** Activations that the decode graph has, by Hugging Face's names. */
const ACTIVATIONS = {
  silu: "silu",
  swish: "silu",
  gelu: "gelu",
  gelu_new: "gelu_tanh",
  gelu_pytorch_tanh: "gelu_tanh",
  gelu_fast: "gelu_tanh",
  relu: "relu",
} as const;
export type ActivationKind = (typeof ACTIVATIONS)[keyof typeof ACTIVATIONS];

/** Linears with the same input, multiplied as one matrix whose rows are theirs, one after the other. */
export interface FusedLinear {
  /** Name in the graph: "0.qkv", "head". */
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly parts: readonly {
    readonly module: string;
    readonly weight: string;
    readonly bias: string | null;
    readonly outputs: number;
  }[];
}

export interface LayerPlan {
  readonly description: LayerDescription;
  readonly inputNorm: string;
  readonly mlpNorm: string;
  readonly qkv: FusedLinear;
  readonly attentionOutput: FusedLinear;
  readonly gateUp: FusedLinear;
  readonly down: FusedLinear;
}

export interface DecodePlan {
  readonly decoder: Decoder;
  readonly layers: readonly LayerPlan[];
  readonly finalNorm: string;
  readonly head: FusedLinear;
  readonly epsilon: number;
  readonly activation: ActivationKind;
}

/** @throws AppError unsupported where the model's family or activation has no decode graph */
export function planDecoding(folder: ModelFolder): DecodePlan {
  const config = { file: path.join(folder.path, CONFIG_FILE), values: folder.config };
  const decoder = describeDecoder(config);
  if (!LLAMA_LIKE.includes(decoder.family)) {
    throw new AppError(
      "unsupported",
      `${config.file}: the embedded trainer cannot generate text with the family "${decoder.family}" yet (it can with ${LLAMA_LIKE.join(", ")}). Use the llamafactory engine to chat with this model.`,
    );
  }
  const named = readText(config, "hidden_act", "silu");
  const activation = (ACTIVATIONS as Record<string, ActivationKind>)[named];
  if (!activation) {
    throw new AppError(
      "unsupported",
      `${config.file}: text cannot be generated with the activation "${named}" yet. Use the llamafactory engine to chat with this model.`,
    );
  }
  return {
    decoder,
    layers: decoder.layers.map((layer, index) => planLayer(decoder, layer, index)),
    finalNorm: "model.norm.weight",
    head: {
      name: "head",
      inputs: decoder.hiddenSize,
      outputs: decoder.vocabSize,
      parts: [
        {
          module: "lm_head",
          weight: decoder.head.weight,
          bias: decoder.head.bias,
          outputs: decoder.vocabSize,
        },
      ],
    },
    epsilon: readNumber(config, "rms_norm_eps", 1e-6),
    activation,
  };
}

/** The fused linears of all blocks: those that adapters can reach. */
export function blockLinears(plan: DecodePlan): FusedLinear[] {
  return plan.layers.flatMap(({ qkv, attentionOutput, gateUp, down }) => [
    qkv,
    attentionOutput,
    gateUp,
    down,
  ]);
}

function planLayer(decoder: Decoder, layer: LayerDescription, index: number): LayerPlan {
  const fuse = (name: string, modules: readonly string[]): FusedLinear => {
    const parts = modules.map((below) => {
      const { outputs, bias } = decoder.linears[below]!;
      const module = layer.prefix + below;
      return { module, weight: `${module}.weight`, bias: bias ? `${module}.bias` : null, outputs };
    });
    return {
      name: `${index}.${name}`,
      inputs: decoder.linears[modules[0]!]!.inputs,
      outputs: parts.reduce((sum, part) => sum + part.outputs, 0),
      parts,
    };
  };
  return {
    description: layer,
    inputNorm: `${layer.prefix}input_layernorm.weight`,
    mlpNorm: `${layer.prefix}post_attention_layernorm.weight`,
    qkv: fuse("qkv", ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"]),
    attentionOutput: fuse("attention_output", ["self_attn.o_proj"]),
    gateUp: fuse("gate_up", ["mlp.gate_proj", "mlp.up_proj"]),
    down: fuse("down", ["mlp.down_proj"]),
  };
}
