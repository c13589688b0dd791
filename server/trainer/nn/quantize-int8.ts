/** Rounds weights to int8 with one scale for every output of a linear. Plain loops, tensor by tensor. */

export interface Int8Tensor {
  readonly q: Int8Array;
  /** What q is multiplied by, for every output. */
  readonly scale: Float32Array;
}

/**
 * @param weight [outputs, inputs], or [inputs, outputs] where `storedTransposed`
 * @param limit largest magnitude of q: 127, or 63 where the processor's products of 8 bits would overflow
 */
export function quantizeInt8(
  weight: Float32Array,
  { outputs, storedTransposed, limit }: { outputs: number; storedTransposed: boolean; limit: number },
): Int8Tensor {
  const inputs = weight.length / outputs;
  // Element (o, i) lies at o * outputStep + i * inputStep.
  const [outputStep, inputStep] = storedTransposed ? [1, outputs] : [inputs, 1];
  const q = new Int8Array(weight.length);
  const scale = new Float32Array(outputs);
  for (let o = 0; o < outputs; o++) {
    const start = o * outputStep;
    let peak = 0;
    for (let i = 0, at = start; i < inputs; i++, at += inputStep) {
      const magnitude = Math.abs(weight[at]!);
      if (magnitude > peak) peak = magnitude;
    }
    const step = peak / limit || 1;
    scale[o] = step;
    for (let i = 0, at = start; i < inputs; i++, at += inputStep) q[at] = Math.round(weight[at]! / step);
  }
  return { q, scale };
}
