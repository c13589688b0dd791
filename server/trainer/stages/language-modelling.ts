/**
 * Next-token training on plain rows: stage sft (labels on the answers) and stage pt (labels everywhere). The two differ
 * in how rows are encoded, which `loadExamples` decides from the configuration, and in that pt reports perplexity.
 */
import { epochBatches, evaluationBatches } from "../data/batches";
import type { EncodedExample } from "../data/encoded-example";
import { loadExamples } from "../data/load-examples";
import type { TokenBatch, TrainableModel } from "../models/causal-lm";
import { announceData } from "./announce-data";
import { checkVocabulary } from "./check-vocabulary";
import { openReference } from "./reference";
import type { PreparedStage, Stage, StageContext } from "./stage";
import { withAccuracy } from "./token-accuracy";
import { anchoredTokenStage, dynamicTokenStage, entropyTokenStage } from "./token-losses";
import { tokenStage } from "./token-stage";

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
  const stage = config.stage === "sft" ? await supervisedStage(context, model) : tokenStage(model);
  return {
    stage: config.compute_accuracy && config.stage === "sft" ? withAccuracy(stage, model) : stage,
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

/** The loss that the configuration names; one of them at most. */
async function supervisedStage(context: StageContext, model: TrainableModel): Promise<Stage<TokenBatch>> {
  const { config } = context;
  if (config.use_dft_loss) return dynamicTokenStage(model);
  if (config.use_eaft_loss) return entropyTokenStage(model, config.eaft_alpha);
  if (!config.use_asft_loss) return tokenStage(model);
  const { logits } = await openReference(context, model);
  return anchoredTokenStage(model, logits, config.asft_alpha);
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
