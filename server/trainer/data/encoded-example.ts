/**
 * What encoders make of rows and what batches are collated from.
 */

/** Label of a position that is not trained on. */
export const IGNORED = -100;

/** One row of ids with labels (aligned with the ids; the model shifts). */
export interface EncodedExample {
  readonly inputIds: Int32Array;
  readonly labels: Int32Array;
  /** null: all ones. Neatly packed rows number their samples 1, 2, 3 …; 0 is padding. */
  readonly attentionMask: Int32Array | null;
  /** null: 0, 1, 2 … . Packed rows start again at 0 with each sample. */
  readonly positionIds: Int32Array | null;
}

/** A chosen and a rejected answer to the same prompt (stages rm and dpo). */
export interface PreferencePair {
  readonly chosen: EncodedExample;
  readonly rejected: EncodedExample;
}

/** An answer that was liked or not, and a mismatched one for the KL estimate (stage kto). */
export interface FeedbackExample {
  readonly target: EncodedExample;
  readonly mismatched: EncodedExample;
  readonly desirable: boolean;
}

/** A prompt to answer, and the answer of the data (stage ppo, prediction). */
export interface PromptExample {
  readonly promptIds: Int32Array;
  readonly answerIds: Int32Array;
}

/** A plain row: everything is attended, positions run from 0. */
export function plainExample(inputIds: readonly number[], labels: readonly number[]): EncodedExample {
  return {
    inputIds: Int32Array.from(inputIds),
    labels: Int32Array.from(labels),
    attentionMask: null,
    positionIds: null,
  };
}
