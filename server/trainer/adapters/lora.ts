/**
 * LoRA's beginnings: scale, and what A and B are at first. https://arxiv.org/abs/2106.09685; naming and initialisation
 * follow PEFT. It does not know files.
 */
import { zeroTensor } from "../executor/zero-tensor";
import type { Decoder } from "../models/family";
import { createRandom } from "../nn/random";
import type { LoraLinear } from "./adapter";
import { linearOf } from "./target-modules";

/** What B A is multiplied by. https://arxiv.org/abs/2312.03732 for rslora */
export function loraScaling(rank: number, alpha: number, rslora: boolean): number {
  return rslora ? alpha / Math.sqrt(rank) : alpha / rank;
}

export interface LoraBeginning {
  readonly rank: number;
  readonly scaling: number;
  readonly seed: number;
  /** With magnitudes, which are zero until the base weight is known. */
  readonly dora?: boolean;
  /** With room for what A and B begin as, which follows from the base weight. */
  readonly pissa?: boolean;
}

/** A from a uniform distribution of variance 1 / (3 inputs), as torch's kaiming_uniform_(a=sqrt(5)); B zero. */
export function initLora(
  decoder: Decoder,
  modules: readonly string[],
  { rank, scaling, seed, dora = false, pissa = false }: LoraBeginning,
): LoraLinear[] {
  const random = createRandom(seed);
  return modules.map((module) => {
    const { inputs, outputs } = linearOf(decoder, module);
    const draw = random.fork(module);
    const bound = 1 / Math.sqrt(inputs);
    const a = Float32Array.from({ length: rank * inputs }, () => (2 * draw.uniform() - 1) * bound);
    return {
      kind: "lora",
      ...{ module, rank, scaling },
      a: { data: a, shape: [rank, inputs], dtype: "float32" },
      b: zeroTensor([outputs, rank]),
      magnitude: dora ? zeroTensor([outputs]) : null,
      initial: pissa ? { a: zeroTensor([rank, inputs]), b: zeroTensor([outputs, rank]) } : null,
    };
  });
}
