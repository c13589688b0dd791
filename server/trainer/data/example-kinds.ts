/**
 * The kinds of examples that stages train on: what each needs of a row, and each as a fixed number of integer arrays,
 * which is how examples are kept on disk.
 */
import type { EncodedExample, FeedbackExample, PreferencePair, PromptExample } from "./encoded-example";

/** null: an array that the example does not need. */
export type ExampleArrays = readonly (Int32Array | null)[];

export interface ExampleKind<T> {
  readonly name: "rows" | "pairs" | "feedback" | "prompts";
  /** Whether its data sets hold two answers to every prompt. */
  readonly ranking: boolean;
  /** Arrays of one example. */
  readonly width: number;
  readonly toArrays: (example: T) => ExampleArrays;
  readonly fromArrays: (arrays: ExampleArrays) => T;
  /** Tokens that a batch of this example computes, for grouping by length. */
  readonly lengthOf: (example: T) => number;
}

const rowArrays = ({ inputIds, labels, attentionMask, positionIds }: EncodedExample): ExampleArrays => [
  inputIds,
  labels,
  attentionMask,
  positionIds,
];
const toRow = ([inputIds, labels, attentionMask, positionIds]: ExampleArrays): EncodedExample => ({
  inputIds: inputIds!,
  labels: labels!,
  attentionMask: attentionMask!,
  positionIds: positionIds!,
});

export const ROWS: ExampleKind<EncodedExample> = {
  name: "rows",
  ranking: false,
  width: 4,
  toArrays: rowArrays,
  fromArrays: toRow,
  lengthOf: ({ inputIds }) => inputIds.length,
};

export const PAIRS: ExampleKind<PreferencePair> = {
  name: "pairs",
  ranking: true,
  width: 8,
  toArrays: ({ chosen, rejected }) => [...rowArrays(chosen), ...rowArrays(rejected)],
  fromArrays: (arrays) => ({ chosen: toRow(arrays.slice(0, 4)), rejected: toRow(arrays.slice(4)) }),
  lengthOf: ({ chosen, rejected }) => chosen.inputIds.length + rejected.inputIds.length,
};

export const FEEDBACK: ExampleKind<FeedbackExample> = {
  name: "feedback",
  ranking: false,
  width: 9,
  toArrays: ({ target, mismatched, desirable }) => [
    ...rowArrays(target),
    ...rowArrays(mismatched),
    Int32Array.of(desirable ? 1 : 0),
  ],
  fromArrays: (arrays) => ({
    target: toRow(arrays.slice(0, 4)),
    mismatched: toRow(arrays.slice(4, 8)),
    desirable: arrays[8]![0] === 1,
  }),
  lengthOf: ({ target }) => target.inputIds.length,
};

export const PROMPTS: ExampleKind<PromptExample> = {
  name: "prompts",
  ranking: false,
  width: 2,
  toArrays: ({ promptIds, answerIds }) => [promptIds, answerIds],
  fromArrays: ([promptIds, answerIds]) => ({ promptIds: promptIds!, answerIds: answerIds! }),
  lengthOf: ({ promptIds }) => promptIds.length,
};
