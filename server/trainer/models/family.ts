/**
 * The seam between a model family and everything that runs it. A family reads config.json and describes a decoder:
 * which tensors it has, by their Hugging Face names, and how one block computes. It knows neither executors nor
 * adapters nor training; whoever runs the block decides what `linear` does.
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { RopeSettings } from "../nn/rope";
import type { BlockDesign, NormDesign } from "./block-design";
import type { ModelConfig } from "./model-config";

export interface LinearDescription {
  readonly inputs: number;
  readonly outputs: number;
  readonly bias: boolean;
  /** GPT-2's Conv1D stores its weight as [inputs, outputs]; every other linear as [outputs, inputs]. */
  readonly storedTransposed?: boolean;
}

/** One block's use of what is shared or differs between layers. */
export interface LayerDescription {
  /** Before the names of this layer's tensors: "model.layers.0." */
  readonly prefix: string;
  /** Key into the decoder's `ropes`; null where the layer has no rotary embedding. */
  readonly rope: string | null;
  /** How many tokens back attention reaches, the token itself included; null: to the start. */
  readonly window: number | null;
}

/** What a block's function works with: tensors of the layer at hand, by name below the layer's prefix. */
export interface BlockScope {
  /** Batch rows and tokens of a row: activations are [B*T, C]. */
  readonly B: number;
  readonly T: number;
  weight(name: string): tf.Tensor;
  /** x [B*T, inputs] -> [B*T, outputs], with bias, and with whatever adapts this linear. */
  linear(module: string, x: tf.Tensor): tf.Tensor;
  /** Tables [B or 1, 1, T, R]; null where the layer has no rotary embedding. */
  readonly rope: { readonly cos: tf.Tensor; readonly sin: tf.Tensor } | null;
  /** Additive mask [B or 1, 1, 1, T, T]. */
  readonly mask: tf.Tensor;
}

export interface HeadDescription {
  /** The final norm by its module's full name; what `norm` computes, as data. */
  readonly finalNorm: { readonly module: string; readonly norm: NormDesign };
  /** Tensors of the final norm, by full name. */
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  /** The final norm: x [M, C] -> [M, C]; `weight` takes full names. */
  norm(x: tf.Tensor, weight: (name: string) => tf.Tensor): tf.Tensor;
  /** Name of the output matrix [V, C]: the embedding's where they are tied. */
  readonly weight: string;
  /** Name of a bias [V]; null where there is none. */
  readonly bias: string | null;
  /** Multiplies the normed rows, and so the logits. */
  readonly scale: number;
  /** Logits pass through cap * tanh(logit / cap); null: they do not. */
  readonly softcap: number | null;
}

export interface Decoder {
  readonly family: string;
  readonly vocabSize: number;
  /** C, the width of the residual stream. */
  readonly hiddenSize: number;
  readonly heads: number;
  readonly kvHeads: number;
  readonly headDim: number;
  readonly contextLength: number;
  readonly embedding: {
    /** [V, C] */
    readonly weight: string;
    /** Embeddings are multiplied by it. */
    readonly scale: number;
    /** Row whose embedding gets no gradient from lookups (torch's padding_idx); null where every row does. */
    readonly paddingId: number | null;
    /** Learned positions [P, C], added to the embeddings; null in rotary models. */
    readonly positions: { readonly weight: string; readonly count: number } | null;
  };
  readonly ropes: Readonly<Record<string, RopeSettings>>;
  readonly ropeLayout: "half" | "interleaved";
  readonly layers: readonly LayerDescription[];
  /** Linears of a block by module name below the layer's prefix, in the checkpoint's order. */
  readonly linears: Readonly<Record<string, LinearDescription>>;
  /** The block's other tensors: name below the layer's prefix -> shape. */
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  /** What `block` computes, as data. */
  readonly design: BlockDesign;
  /** x [B*T, C] -> [B*T, C], for layer number `layer`. */
  block(x: tf.Tensor, scope: BlockScope, layer: number): tf.Tensor;
  /** Layers with equal keys run the same graph. Default: all layers do. */
  readonly blockKey?: (layer: number) => string;
  readonly head: HeadDescription;
}

export interface Family {
  /** config.json's model_type. */
  readonly modelType: string;
  /** config.json's architectures that it serves. */
  readonly architectures: readonly string[];
  /** @throws AppError checkpoint_malformed or unsupported, naming the file and the key */
  describe(config: ModelConfig): Decoder;
}
