/**
 * An adapter in the form in which the decode graph takes it: per fused linear one pair of matrices, whatever ranks and
 * targets the adapter has. Parts that it does not touch get zeros; a linear that it does not touch at all gets rank 0.
 */
import type { DecodePlan, FusedLinear } from "./decode-plan";
import { fusedLinears } from "./decode-plan";

/** One adapted linear as PEFT stores it. */
export interface LowRankUpdate {
  readonly rank: number;
  /** [rank, inputs] */
  readonly a: Float32Array;
  /** [outputs, rank] */
  readonly b: Float32Array;
  /** lora_alpha / r, or lora_alpha / sqrt(r) with rslora. */
  readonly scale: number;
}

/** Updates by the module's full name: "model.layers.0.self_attn.q_proj". */
export type LowRankAdapter = ReadonlyMap<string, LowRankUpdate>;

export interface LowRankPair {
  readonly linear: FusedLinear;
  readonly rank: number;
  /** [inputs, rank] */
  readonly a: Float32Array;
  /** [rank, outputs], the scale included. */
  readonly b: Float32Array;
}

/** The pairs of every linear; null stands for the base. */
export function lowRankPairs(plan: DecodePlan, adapter: LowRankAdapter | null): LowRankPair[] {
  return fusedLinears(plan).map((linear) => lowRankPair(linear, adapter ?? new Map()));
}

/** Modules that an adapter adapts and the graph does not have; empty where all is well. */
export function unknownModules(plan: DecodePlan, adapter: LowRankAdapter): string[] {
  const known = new Set(fusedLinears(plan).flatMap(({ parts }) => parts.map(({ module }) => module)));
  return [...adapter.keys()].filter((module) => !known.has(module));
}

/**
 * Side by side in rank, block by block in outputs: for q, k and v, x [A_q A_k A_v] and then a matrix with B_q, B_k and B_v
 * on its diagonal. Two products instead of six; at decode it is their number that costs.
 */
function lowRankPair(linear: FusedLinear, adapter: LowRankAdapter): LowRankPair {
  const { inputs, outputs, parts } = linear;
  const rank = parts.reduce((sum, { module }) => sum + (adapter.get(module)?.rank ?? 0), 0);
  const a = new Float32Array(inputs * rank);
  const b = new Float32Array(rank * outputs);
  let rankOffset = 0;
  let outputOffset = 0;
  for (const part of parts) {
    const update = adapter.get(part.module);
    if (update) {
      for (let r = 0; r < update.rank; r++) {
        for (let i = 0; i < inputs; i++) a[i * rank + rankOffset + r] = update.a[r * inputs + i]!;
        const row = (rankOffset + r) * outputs + outputOffset;
        for (let o = 0; o < part.outputs; o++) b[row + o] = update.b[o * update.rank + r]! * update.scale;
      }
      rankOffset += update.rank;
    }
    outputOffset += part.outputs;
  }
  return { linear, rank, a, b };
}
