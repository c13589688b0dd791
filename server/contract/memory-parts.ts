/** What a training run's memory is made of, and the arithmetic that both engines share. */
import { isOn } from "./configuration-values";
import type { TrainConfig } from "./train-config";
import { trainsAdapter } from "./training-choices";

export const MEMORY_PARTS = [
  "weights",
  "gradients",
  "optimizer",
  "activations",
  "logits",
  "overhead",
] as const;
export type MemoryPart = (typeof MEMORY_PARTS)[number];
/** Bytes. */
export type MemoryParts = Record<MemoryPart, number>;

/** Sequences that go through the model for one row of the batch: preference data has two. */
export function sequencesPerRow(config: TrainConfig): number {
  return config.stage === "dpo" || config.stage === "rm" || config.stage === "kto" ? 2 : 1;
}

/** Whether a second model is held, to compare with; under an adapter that is the same weights. */
export function hasReferenceModel(config: TrainConfig): boolean {
  const needs =
    config.stage === "ppo" ||
    config.stage === "kto" ||
    (config.stage === "dpo" && !["orpo", "simpo"].includes(config.pref_loss)) ||
    isOn(config.use_asft_loss);
  return needs && !trainsAdapter(config);
}

/** Bytes of state that an optimizer keeps for each trained number. */
export function optimizerBytes({ optim }: TrainConfig): number {
  if (/8bit/.test(optim)) return 2;
  if (/^(rmsprop|adagrad)/.test(optim)) return 4;
  // Without momentum; Adafactor's rows and columns are next to nothing.
  if (/^(sgd|adafactor|lomo|adalomo)/.test(optim)) return 0;
  return 8;
}

export function roundedParts(parts: MemoryParts): MemoryParts {
  return Object.fromEntries(
    Object.entries(parts).map(([name, value]) => [name, Math.round(value)]),
  ) as MemoryParts;
}
