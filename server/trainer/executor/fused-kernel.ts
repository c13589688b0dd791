/**
 * Own kernels beside TensorFlow.js's: an operation that a backend may have in one piece, with a composition of ordinary
 * operations for backends that do not. Neither side knows the other: callers give both.
 */
import * as tf from "@tensorflow/tfjs-core";

export interface FusedCall {
  readonly kernel: string;
  readonly inputs: Readonly<Record<string, tf.Tensor>>;
  readonly attributes?: tf.NamedAttrMap;
}

/** Runs `call` where the active backend has that kernel, else `compose`. Not differentiable: wrap it in tf.customGrad. */
export function fusedKernel(call: FusedCall, compose: () => tf.Tensor): tf.Tensor {
  if (!tf.getKernel(call.kernel, tf.getBackend())) return compose();
  return tf.engine().runKernel<tf.Tensor>(call.kernel, { ...call.inputs }, call.attributes ?? {});
}
