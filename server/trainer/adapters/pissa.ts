/**
 * PiSSA (https://arxiv.org/abs/2404.02948): A and B begin as the largest singular triplets of the base weight, and the
 * base is left with the rest. PEFT's "pissa" decomposes exactly and "pissa_niter_16", LLaMA-Factory's usual choice,
 * stops a random approximation after 16 rounds; here the decomposition runs until it is exact to float32, so that PEFT
 * finds the same residual when it makes its own (see truncated-svd).
 */
import { zeroTensor } from "../executor/zero-tensor";
import type { Adapter, LoraLinear, LowRank } from "./adapter";
import { loraScaling } from "./lora";
import type { WeightLayout } from "./row-changes";
import type { SvdSolver } from "./truncated-svd";

/** Fills `factors` with B A = (U S V^T) / scaling over the largest `rank` triplets of the weight. */
export async function principalFactors(
  weight: Float32Array,
  { factors, scaling, solver }: { factors: LowRank; scaling: number; solver: SvdSolver },
  { outputs, storedTransposed }: WeightLayout,
): Promise<void> {
  const { a, b } = factors;
  const [rank, inputs] = [a.shape[0]!, a.shape[1]!];
  const [rows, columns] = storedTransposed ? [inputs, outputs] : [outputs, inputs];
  const { values, left, right } = await solver.solve(weight, { rows, columns, rank });
  // W^T = V S U^T: a weight that lies transposed has its vectors the other way round.
  const [outward, inward] = storedTransposed ? [right, left] : [left, right];
  for (const [r, value] of values.entries()) {
    const root = Math.sqrt(value / scaling);
    for (let i = 0; i < inputs; i++) a.data[r * inputs + i] = root * inward[r]![i]!;
    for (let o = 0; o < outputs; o++) b.data[o * rank + r] = root * outward[r]![o]!;
  }
}

/** What an adapter that began this way does to the base as it is in its file: a LoRA of twice the rank, B A - B0 A0. */
export function convertedLora({ initial, ...linear }: LoraLinear): LoraLinear {
  if (!initial) return { ...linear, initial };
  const { rank, a, b } = linear;
  const [inputs, outputs] = [a.shape[1]!, b.shape[0]!];
  const [bothA, bothB] = [zeroTensor([2 * rank, inputs]), zeroTensor([outputs, 2 * rank])];
  bothA.data.set(a.data);
  bothA.data.set(initial.a.data, rank * inputs);
  for (let o = 0; o < outputs; o++) {
    for (let r = 0; r < rank; r++) {
      bothB.data[o * 2 * rank + r] = b.data[o * rank + r]!;
      bothB.data[o * 2 * rank + rank + r] = -initial.b.data[o * rank + r]!;
    }
  }
  return { ...linear, rank: 2 * rank, a: bothA, b: bothB, initial: null };
}

/** The adapter as a plain LoRA on the base as it is in its file, which any program can load (pissa_convert). */
export function convertedAdapter({ settings, linears, saved }: Adapter): Adapter {
  if (settings.kind !== "lora") return { settings, linears, saved };
  const rank = 2 * settings.rank;
  const scaling = loraScaling(settings.rank, settings.alpha, settings.rslora);
  return {
    settings: { ...settings, rank, alpha: scaling * rank, rslora: false, pissa: false },
    linears: linears.map((linear) => (linear.kind === "lora" ? convertedLora(linear) : linear)),
    saved,
  };
}
