/**
 * Next-token training on plain rows: stage sft (labels on the answers) and stage pt (labels everywhere). The two differ
 * in how rows are encoded, which `loadExamples` decides from the configuration, and in that pt reports perplexity.
 */
import { collate } from "../data/batches";
import type { EncodedExample } from "../data/encoded-example";
import { longestFirst } from "../data/epoch-order";
import { ROWS } from "../data/example-kinds";
import { loadExamples } from "../data/load-examples";
import type { TokenBatch, TrainableModel } from "../models/causal-lm";
import { stretchesWithLength } from "../models/model-config";
import { announceData } from "./announce-data";
import { tokensOf } from "./answer-logps";
import { vocabularyCheck } from "./check-vocabulary";
import { openReference } from "./reference";
import { cut, evaluationsOf, trainingSteps } from "./row-batches";
import {
  sumTokens,
  type PreparedStage,
  type Stage,
  type StageContext,
  type StepBatches,
  type TokenCount,
} from "./stage";
import { withAccuracy } from "./token-accuracy";
import { anchoredTokenStage, dynamicTokenStage, entropyTokenStage, smoothedTokenStage } from "./token-losses";
import { tokenStage } from "./token-stage";

/** Loads data, then model. @throws AppError naming what is wrong with either */
export async function prepareLanguageModelling(context: StageContext): Promise<PreparedStage<TokenBatch>> {
  const { config } = context;
  const announce = announceData(context);
  const data = await loadExamples(config, announce.options);
  announce.done(data.report);
  const model = await context.openModel();
  const check = vocabularyCheck(context, model);
  check([...data.train, ...data.evaluation]);
  const stage = {
    ...(await lossStage(context, model)),
    tokensIn: config.stage === "pt" ? tokensToLongest : tokensOf,
    // Stage sft is a Seq2SeqTrainer, which keeps a batch's loss once for every row that the batch could have had.
    batchesWeighAlike: config.stage === "sft",
  };
  const stack = (rows: readonly EncodedExample[]) => stackTokens(context, rows);
  const size = config.per_device_train_batch_size;
  const regroups = mayRegroup(config, model);
  return {
    stage:
      config.compute_accuracy && config.stage === "sft"
        ? withAccuracy(stage, model, { plain: isPlain(config) })
        : stage,
    model,
    ...trainingSteps(context, data, {
      lengthOf: ROWS.lengthOf,
      stackStep: (rows) => stackStep(rows, { size, stack, tokensIn: stage.tokensIn, regroups }),
      check,
    }),
    evaluations: evaluationsOf(context, data, stack),
    ...(config.stage === "sft" && !data.stream && { trainTokens: data.report.trainTokens }),
    ...(config.stage === "pt" && {
      deriveResults: (evalLoss: number) => ({ eval_perplexity: Math.exp(evalLoss) }),
    }),
  };
}

/** Whether the loss is the plain cross entropy. */
function isPlain(config: StageContext["config"]): boolean {
  const { use_dft_loss, use_eaft_loss, use_asft_loss, label_smoothing_factor } = config;
  return !use_dft_loss && !use_eaft_loss && !use_asft_loss && label_smoothing_factor === 0;
}

/** The loss that the configuration names; one of them at most. */
async function lossStage(context: StageContext, model: TrainableModel): Promise<Stage<TokenBatch>> {
  const { config } = context;
  if (config.label_smoothing_factor > 0) return smoothedTokenStage(model, config.label_smoothing_factor);
  if (config.stage !== "sft") return tokenStage(model);
  if (config.use_dft_loss) return dynamicTokenStage(model);
  if (config.use_eaft_loss) return entropyTokenStage(model, config.eaft_alpha);
  if (!config.use_asft_loss) return tokenStage(model);
  const { logits } = await openReference(context, model);
  return anchoredTokenStage(model, logits, config.asft_alpha);
}

/**
 * Whether a row gives the same loss whatever stands beside it. NEFTune's noise shrinks with a batch's length, smoothed
 * labels are averaged by micro-batch, labels may lie on padding, and rope that stretches with the text reads the longest row.
 */
export function mayRegroup(
  { neftune_noise_alpha, label_smoothing_factor, ignore_pad_token_for_loss }: StageContext["config"],
  { hfConfig }: Pick<TrainableModel, "hfConfig">,
): boolean {
  if (neftune_noise_alpha || label_smoothing_factor > 0 || !ignore_pad_token_for_loss) return false;
  return !stretchesWithLength(hfConfig);
}

/** How rows become batches. */
interface StepStacking {
  /** Rows of a micro-batch. */
  readonly size: number;
  readonly stack: (rows: readonly EncodedExample[]) => TokenBatch;
  readonly tokensIn: (batch: TokenBatch) => TokenCount;
  readonly regroups: boolean;
}

/**
 * The micro-batches of one step's rows. The loss is normalised over the labels of the whole step, so with `regroups` they
 * hold rows of like length and less padding is computed; logs count the padding of the rows as they came, as
 * LLaMA-Factory computes it.
 */
export function stackStep(
  rows: readonly EncodedExample[],
  { size, stack, tokensIn, regroups }: StepStacking,
): StepBatches<TokenBatch> {
  const batches = cut(rows, size).map(stack);
  if (batches.length === 1 || !regroups) return { batches };
  const order = longestFirst([...rows.keys()], rows.map(ROWS.lengthOf));
  const alike = cut(
    order.map((i) => rows[i]!),
    size,
  );
  return { batches: alike.map(stack), tokens: sumTokens(batches.map(tokensIn)) };
}

/** Tokens up to the end of the longest row: for stage pt LLaMA-Factory rounds no lengths up. */
function tokensToLongest(batch: TokenBatch): { all: number; real: number } {
  const { rows, length, attentionMask } = batch;
  let longest = 0;
  for (const [at, mask] of attentionMask.entries())
    if (mask !== 0) longest = Math.max(longest, (at % length) + 1);
  return { all: rows * longest, real: tokensOf(batch).real };
}

/** LLaMA-Factory's collator rounds lengths up to this, in evaluation too. */
const LENGTH_MULTIPLE = 8;

function stackTokens({ config, template }: StageContext, rows: readonly EncodedExample[]): TokenBatch {
  const padId = template.tokenizer.pad?.id ?? 0;
  // Stage pt makes its labels after padding, and leaves padding out of them.
  const trainsOnPadding = config.stage === "sft" && !config.ignore_pad_token_for_loss;
  return {
    ...collate(rows, { padId, multipleOf: LENGTH_MULTIPLE, ...(trainsOnPadding && { labelPadId: padId }) }),
    ...(trainsOnPadding && { masksPadding: true }),
  };
}
