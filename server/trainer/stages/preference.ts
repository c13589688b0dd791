/**
 * Stage dpo: two answers to one prompt, of which one is better. The reference is the same weights with the adapters off,
 * or for full fine-tuning the model that training began from.
 */
import { loadPreferencePairs } from "../data/load-examples";
import { mean, needsReference, preferenceLoss, type PreferenceResult } from "../losses/preference";
import type { TrainableModel } from "../models/causal-lm";
import { announceData } from "./announce-data";
import { labelCounts, labelWeights, lengthScales, rowLogps, sumOfRows, tokensOf } from "./answer-logps";
import { pairBatches, type PairBatch } from "./pair-rows";
import { openReference, type ReferenceLosses } from "./reference";
import type { PreparedStage, Stage, StageContext, Tallies } from "./stage";

/** Loads pairs, then model and reference. @throws AppError naming what is wrong with either */
export async function preparePreference(context: StageContext): Promise<PreparedStage<PairBatch>> {
  const { config } = context;
  const announce = announceData(context);
  const data = await loadPreferencePairs(config, announce.options);
  announce.done(data.report);
  const model = await context.openModel();
  const batches = pairBatches(context, data, model);
  const reference = needsReference(config.pref_loss) ? (await openReference(context, model)).losses : null;
  const trainTokens = data.stream ? undefined : data.report.trainTokens;
  return { stage: preferenceStage(model, reference, context), model, ...batches, trainTokens };
}

type PolicyModel = Pick<TrainableModel, "accumulateWeighted" | "labelLosses" | "meanLogits">;

/** The loss that `pref_loss` names, a mean over pairs and micro-batches. */
function preferenceStage(
  model: PolicyModel,
  reference: ReferenceLosses | null,
  { config }: Pick<StageContext, "config">,
): Stage<PairBatch> {
  const options = {
    type: config.pref_loss,
    beta: config.pref_beta,
    ftx: config.pref_ftx,
    labelSmoothing: config.dpo_label_smoothing,
    simpoGamma: config.simpo_gamma,
  };
  const memory = new MeanReward();
  /** The loss of policy losses against the reference's, which were computed before. */
  const compare = ({ tokens, pairs }: PairBatch, meanReward: (ofBatch: number) => number) => {
    const counts = labelCounts(tokens);
    const scales = config.ld_alpha == null ? null : lengthScales(tokens, counts, config.ld_alpha);
    const halves = (values: readonly number[]) => [values.slice(0, pairs), values.slice(pairs)] as const;
    const [chosenLengths, rejectedLengths] = halves(counts);
    const bco = config.pref_bco_weight > 0 ? { weight: config.pref_bco_weight, meanReward } : undefined;
    const result = (policyLosses: Float32Array, referenceLosses: Float32Array | null): PreferenceResult => {
      const [chosen, rejected] = halves(rowLogps(counts, policyLosses, scales));
      const [referenceChosen, referenceRejected] = halves(
        referenceLosses ? rowLogps(counts, referenceLosses) : counts.map(() => 0),
      );
      const lengths = { chosenLengths, rejectedLengths };
      return preferenceLoss(
        { chosen, rejected, referenceChosen, referenceRejected, ...lengths },
        { ...options, ...(bco && { bco }) },
      );
    };
    const weights = ({ chosenGradients, rejectedGradients }: PreferenceResult, share: number) =>
      labelWeights(counts, [...chosenGradients, ...rejectedGradients], { share, scales });
    return { result, weights };
  };
  return {
    memory: memory.numbers,
    itemsIn: ({ pairs }) => pairs,
    tokensIn: ({ tokens }) => tokensOf(tokens),
    async accumulate(batch, { batchesInStep, dropoutSeed }) {
      const referenceLosses = reference ? await reference(batch.tokens) : null;
      const compared = compare(batch, memory.updating());
      let result: PreferenceResult | null = null;
      const weigh = (losses: Float32Array) => {
        result = compared.result(losses, referenceLosses);
        return compared.weights(result, 1 / batchesInStep);
      };
      const meanLogits = await model.accumulateWeighted(batch.tokens, { weigh, dropoutSeed });
      const given = result!;
      return { loss: given.loss / batchesInStep, metrics: pairMetrics(batch, given, meanLogits) };
    },
    async evaluate(batch) {
      const referenceLosses = reference ? await reference(batch.tokens) : null;
      const losses = await model.labelLosses(batch.tokens, "model");
      const result = compare(batch, (ofBatch) => memory.mean ?? ofBatch).result(losses, referenceLosses);
      const metrics = pairMetrics(batch, result, await model.meanLogits(batch.tokens));
      return { loss: result.loss, rows: batch.pairs, metrics };
    },
  };
}

/** The mean reward of all batches that were trained on, which BCO judges answers against. */
class MeanReward {
  readonly numbers = { rewardMean: 0, rewardCount: 0 };

  get mean(): number | null {
    return this.numbers.rewardCount === 0 ? null : this.numbers.rewardMean;
  }

  /** Takes one batch in, however often it is told of it. */
  updating(): (ofBatch: number) => number {
    const { rewardMean, rewardCount } = this.numbers;
    return (ofBatch) => {
      this.numbers.rewardCount = rewardCount + 1;
      return (this.numbers.rewardMean = rewardMean + (ofBatch - rewardMean) / (rewardCount + 1));
    };
  }
}

/** What LLaMA-Factory logs, each a mean over the batch that counts as one. */
function pairMetrics(
  { tokens, pairs }: PairBatch,
  result: PreferenceResult,
  meanLogits: Float32Array,
): Tallies {
  const { chosenRewards, rejectedRewards, chosenLogps, rejectedLogps, parts } = result;
  const margins = chosenRewards.map((reward, i) => reward - rejectedRewards[i]!);
  const positions = pairs * tokens.length;
  const means = {
    "rewards/chosen": mean(chosenRewards),
    "rewards/rejected": mean(rejectedRewards),
    "rewards/accuracies": mean(margins.map((margin) => (margin > 0 ? 1 : 0))),
    "rewards/margins": mean(margins),
    "logps/chosen": mean(chosenLogps),
    "logps/rejected": mean(rejectedLogps),
    "logits/chosen": sumOfRows(meanLogits, tokens, [0, pairs]) / positions,
    "logits/rejected": sumOfRows(meanLogits, tokens, [pairs, 2 * pairs]) / positions,
    ...(parts && { sft_loss: parts.sftLoss, odds_ratio_loss: parts.oddsRatioLoss }),
  };
  return Object.fromEntries(Object.entries(means).map(([key, value]) => [key, { sum: value, count: 1 }]));
}
