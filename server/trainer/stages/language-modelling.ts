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
import { announceData } from "./announce-data";
import { tokensOf } from "./answer-logps";
import { vocabularyCheck } from "./check-vocabulary";
import { openReference } from "./reference";
import { cut, evaluationsOf, trainingSteps } from "./row-batches";
import type { PreparedStage, Stage, StageContext } from "./stage";
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
    ...(config.stage === "pt" && { tokensIn: tokensToLongest }),
    // Stage sft is a Seq2SeqTrainer, which keeps a batch's loss once for every row that the batch could have had.
    batchesWeighAlike: config.stage === "sft",
  };
  const stack = (rows: readonly EncodedExample[]) => stackTokens(context, rows);
  return {
    stage:
      config.compute_accuracy && config.stage === "sft"
        ? withAccuracy(stage, model, { plain: isPlain(config) })
        : stage,
    model,
    ...trainingSteps(context, data, {
      lengthOf: ROWS.lengthOf,
      stackStep: (rows) => likeLengths(rows, config.per_device_train_batch_size).map(stack),
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
 * A step's rows, sorted by length, so that micro-batches hold rows of like length and less padding is computed. The loss
 * is normalised over the labels of the whole step, so the sorting changes nothing but the padding.
 */
export function likeLengths(rows: readonly EncodedExample[], size: number): EncodedExample[][] {
  const lengths = rows.map(ROWS.lengthOf);
  const order = longestFirst([...rows.keys()], lengths);
  return cut(
    order.map((i) => rows[i]!),
    size,
  );
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
