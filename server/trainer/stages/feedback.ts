/** Stage kto: single answers that were liked or not, with a mismatched answer beside each for the divergence. */
import type { FeedbackExample } from "../data/encoded-example";
import { FEEDBACK } from "../data/example-kinds";
import { loadFeedback } from "../data/load-examples";
import { feedbackLoss, type FeedbackResult } from "../losses/feedback";
import type { TokenBatch, TrainableModel } from "../models/causal-lm";
import { announceData } from "./announce-data";
import { labelCounts, labelWeights, rowLogps, stackRows, sumOfRows, tokensOf } from "./answer-logps";
import { vocabularyCheck } from "./check-vocabulary";
import { openReference, type ReferenceLosses } from "./reference";
import { cut, evaluationsOf, trainingSteps } from "./row-batches";
import { addTallies, type PreparedStage, type Stage, type StageContext, type Tally } from "./stage";

export interface FeedbackBatch {
  readonly tokens: TokenBatch;
  readonly mismatched: TokenBatch;
  readonly desirable: readonly boolean[];
}

/** Loads answers, then model and reference. @throws AppError naming what is wrong with either */
export async function prepareFeedback(context: StageContext): Promise<PreparedStage<FeedbackBatch>> {
  const { config } = context;
  const announce = announceData(context);
  const data = await loadFeedback(config, announce.options);
  announce.done(data.report);
  const model = await context.openModel();
  const checkIds = vocabularyCheck(context, model);
  const check = (rows: readonly FeedbackExample[]) =>
    checkIds(rows.flatMap(({ target, mismatched }) => [target, mismatched]));
  check([...data.train, ...data.evaluation]);
  const reference = (await openReference(context, model)).losses;

  const stack = (rows: readonly FeedbackExample[]): FeedbackBatch => ({
    tokens: stackRows(
      context,
      rows.map(({ target }) => target),
    ),
    mismatched: stackRows(
      context,
      rows.map(({ mismatched }) => mismatched),
    ),
    desirable: rows.map(({ desirable }) => desirable),
  });
  return {
    stage: feedbackStage(model, reference, context),
    model,
    ...trainingSteps(context, data, {
      lengthOf: FEEDBACK.lengthOf,
      stackStep: (rows) => ({ batches: cut(rows, config.per_device_train_batch_size).map(stack) }),
      check,
    }),
    evaluations: evaluationsOf(context, data, stack),
  };
}

type PolicyModel = Pick<TrainableModel, "accumulateWeighted" | "labelLosses" | "meanLogits" | "hfConfig">;

/** The KTO loss, a mean over answers and micro-batches. */
function feedbackStage(
  model: PolicyModel,
  reference: ReferenceLosses,
  { config }: Pick<StageContext, "config">,
): Stage<FeedbackBatch> {
  const options = {
    beta: config.pref_beta,
    ftx: config.pref_ftx,
    chosenWeight: config.kto_chosen_weight,
    rejectedWeight: config.kto_rejected_weight,
  };
  const vocabularySize = Number(model.hfConfig["vocab_size"]);
  /** Everything but the policy's losses on the answers themselves. */
  const judge = async ({ tokens, mismatched, desirable }: FeedbackBatch) => {
    const counts = labelCounts(tokens);
    const mismatchedCounts = labelCounts(mismatched);
    const logpsOf = async (losses: Promise<Float32Array>, of: readonly number[]) =>
      rowLogps(of, await losses);
    const given = {
      desirable,
      lengths: counts,
      reference: await logpsOf(reference(tokens), counts),
      mismatchedPolicy: await logpsOf(model.labelLosses(mismatched, "model"), mismatchedCounts),
      mismatchedReference: await logpsOf(reference(mismatched), mismatchedCounts),
    };
    return (losses: Float32Array) => {
      const policy = rowLogps(counts, losses);
      return { policy, counts, result: feedbackLoss({ ...given, policy }, options) };
    };
  };
  return {
    itemsIn: ({ desirable }) => desirable.length,
    tokensIn: ({ tokens }) => tokensOf(tokens),
    async accumulate(batch, { batchesInStep, dropoutSeed }) {
      const judged = await judge(batch);
      let given: ReturnType<typeof judged> | null = null;
      const weigh = (losses: Float32Array) => {
        given = judged(losses);
        return labelWeights(given.counts, given.result.gradients, { share: 1 / batchesInStep });
      };
      const meanLogits = await model.accumulateWeighted(batch.tokens, { weigh, dropoutSeed });
      const { result, policy } = given!;
      return {
        loss: result.loss / batchesInStep,
        metrics: answerMetrics(batch, { result, policy, meanLogits, vocabularySize }),
      };
    },
    async evaluate(batch) {
      const judged = await judge(batch);
      const { result, policy } = judged(await model.labelLosses(batch.tokens, "model"));
      const meanLogits = await model.meanLogits(batch.tokens);
      const metrics = answerMetrics(batch, { result, policy, meanLogits, vocabularySize });
      return { loss: result.loss, rows: batch.desirable.length, metrics };
    },
    // LLaMA-Factory's trainer adds its metrics up and divides all but this one.
    summedMetrics: ["kl"],
    deriveMetrics(means): Record<string, number> {
      const [chosen, rejected] = [means["rewards/chosen"], means["rewards/rejected"]];
      return chosen === undefined || rejected === undefined ? {} : { "rewards/margins": chosen - rejected };
    },
  };
}

interface JudgedBatch {
  readonly result: FeedbackResult;
  readonly policy: readonly number[];
  readonly meanLogits: Float32Array;
  readonly vocabularySize: number;
}

/**
 * What LLaMA-Factory logs, each kind of answer averaged over its own number. Its logits are sums over positions and
 * vocabulary, where the other stages have means; kept, so that numbers can be compared.
 */
function answerMetrics({ tokens, desirable }: FeedbackBatch, judged: JudgedBatch): Record<string, Tally> {
  const { result, policy, meanLogits, vocabularySize } = judged;
  const metrics: Record<string, Tally> = { kl: { sum: result.kl, count: 1 } };
  for (const [row, liked] of desirable.entries()) {
    const kind = liked ? "chosen" : "rejected";
    addTallies(metrics, {
      [`rewards/${kind}`]: { sum: result.rewards[row]!, count: 1 },
      [`logps/${kind}`]: { sum: policy[row]!, count: 1 },
      [`logits/${kind}`]: { sum: sumOfRows(meanLogits, tokens, [row, row + 1]) * vocabularySize, count: 1 },
    });
  }
  return metrics;
}
