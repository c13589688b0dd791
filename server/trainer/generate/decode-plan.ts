/**
 * A model as the decode graph sees it: which linears of each layer are multiplied as one, and what stands around them.
 * Made from the family's description alone, so a family that trains also decodes.
 */
import { AppError } from "../../contract/errors";
import type { ModelFolder } from "../checkpoint/model-folder";
import type { GatedMlp, LinearUse, MlpDesign } from "../models/block-design";
import type { Decoder, LayerDescription } from "../models/family";
import { decoderOf } from "../models/registry";

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
    /** Whether the file has it as [inputs, outputs]. */
    readonly storedTransposed: boolean;
  }[];
}

export interface GatedPlan {
  readonly kind: "gated";
  readonly gateUp: FusedLinear;
  readonly down: FusedLinear;
  readonly activation: ActivationKind;
}

export interface PlainPlan {
  readonly kind: "plain";
  readonly up: FusedLinear;
  readonly down: FusedLinear;
  readonly activation: ActivationKind;
}

export interface ExpertsPlan {
  readonly kind: "experts";
  /** The router's tensor [experts, C], by its full name. */
  readonly router: string;
  readonly experts: readonly GatedPlan[];
  readonly chosen: number;
  readonly normalized: boolean;
}

export type MlpPlan = GatedPlan | PlainPlan | ExpertsPlan;

export interface LayerPlan {
  readonly index: number;
  readonly description: LayerDescription;
  readonly qkv: FusedLinear;
  readonly attentionOutput: FusedLinear;
  readonly mlp: MlpPlan;
}

/** What the length of a head in the cache must be a multiple of: onnxruntime's GroupQueryAttention asks for it. */
const HEAD_MULTIPLE = 8;

export interface DecodePlan {
  readonly decoder: Decoder;
  /** The length of a head in the cache and in attention: the model's, with zeros behind it where that is no multiple of 8. */
  readonly cachedHeadDim: number;
  readonly layers: readonly LayerPlan[];
  readonly head: FusedLinear;
}

/** @throws AppError unsupported where the embedded trainer does not have the model's family or activation */
export function planDecoding(folder: ModelFolder): DecodePlan {
  const decoder = decoderOf(folder);
  const { head, hiddenSize, vocabSize } = decoder;
  const table = { module: "lm_head", weight: head.weight, bias: head.bias, storedTransposed: false };
  return {
    decoder,
    cachedHeadDim: Math.ceil(decoder.headDim / HEAD_MULTIPLE) * HEAD_MULTIPLE,
    layers: decoder.layers.map((layer, index) => planLayer(decoder, layer, index)),
    head: { name: "head", inputs: hiddenSize, outputs: vocabSize, parts: [{ ...table, outputs: vocabSize }] },
  };
}

/** The fused linears of all blocks: those that adapters can reach. */
export function blockLinears(plan: DecodePlan): FusedLinear[] {
  return plan.layers.flatMap(({ qkv, attentionOutput, mlp }) => [qkv, attentionOutput, ...mlpLinears(mlp)]);
}

function mlpLinears(mlp: MlpPlan): FusedLinear[] {
  switch (mlp.kind) {
    case "gated":
      return [mlp.gateUp, mlp.down];
    case "plain":
      return [mlp.up, mlp.down];
    case "experts":
      return mlp.experts.flatMap(mlpLinears);
  }
}

function planLayer(decoder: Decoder, layer: LayerDescription, index: number): LayerPlan {
  const fuse = (name: string, uses: readonly LinearUse[]): FusedLinear => {
    const parts = uses.map((use) => {
      const { outputs, storedTransposed = false } = decoder.linears[use.module]!;
      const module = layer.prefix + use.module;
      const bias = use.bias ? `${module}.bias` : null;
      return { module, weight: `${module}.weight`, bias, outputs, storedTransposed };
    });
    return {
      name: `${index}.${name}`,
      inputs: decoder.linears[uses[0]!.module]!.inputs,
      outputs: parts.reduce((sum, part) => sum + part.outputs, 0),
      parts,
    };
  };
  const { projections, output } = decoder.design.attention;
  return {
    index,
    description: layer,
    qkv: fuse(
      "qkv",
      "qkv" in projections ? [projections.qkv] : [projections.q, projections.k, projections.v],
    ),
    attentionOutput: fuse("attention_output", [output]),
    mlp: planMlp(decoder.design.mlp, layer, fuse),
  };
}

type Fuse = (name: string, uses: readonly LinearUse[]) => FusedLinear;

function planMlp(design: MlpDesign, layer: LayerDescription, fuse: Fuse): MlpPlan {
  switch (design.kind) {
    case "gated":
      return planGated(design, "", fuse);
    case "plain":
      return {
        kind: "plain",
        up: fuse("up", [design.up]),
        down: fuse("down", [design.down]),
        activation: activationKind(design.activation),
      };
    case "experts":
      return {
        kind: "experts",
        router: layer.prefix + design.router,
        experts: design.experts.map((expert, i) => planGated(expert, `expert_${i}.`, fuse)),
        chosen: design.chosen,
        normalized: design.normalized,
      };
  }
}

function planGated({ projections, down, activation }: GatedMlp, before: string, fuse: Fuse): GatedPlan {
  const uses = "gateUp" in projections ? [projections.gateUp] : [projections.gate, projections.up];
  return {
    kind: "gated",
    gateUp: fuse(`${before}gate_up`, uses),
    down: fuse(`${before}down`, [down]),
    activation: activationKind(activation),
  };
}

function activationKind(name: string): ActivationKind {
  const kind = (ACTIVATIONS as Record<string, ActivationKind>)[name];
  if (kind) return kind;
  throw new AppError(
    "unsupported",
    `config.json: text cannot be generated with the activation "${name}" (only with ${Object.keys(ACTIVATIONS).join(", ")}). Use the llamafactory engine to chat with this model.`,
  );
}
