/** Rounds weights to int8 with one scale for every output of a linear. Plain loops, tensor by tensor. */

export interface Int8Tensor {
  readonly q: Int8Array;
  /** What q is multiplied by, for every output. */
  readonly scale: Float32Array;
}

interface Int8Options {
  readonly outputs: number;
  /** Whether the weight is [inputs, outputs] and not [outputs, inputs]. */
  readonly storedTransposed: boolean;
  /** Largest magnitude of q: 127, or 63 where the processor's products of 8 bits would overflow. */
  readonly limit: number;
  /** Whether q is turned against the weight; else it is laid out alike. */
  readonly turns?: boolean;
}

/** @param weight all elements of a linear's weight */
export function quantizeInt8(
  weight: Float32Array,
  { outputs, storedTransposed, limit, turns = false }: Int8Options,
): Int8Tensor {
  const inputs = weight.length / outputs;
  // Element (o, i) lies at o * outputStep + i * inputStep.
  const steps = (transposed: boolean): [number, number] => (transposed ? [1, outputs] : [inputs, 1]);
  const [outputStep, inputStep] = steps(storedTransposed);
  const [outputStepOfQ, inputStepOfQ] = steps(storedTransposed !== turns);
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
    for (let i = 0, at = start, to = o * outputStepOfQ; i < inputs; i++, at += inputStep, to += inputStepOfQ)
      q[to] = Math.round(weight[at]! / step);
  }
  return { q, scale };
}
