/**
 * An adapter in the form in which the decode graph takes it: per fused linear one pair of matrices, whatever ranks and
 * targets the adapter has. Parts that it does not touch get zeros; a linear that it does not touch at all gets rank 0.
 */
import type { LoraLinear } from "../adapters/adapter";
import type { DecodePlan, FusedLinear } from "./decode-plan";
import { blockLinears } from "./decode-plan";

export interface LowRankPair {
  readonly linear: FusedLinear;
  readonly rank: number;
  /** [inputs, rank] */
  readonly a: Float32Array;
  /** [rank, outputs], the scale included. */
  readonly b: Float32Array;
}

/** The pairs of every linear of the blocks; an empty list of adapted linears stands for the base. */
export function lowRankPairs(plan: DecodePlan, adapted: readonly LoraLinear[]): LowRankPair[] {
  const byModule = new Map(adapted.map((linear) => [linear.module, linear]));
  return blockLinears(plan).map((linear) => lowRankPair(linear, byModule));
}

/**
 * Side by side in rank, block by block in outputs: for q, k and v, x [A_q A_k A_v] and then a matrix with B_q, B_k and B_v
 * on its diagonal. Two products instead of six; at decode it is their number that costs.
 */
function lowRankPair(linear: FusedLinear, adapted: ReadonlyMap<string, LoraLinear>): LowRankPair {
  const { inputs, outputs, parts } = linear;
  const rank = parts.reduce((sum, { module }) => sum + (adapted.get(module)?.rank ?? 0), 0);
  const a = new Float32Array(inputs * rank);
  const b = new Float32Array(rank * outputs);
  let rankOffset = 0;
  let outputOffset = 0;
  for (const part of parts) {
    const lora = adapted.get(part.module);
    if (lora) {
      for (let r = 0; r < lora.rank; r++) {
        for (let i = 0; i < inputs; i++) a[i * rank + rankOffset + r] = lora.a.data[r * inputs + i]!;
        const row = (rankOffset + r) * outputs + outputOffset;
        for (let o = 0; o < part.outputs; o++) b[row + o] = lora.b.data[o * lora.rank + r]! * lora.scaling;
      }
      rankOffset += lora.rank;
    }
    outputOffset += part.outputs;
  }
  return { linear, rank, a, b };
}
