/**
 * Stage dpo: two answers to one prompt, of which one is better. The reference is the same weights with the adapters off,
 * or for full fine-tuning the model that training began from.
 */
import { loadPreferencePairs } from "../data/load-examples";
import { mean, needsReference, preferenceLoss, type PreferenceResult } from "../losses/preference";
import type { TrainableModel } from "../models/causal-lm";
import { announceData } from "./announce-data";
import { labelCounts, labelWeights, rowLogps, sumOfRows, tokensOf } from "./answer-logps";
import { checkVocabulary } from "./check-vocabulary";
import { answersOf, pairBatches, type PairBatch } from "./pair-rows";
import { openReference, type ReferenceLosses } from "./reference";
import type { PreparedStage, Stage, StageContext, Tallies } from "./stage";

/** Loads pairs, then model and reference. @throws AppError naming what is wrong with either */
export async function preparePreference(context: StageContext): Promise<PreparedStage<PairBatch>> {
  const { config, template, baseDir } = context;
  const announce = announceData(context);
  const options = { template, tokenizer: template.tokenizer, baseDir, onProgress: announce.progress };
  const data = await loadPreferencePairs(config, options);
  announce.done(data.report);
  const model = await context.openModel();
  checkVocabulary(context, answersOf(data), model);
  const reference = needsReference(config.pref_loss) ? await openReference(context, model) : null;
  return { stage: preferenceStage(model, reference, context), model, ...pairBatches(context, data) };
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
  /** The loss of policy losses against the reference's, which were computed before. */
  const compare = ({ pairs }: PairBatch, counts: readonly number[]) => {
    const halves = (values: readonly number[]) => [values.slice(0, pairs), values.slice(pairs)] as const;
    const [chosenLengths, rejectedLengths] = halves(counts);
    return (policyLosses: Float32Array, referenceLosses: Float32Array | null): PreferenceResult => {
      const [chosen, rejected] = halves(rowLogps(counts, policyLosses));
      const [referenceChosen, referenceRejected] = halves(
        referenceLosses ? rowLogps(counts, referenceLosses) : counts.map(() => 0),
      );
      const lengths = { chosenLengths, rejectedLengths };
      return preferenceLoss({ chosen, rejected, referenceChosen, referenceRejected, ...lengths }, options);
    };
  };
  return {
    itemsIn: ({ pairs }) => pairs,
    tokensIn: ({ tokens }) => tokensOf(tokens),
    async accumulate(batch, { batchesInStep, dropoutSeed }) {
      const counts = labelCounts(batch.tokens);
      const referenceLosses = reference ? await reference(batch.tokens) : null;
      let result: PreferenceResult | null = null;
      const weigh = (losses: Float32Array) => {
        result = compare(batch, counts)(losses, referenceLosses);
        return labelWeights(
          counts,
          [...result.chosenGradients, ...result.rejectedGradients],
          1 / batchesInStep,
        );
      };
      const meanLogits = await model.accumulateWeighted(batch.tokens, { weigh, dropoutSeed });
      const given = result!;
      return { loss: given.loss / batchesInStep, metrics: pairMetrics(batch, given, meanLogits) };
    },
    async evaluate(batch) {
      const referenceLosses = reference ? await reference(batch.tokens) : null;
      const losses = await model.labelLosses(batch.tokens, "model");
      const result = compare(batch, labelCounts(batch.tokens))(losses, referenceLosses);
      const metrics = pairMetrics(batch, result, await model.meanLogits(batch.tokens));
      return { loss: result.loss, rows: batch.pairs, metrics };
    },
  };
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
