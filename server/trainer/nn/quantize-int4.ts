/** Rounds weights to 4 bits with one scale for every block of inputs. Plain loops, tensor by tensor. */

/** Inputs that share a scale. */
export const BLOCK_INPUTS = 32;

export interface Int4Tensor {
  /** [outputs, inputs / 2]: two weights a byte, the first in the lower half; 8 stands for zero. */
  readonly q: Uint8Array;
  /** [outputs, inputs / 32] */
  readonly scale: Float32Array;
}

/**
 * A block's weight of largest magnitude becomes -8 exactly, so that all 16 values are used.
 * @param weight [outputs, inputs], or [inputs, outputs] where `storedTransposed`; inputs are a multiple of BLOCK_INPUTS
 */
export function quantizeInt4(
  weight: Float32Array,
  { outputs, storedTransposed }: { outputs: number; storedTransposed: boolean },
): Int4Tensor {
  const inputs = weight.length / outputs;
  const [outputStep, inputStep] = storedTransposed ? [1, outputs] : [inputs, 1];
  const q = new Uint8Array(weight.length / 2);
  const scale = new Float32Array(weight.length / BLOCK_INPUTS);
  let block = 0;
  let byte = 0;
  for (let o = 0; o < outputs; o++) {
    for (let first = 0; first < inputs; first += BLOCK_INPUTS, block++) {
      const start = o * outputStep + first * inputStep;
      const end = start + BLOCK_INPUTS * inputStep;
      let extreme = 0;
      for (let at = start; at < end; at += inputStep)
        if (Math.abs(weight[at]!) > Math.abs(extreme)) extreme = weight[at]!;
      const step = extreme / -8 || 1;
      scale[block] = step;
      for (let at = start; at < end; at += 2 * inputStep, byte++) {
        const low = Math.min(15, Math.round(weight[at]! / step) + 8);
        const high = Math.min(15, Math.round(weight[at + inputStep]! / step) + 8);
        q[byte] = low | (high << 4);
      }
    }
  }
  return { q, scale };
}

/** The weights [outputs, inputs] that 4-bit products compute with. */
export function widenInt4({ q, scale }: Int4Tensor): Float32Array {
  const values = new Float32Array(q.length * 2);
  for (let byte = 0, i = 0; byte < q.length; byte++, i += 2) {
    const step = scale[Math.floor(i / BLOCK_INPUTS)]!;
    values[i] = ((q[byte]! & 15) - 8) * step;
    values[i + 1] = ((q[byte]! >> 4) - 8) * step;
  }
  return values;
}
