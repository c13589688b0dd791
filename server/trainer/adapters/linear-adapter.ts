/**
 * One linear's adapter as far as graphs see it: a shape, tensors by name, and what the adapted product is made from. It
 * knows neither layers nor files.
 */
import type * as tf from "@tensorflow/tfjs-core";
import type { HostTensor } from "../executor/executor";

/** https://arxiv.org/abs/2106.09685; `decomposed`: DoRA, with a magnitude beside it. */
export interface LoraShape {
  readonly kind: "lora";
  readonly rank: number;
  readonly scaling: number;
  readonly decomposed: boolean;
}

/** `blocks` rotations of `blockSize` inputs each; `terms` of the series that makes them. */
export interface OftShape {
  readonly kind: "oft";
  readonly blocks: number;
  readonly blockSize: number;
  readonly terms: number;
}

/** As far as compiled graphs depend on it. */
export type AdapterShape = LoraShape | OftShape;

/** One linear's adapter: its tensors by PEFT's names below the module ("lora_A.weight"), frozen ones among them. */
export interface LinearAdapter {
  readonly shape: AdapterShape;
  readonly tensors: Readonly<Record<string, HostTensor>>;
}

/** Frozen, beside DoRA's tensors: the squared length of every row of the base weight [outputs]. */
export const BASE_SQUARES = "base_squares";

/** Drops a share of a tensor; another one for every micro-batch, the same when a block is recomputed. */
export interface Dropout {
  /** x [N, K] with elements zeroed, the rest scaled up. */
  readonly elements: (x: tf.Tensor) => tf.Tensor;
  /** [count, 1, 1] of 0 and 1: 1 for what is left out. */
  readonly chosen: (count: number) => tf.Tensor;
}

export interface AdaptedLinear {
  /** [N, inputs] */
  readonly x: tf.Tensor;
  /** The frozen product W x [N, outputs], without bias. */
  readonly base: (x: tf.Tensor) => tf.Tensor;
  readonly bias: tf.Tensor | null;
  /** The adapter's tensors by name. */
  readonly tensor: (name: string) => tf.Tensor;
  /** null: nothing is dropped. */
  readonly dropout: Dropout | null;
  /** Marks the one value [N, outputs] that spares the backward pass the most work. */
  readonly keep: (value: tf.Tensor) => tf.Tensor;
}

/** Name below the module -> shape of all tensors that an adapter of this shape feeds to graphs. */
export function adapterTensors(
  shape: AdapterShape,
  { inputs, outputs }: { inputs: number; outputs: number },
): Record<string, readonly number[]> {
  if (shape.kind === "oft") {
    return { "oft_R.weight": [shape.blocks, elementsAbove(shape.blockSize)] };
  }
  return {
    "lora_A.weight": [shape.rank, inputs],
    "lora_B.weight": [outputs, shape.rank],
    ...(shape.decomposed && { lora_magnitude_vector: [outputs], [BASE_SQUARES]: [outputs] }),
  };
}

/** Elements above the diagonal of a matrix [H, H]. */
export function elementsAbove(H: number): number {
  return (H * (H - 1)) / 2;
}
