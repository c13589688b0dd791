/**
 * A base of int8 linears: how many bits the processor's products bear, and the comparison of gradients on the first batch
 * that decides whether activations may be rounded to 8 bits as well.
 */
import type { Executor, HostTensor } from "../executor/executor";
import { int8Linear, type Int8Mode } from "../nn/int8-linear";
import type { TokenBatch } from "./causal-lm";
import type { AccumulateOptions, ModelEngine } from "./engine/model-engine";

/**
 * The largest magnitude that int8 weights may have: 127, or 63 on processors without VNNI, whose 16-bit sums of two
 * products would saturate. Found by multiplying the largest numbers there are.
 */
export async function int8Limit(executor: Executor): Promise<number> {
  const K = 64;
  const float32 = (data: Float32Array, shape: number[]): HostTensor => ({ data, shape, dtype: "float32" });
  const inputs = {
    x: float32(new Float32Array(16 * K).fill(1), [16, K]),
    q: { data: new Int8Array(16 * K).fill(127), shape: [16, K], dtype: "int8" } as HostTensor,
    scale: float32(new Float32Array(16).fill(1), [16]),
  };
  const probe = await executor.compile(
    "int8 range",
    ({ x, q, scale }) => ({
      y: int8Linear(x!, { q: q!, scale: scale!, storedTransposed: false }, "dynamic"),
    }),
    inputs,
  );
  const { y } = await probe.run(inputs);
  probe.dispose();
  return Math.abs(y!.data[0]! - 127 * K) < K ? 127 : 63;
}

/** Under this cosine to the gradients of the widened base, training would follow another path. */
const LEAST_COSINE = 0.97;

export interface Int8Engines {
  /** An engine whose linears compute in this mode, adding into these gradients. */
  readonly open: (mode: Int8Mode, gradients: ReadonlyMap<string, HostTensor>) => ModelEngine;
  readonly gradients: ReadonlyMap<string, HostTensor>;
  /** Told once what the first batch showed. */
  readonly onNotice: (text: string) => void;
}

/** An engine that runs its first batch in both modes and stays with the faster one if their gradients agree. */
export function openInt8Engine({ open, gradients, onNotice }: Int8Engines): ModelEngine {
  let engine = open("dynamic", gradients);
  let compared = false;

  const accumulateFirst = async (tokens: TokenBatch, options: AccumulateOptions): Promise<Float32Array> => {
    const before = new Map([...gradients].map(([name, { data }]) => [name, data.slice() as Float32Array]));
    const losses = await engine.accumulate(tokens, options);
    if (losses.length === 0) return losses;
    compared = true;
    const scratch = new Map(
      [...gradients].map(([name, gradient]) => [name, { ...gradient, data: before.get(name)!.slice() }]),
    );
    const widened = open("widened", scratch);
    const exactLosses = await widened.accumulate(tokens, options);
    await widened.dispose();
    const cosine = cosineOfChange(before, gradients, scratch);
    if (cosine >= LEAST_COSINE) {
      onNotice(`int8 base: gradient cosine ${cosine.toFixed(3)}`);
      return losses;
    }
    onNotice(
      `int8 base: gradient cosine ${cosine.toFixed(3)} is under ${LEAST_COSINE}; products are made in float32 from here on`,
    );
    await engine.dispose();
    engine = open("widened", gradients);
    for (const [name, { data }] of gradients) data.set(scratch.get(name)!.data);
    return exactLosses;
  };

  return {
    accumulate: (tokens, options) =>
      compared ? engine.accumulate(tokens, options) : accumulateFirst(tokens, options),
    losses: (tokens) => engine.losses(tokens),
    labelLogits: (tokens) => engine.labelLogits(tokens),
    states: (tokens, positions) => engine.states(tokens, positions),
    meanLogitsOfLastBatch: (tokens) => engine.meanLogitsOfLastBatch(tokens),
    meanLogits: (tokens) => engine.meanLogits(tokens),
    logits: (tokens) => engine.logits(tokens),
    hiddenStates: (tokens) => engine.hiddenStates(tokens),
    dispose: () => engine.dispose(),
  };
}

/** Cosine of what was added to `before` in the two sets of gradients, over all tensors; 1 where nothing was. */
function cosineOfChange(
  before: ReadonlyMap<string, Float32Array>,
  a: ReadonlyMap<string, HostTensor>,
  b: ReadonlyMap<string, HostTensor>,
): number {
  let [product, aa, bb] = [0, 0, 0];
  for (const [name, start] of before) {
    const [x, y] = [a.get(name)!.data, b.get(name)!.data];
    for (let i = 0; i < start.length; i++) {
      const [p, q] = [x[i]! - start[i]!, y[i]! - start[i]!];
      product += p * q;
      aa += p * p;
      bb += q * q;
    }
  }
  return aa === 0 && bb === 0 ? 1 : product / Math.sqrt(aa * bb);
}
