/** Pairs of answers as the batches of the stages that compare them. */
import type { EncodedExample, PreferencePair } from "../data/encoded-example";
import type { LoadedData } from "../data/load-examples";
import type { TokenBatch } from "../models/causal-lm";
import { stackRows } from "./answer-logps";
import { cut, stepsOfRows } from "./row-batches";
import type { PreparedStage, StageContext } from "./stage";

/** P pairs: rows 0..P-1 are the chosen answers, rows P..2P-1 the rejected ones. */
export interface PairBatch {
  readonly tokens: TokenBatch;
  readonly pairs: number;
}

/** All answers of pairs. */
export function answersOf({ train, evaluation }: LoadedData<PreferencePair>): EncodedExample[] {
  return [...train, ...evaluation].flatMap(({ chosen, rejected }) => [chosen, rejected]);
}

/** How training and evaluation go through pairs. */
export function pairBatches(
  context: StageContext,
  { train, evaluation }: LoadedData<PreferencePair>,
): Pick<PreparedStage<PairBatch>, "trainRows" | "evalRows" | "stepBatches" | "evalBatches"> {
  const stack = (pairs: readonly PreferencePair[]): PairBatch => ({
    tokens: stackRows(context, [
      ...pairs.map(({ chosen }) => chosen),
      ...pairs.map(({ rejected }) => rejected),
    ]),
    pairs: pairs.length,
  });
  const lengths = train.map(({ chosen, rejected }) => chosen.inputIds.length + rejected.inputIds.length);
  return {
    trainRows: train.length,
    evalRows: evaluation.length,
    *stepBatches(epoch, skip) {
      for (const step of stepsOfRows(context, { rows: train, lengths }, { epoch, skip }))
        yield step.map(stack);
    },
    evalBatches: () => cut(evaluation, context.config.per_device_eval_batch_size).map(stack),
  };
}
