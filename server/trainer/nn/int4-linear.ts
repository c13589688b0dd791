/**
 * Products with a frozen weight of 4 bits, one scale for every block of inputs: widened to float32 when it is its turn,
 * forward and backward, so that one copy serves both. For memory, not for speed. The gradient flows to the activations
 * only. How weights are quantised for it is in quantize-int4.ts.
 */
import * as tf from "@tensorflow/tfjs-core";
import { withOwnGradient } from "../executor/autodiff";
import { fusedKernel } from "../executor/fused-kernel";
import { BLOCK_INPUTS } from "./quantize-int4";

export interface Int4Weight {
  /** [outputs, inputs / 2] */
  readonly q: tf.Tensor;
  /** [outputs, inputs / BLOCK_INPUTS] */
  readonly scale: tf.Tensor;
}

/** x [N, inputs] -> [N, outputs] */
export function int4Linear(x: tf.Tensor, weight: Int4Weight): tf.Tensor {
  return withOwnGradient([x], {
    forward: (input) => ({ value: tf.matMul(input, widened(weight), false, true), saved: [] }),
    backward: (dy) => [tf.matMul(dy, widened(weight))],
  });
}

/** [outputs, inputs] */
function widened({ q, scale }: Int4Weight): tf.Tensor {
  const call = { kernel: "WidenInt4", inputs: { q, scale }, attributes: { blockInputs: BLOCK_INPUTS } };
  return fusedKernel(call, () => {
    const [outputs, bytes] = q.shape as [number, number];
    const high = tf.floorDiv(q, tf.scalar(16, "int32"));
    const low = tf.sub(q, tf.mul(high, tf.scalar(16, "int32")));
    const blocks = tf.reshape(tf.stack([low, high], -1), [outputs, (2 * bytes) / BLOCK_INPUTS, BLOCK_INPUTS]);
    const centred = tf.sub(tf.cast(blocks, "float32"), 8);
    return tf.reshape(tf.mul(centred, tf.expandDims(scale, -1)), [outputs, 2 * bytes]);
  });
}
