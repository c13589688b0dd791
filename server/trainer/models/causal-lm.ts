/**
 * What the training loop sees of a model: named trainable parameters with their gradients, and two things to do with a
 * batch. How the model computes (families, blocks, executors, recomputation) stays behind it.
 */

/** B rows of T tokens. All arrays are [B * T], row-major. */
export interface TokenBatch {
  readonly rows: number;
  readonly length: number;
  readonly inputIds: Int32Array;
  /** Aligned with inputIds as Hugging Face does it (the model shifts by one); -100 is not trained on. */
  readonly labels: Int32Array;
  /** 0 padding, 1 token; 1, 2, 3 … number the samples of a neatly packed row, which do not see each other. */
  readonly attentionMask: Int32Array;
  /** null: 0..T-1 in every row, padding included, as transformers does without position_ids. */
  readonly positionIds: Int32Array | null;
  /**
   * Asks for transformers' values at padding positions too, where no loss looks but means over all positions do. Costs
   * a mask for every row; otherwise right-padded rows share one.
   */
  readonly masksPadding?: boolean;
}

/** A trainable tensor. `data` is the live weight: the optimizer writes into it. */
export interface Parameter {
  /** Hugging Face's or PEFT's name, as in the file that it is saved to. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly grad: Float32Array;
}

/**
 * Derivative of a loss with respect to logits [count, V] of consecutive label rows, the first of which is the label
 * number `start` of the batch.
 */
export type LogitDerivative = (
  logits: Float32Array,
  start: number,
  count: number,
) => Float32Array | Promise<Float32Array>;

/** A loss over hidden states after the final norm. */
export interface StateLoss {
  /** Which positions [R] of the batch it looks at: row * length + t. */
  readonly positions: Int32Array;
  /** Its derivative with respect to the states [R, C] at those positions. */
  readonly derive: (states: Float32Array) => Float32Array;
}

/** The logits that predict a batch's labels, made some rows at a time: a large vocabulary is never held whole. */
export interface LabelLogits {
  readonly labels: Int32Array;
  /** Logits [count, V] from label number `start` on. */
  rows(start: number, count: number): Promise<Float32Array>;
}

export interface TrainableModel {
  /** In the order of the checkpoint's tensors; stable across runs. */
  readonly parameters: readonly Parameter[];
  readonly trainableCount: number;
  readonly totalCount: number;
  /** config.json as read. */
  readonly hfConfig: Readonly<Record<string, unknown>>;
  /**
   * Forward and backward of one micro-batch. Adds the gradient of sum(cross entropy) / denominator into every
   * parameter's `grad` and returns sum(cross entropy) / denominator. The caller sets `denominator` to the number of
   * label tokens of the whole optimizer step, as transformers' num_items_in_batch does, and zeroes gradients itself.
   * `dropoutSeed` is different for every micro-batch of a run.
   */
  accumulateGradients(
    batch: TokenBatch,
    options: { denominator: number; dropoutSeed: number },
  ): Promise<number>;
  /**
   * Forward and backward for a loss that is any function of the labels' cross entropies: `weigh` is given those, in the
   * batch's order, and returns the derivative of the loss with respect to each. Adds into `grad` like the above.
   * @returns the mean logit (over the vocabulary) at every position [B * T], padding included
   */
  accumulateWeighted(
    batch: TokenBatch,
    options: { weigh: (losses: Float32Array) => Float32Array; dropoutSeed: number },
  ): Promise<Float32Array>;
  /**
   * Forward and backward for a loss over the logits that predict the labels: `derive` is given them some rows at a time
   * (as `LogitDerivative` says) and returns the derivative with respect to each.
   */
  accumulateLogits(
    batch: TokenBatch,
    options: { derive: LogitDerivative; dropoutSeed: number },
  ): Promise<void>;
  /** Forward and backward for a loss over hidden states, and one over the labels' cross entropies beside it. */
  accumulateStates(
    batch: TokenBatch,
    options: {
      states: StateLoss;
      weigh?: (losses: Float32Array) => Float32Array;
      dropoutSeed: number;
    },
  ): Promise<void>;
  /**
   * Cross entropy of every label in the batch's order, without gradients and dropout: by the model as it is, or by the
   * base model under the adapters that are trained. @throws Error for the base of a model without adapters
   */
  labelLosses(batch: TokenBatch, by: "model" | "base"): Promise<Float32Array>;
  /** The logits that predict the labels, likewise. */
  labelLogits(batch: TokenBatch, by: "model" | "base"): Promise<LabelLogits>;
  /** Hidden states [R, C] after the final norm at positions (row * length + t), without dropout. */
  states(batch: TokenBatch, positions: Int32Array): Promise<Float32Array>;
  /** Mean logit (over the vocabulary) at every position [B * T], without dropout. */
  meanLogits(batch: TokenBatch): Promise<Float32Array>;
  /** Summed cross entropy over the labels of a batch, without gradients and without dropout. */
  evaluate(batch: TokenBatch): Promise<{ lossSum: number; labelTokens: number }>;
  /** Logits [B, T, V] in float32, for tests and small models. */
  logits(batch: TokenBatch): Promise<Float32Array>;
  /** The residual stream before every block and after the final norm, each [B, T, C], for tests. */
  hiddenStates(batch: TokenBatch): Promise<Float32Array[]>;
  /** Writes what was trained: a PEFT adapter folder, or a Hugging Face model folder (without tokenizer files). */
  save(folder: string): Promise<void>;
  /** Writes a PiSSA adapter as a plain LoRA of twice the rank, which needs no changed base; null for all else. */
  readonly saveConverted: ((folder: string) => Promise<void>) | null;
  dispose(): void;
}

/** The number of labels of a batch that are trained on after the shift by one. */
export function countLabels(batch: Pick<TokenBatch, "rows" | "length" | "labels">): number {
  let count = 0;
  for (let row = 0; row < batch.rows; row++) {
    for (let t = 1; t < batch.length; t++) if (batch.labels[row * batch.length + t] !== -100) count++;
  }
  return count;
}

/** The labels of a batch that are trained on, row by row: the order of all that models say about labels. */
export function labelsOf({
  rows,
  length,
  labels,
}: Pick<TokenBatch, "rows" | "length" | "labels">): Int32Array {
  const found: number[] = [];
  for (let row = 0; row < rows; row++) {
    // Position t predicts token t + 1, so the first token is nobody's label.
    for (const label of labels.subarray(row * length + 1, (row + 1) * length))
      if (label !== -100) found.push(label);
  }
  return Int32Array.from(found);
}
