/** The face that the training loop sees, over an engine and the parameters that it fills gradients of. */
import type { HostTensor } from "../executor/executor";
import type { Parameter, TrainableModel } from "./causal-lm";
import type { ModelEngine } from "./engine/model-engine";

export interface TrainableParts {
  readonly engine: ModelEngine;
  /** Over the same weights, without the adapters; null where there are none. */
  readonly openBase: (() => ModelEngine) | null;
  readonly parameters: readonly Parameter[];
  readonly frozenCount: number;
  readonly hfConfig: Readonly<Record<string, unknown>>;
  readonly save: (folder: string) => Promise<void>;
  /** Writes the same as a plain LoRA adapter; null where it is one, or none. */
  readonly saveConverted?: ((folder: string) => Promise<void>) | null;
}

export function trainableModel(parts: TrainableParts): TrainableModel {
  const { engine, openBase, parameters, frozenCount, hfConfig, save, saveConverted = null } = parts;
  let base: ModelEngine | null = null;
  const engineOf = (by: "model" | "base"): ModelEngine => {
    if (by === "model") return engine;
    if (!openBase) throw new Error("a model without adapters has no base beside it");
    return (base ??= openBase());
  };
  const trainableCount = parameters.reduce((sum, { data }) => sum + data.length, 0);
  return {
    parameters,
    trainableCount,
    totalCount: trainableCount + frozenCount,
    hfConfig,
    async accumulateGradients(batch, { denominator, dropoutSeed }) {
      const losses = await engine.accumulate(batch, { weights: 1 / denominator, dropoutSeed });
      return sum(losses) / denominator;
    },
    async accumulateWeighted(batch, { weigh, dropoutSeed }) {
      await engine.accumulate(batch, { weights: weigh, dropoutSeed });
      return engine.meanLogitsOfLastBatch(batch);
    },
    async accumulateLogits(batch, { derive, dropoutSeed }) {
      await engine.accumulate(batch, { logits: derive, dropoutSeed });
    },
    async accumulateStates(batch, { states, weigh, dropoutSeed }) {
      await engine.accumulate(batch, { states, ...(weigh && { weights: weigh }), dropoutSeed });
    },
    labelLosses: (batch, by) => engineOf(by).losses(batch),
    labelLogits: (batch, by) => engineOf(by).labelLogits(batch),
    states: (batch, positions) => engine.states(batch, positions),
    meanLogits: (batch) => engine.meanLogits(batch),
    async evaluate(batch) {
      const losses = await engine.losses(batch);
      return { lossSum: sum(losses), labelTokens: losses.length };
    },
    logits: (batch) => engine.logits(batch),
    hiddenStates: (batch) => engine.hiddenStates(batch),
    save,
    saveConverted,
    dispose() {
      void engine.dispose();
      void base?.dispose();
    },
  };
}

/** A live tensor and its gradient as a parameter. */
export function toParameter(name: string, { data, shape }: HostTensor, grad: HostTensor): Parameter {
  return { name, shape, data: data as Float32Array, grad: grad.data as Float32Array };
}

/** In float64: thousands of losses add up. */
function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
