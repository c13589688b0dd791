/** What a trainable model asks of an engine. */
import type { TokenBatch } from "../causal-lm";

export interface AccumulateOptions {
  /** One number for all labels, or a function from their cross entropies to the weight of each. */
  readonly weights: number | ((losses: Float32Array) => Float32Array);
  readonly dropoutSeed: number;
}

export interface ModelEngine {
  accumulate(tokens: TokenBatch, options: AccumulateOptions): Promise<Float32Array>;
  losses(tokens: TokenBatch): Promise<Float32Array>;
  meanLogitsOfLastBatch(tokens: TokenBatch): Promise<Float32Array>;
  meanLogits(tokens: TokenBatch): Promise<Float32Array>;
  logits(tokens: TokenBatch): Promise<Float32Array>;
  hiddenStates(tokens: TokenBatch): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}
