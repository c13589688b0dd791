/** Pairs of answers as the batches of the stages that compare them. */
import type { PreferencePair } from "../data/encoded-example";
import { PAIRS } from "../data/example-kinds";
import type { LoadedData } from "../data/loaded-data";
import type { TokenBatch, TrainableModel } from "../models/causal-lm";
import { stackRows } from "./answer-logps";
import { vocabularyCheck } from "./check-vocabulary";
import { cut, evaluationsOf, trainingSteps } from "./row-batches";
import type { PreparedStage, StageContext } from "./stage";

/** P pairs: rows 0..P-1 are the chosen answers, rows P..2P-1 the rejected ones. */
export interface PairBatch {
  readonly tokens: TokenBatch;
  readonly pairs: number;
}

/** How training and evaluation go through pairs, once their ids are known to fit the model. */
export function pairBatches(
  context: StageContext,
  data: LoadedData<PreferencePair>,
  model: Pick<TrainableModel, "hfConfig">,
): Omit<PreparedStage<PairBatch>, "stage" | "model" | "deriveResults"> {
  const checkIds = vocabularyCheck(context, model);
  const check = (pairs: readonly PreferencePair[]) =>
    checkIds(pairs.flatMap(({ chosen, rejected }) => [chosen, rejected]));
  check([...data.train, ...data.evaluation]);
  const stack = (pairs: readonly PreferencePair[]): PairBatch => ({
    tokens: stackRows(context, [
      ...pairs.map(({ chosen }) => chosen),
      ...pairs.map(({ rejected }) => rejected),
    ]),
    pairs: pairs.length,
  });
  const size = context.config.per_device_train_batch_size;
  return {
    ...trainingSteps(context, data, {
      lengthOf: PAIRS.lengthOf,
      stackStep: (rows) => ({ batches: cut(rows, size).map(stack) }),
      check,
    }),
    evaluations: evaluationsOf(context, data, stack),
  };
}
