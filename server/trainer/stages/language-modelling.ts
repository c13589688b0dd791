/**
 * Next-token training on plain rows: stage sft (labels on the answers) and stage pt (labels everywhere). The two differ
 * in how rows are encoded, which `loadExamples` decides from the configuration, and in that pt reports perplexity.
 */
import { epochBatches, evaluationBatches } from "../data/batches";
import type { EncodedExample } from "../data/encoded-example";
import { loadExamples } from "../data/load-examples";
import { countLabels, type TokenBatch, type TrainableModel } from "../models/causal-lm";
import { announceData } from "./announce-data";
import { tokensOf } from "./answer-logps";
import { checkVocabulary } from "./check-vocabulary";
import type { PreparedStage, Stage, StageContext } from "./stage";

/** Loads data, then model. @throws AppError naming what is wrong with either */
export async function prepareLanguageModelling(context: StageContext): Promise<PreparedStage<TokenBatch>> {
  const { config, template, baseDir } = context;
  const announce = announceData(context);
  const { train, evaluation, report } = await loadExamples(config, {
    template,
    tokenizer: template.tokenizer,
    baseDir,
    onProgress: announce.progress,
  });
  announce.done(report);
  const model = await context.openModel();
  checkVocabulary(context, [...train, ...evaluation], model);
  return {
    stage: config.use_dft_loss && config.stage === "sft" ? dynamicTokenStage(model) : tokenStage(model),
    model,
    trainRows: train.length,
    evalRows: evaluation.length,
    stepBatches: (epoch, skip) => trainingBatches(context, train, { epoch, skip }),
    evalBatches: () =>
      evaluationBatches(evaluation, {
        batchSize: config.per_device_eval_batch_size,
        padId: padIdOf(context),
      }),
    ...(config.stage === "pt" && {
      deriveResults: (evalLoss: number) => ({ eval_perplexity: Math.exp(evalLoss) }),
    }),
  };
}

function padIdOf({ template }: StageContext): number {
  return template.tokenizer.pad?.id ?? 0;
}

function trainingBatches(
  context: StageContext,
  rows: readonly EncodedExample[],
  { epoch, skip }: { epoch: number; skip: number },
): Iterable<TokenBatch[]> {
  const { config } = context;
  return epochBatches(
    rows,
    {
      epoch,
      seed: config.data_seed ?? config.seed,
      strategy: config.disable_shuffling ? "sequential" : config.train_sampling_strategy,
      batchSize: config.per_device_train_batch_size,
      accumulation: config.gradient_accumulation_steps,
      padId: padIdOf(context),
    },
    skip,
  );
}

/** Mean cross entropy over the label tokens of the whole step. */
export function tokenStage(
  model: Pick<TrainableModel, "accumulateGradients" | "evaluate">,
): Stage<TokenBatch> {
  return {
    itemsIn: countLabels,
    tokensIn: tokensOf,
    async accumulate(batch, { itemsInStep, dropoutSeed }) {
      if (countLabels(batch) === 0) return { loss: 0 };
      return { loss: await model.accumulateGradients(batch, { denominator: itemsInStep, dropoutSeed }) };
    },
    async evaluate(batch) {
      if (countLabels(batch) === 0) return { loss: null, rows: batch.rows };
      const { lossSum, labelTokens } = await model.evaluate(batch);
      return { loss: lossSum / labelTokens, rows: batch.rows };
    },
  };
}

/**
 * Dynamic fine-tuning (https://arxiv.org/abs/2508.05629): every label's cross entropy times its probability, which no
 * gradient flows through. Evaluation stays plain, as in LLaMA-Factory.
 */
export function dynamicTokenStage(
  model: Pick<TrainableModel, "accumulateGradients" | "accumulateWeighted" | "evaluate">,
): Stage<TokenBatch> {
  return {
    ...tokenStage(model),
    async accumulate(batch, { itemsInStep, dropoutSeed }) {
      if (countLabels(batch) === 0) return { loss: 0 };
      let loss = 0;
      const weigh = (losses: Float32Array) =>
        losses.map((crossEntropy) => {
          const weight = Math.exp(-crossEntropy) / itemsInStep;
          loss += weight * crossEntropy;
          return weight;
        });
      await model.accumulateWeighted(batch, { weigh, dropoutSeed });
      return { loss };
    },
  };
}
