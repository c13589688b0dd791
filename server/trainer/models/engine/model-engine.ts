/** What a trainable model asks of an engine. */
import type { LabelLogits, LogitDerivative, StateLoss, TokenBatch } from "../causal-lm";

/** A loss is a sum of up to three parts, each told by its derivatives. */
export interface AccumulateOptions {
  /** Of the labels' cross entropies: one number for all, or a function from all of them to the weight of each. */
  readonly weights?: number | ((losses: Float32Array) => Float32Array);
  /** Of whole rows of logits; in place of `weights`. */
  readonly logits?: LogitDerivative;
  /** Of hidden states; beside either. */
  readonly states?: StateLoss;
  readonly dropoutSeed: number;
}

export interface ModelEngine {
  /** @returns the labels' cross entropies, unweighted; none where the loss has no part of them */
  accumulate(tokens: TokenBatch, options: AccumulateOptions): Promise<Float32Array>;
  losses(tokens: TokenBatch): Promise<Float32Array>;
  labelLogits(tokens: TokenBatch): Promise<LabelLogits>;
  /** Hidden states [R, C] after the final norm at positions (row * length + t) of the batch. */
  states(tokens: TokenBatch, positions: Int32Array): Promise<Float32Array>;
  meanLogitsOfLastBatch(tokens: TokenBatch): Promise<Float32Array>;
  meanLogits(tokens: TokenBatch): Promise<Float32Array>;
  logits(tokens: TokenBatch): Promise<Float32Array>;
  hiddenStates(tokens: TokenBatch): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}
