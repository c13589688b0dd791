/**
 * `do_predict`: answers every row of the evaluation data and compares with its label. Writes generated_predictions.jsonl
 * as it goes and predict_results.json at the end, as LLaMA-Factory names and fills them.
 */
import path from "node:path";
import { AppError } from "../../contract/errors";
import { PREDICTIONS_FILE } from "../../contract/evaluation";
import { PHASE_WORDS, STOPPED_WORDS } from "../../contract/phase";
import { splitList, type TrainConfig } from "../../contract/train-config";
import type { PromptExample } from "../data/encoded-example";
import { loadPrompts } from "../data/load-examples";
import { loadTokenizer } from "../tokenizer/load-tokenizer";
import { getTemplate } from "../tokenizer/templates/get-template";
import type { Template } from "../tokenizer/templates/template";
import { openLineFile } from "../train/line-file";
import { BATCHES_PER_LINE, predictionLine } from "../train/progress";
import { pythonJson, rounded } from "../train/python-format";
import { saveResults, type Results } from "../train/result-files";
import type { RunContext } from "../train/train-run";
import { samplingOf, startingModel, trainedModel } from "./model-choice";
import { openPredictionModel, type PredictionModel } from "./prediction-model";
import { meanScores, scorePair, type SimilarityScores } from "./similarity";
import { loadWordCutter } from "./word-cutter";

/**
 * Predicts with the model that the configuration names, or with what the run has just trained.
 * @throws AppError invalid_config, dataset_malformed, …, before anything is generated
 */
export async function predictRun(context: RunContext): Promise<void> {
  const { config, log } = context;
  const tokenizer = await loadTokenizer(config.model_name_or_path);
  const template = getTemplate(config.template, tokenizer, {
    toolFormat: config.tool_format ?? null,
    defaultSystem: config.default_system ?? null,
    enableThinking: config.enable_thinking,
    preserveThinking: config.preserve_thinking,
  });
  const examples = await loadEvaluation(config, template);
  log.info(`${PHASE_WORDS.loadModel} ${config.model_name_or_path}`);
  const start = performance.now();
  const model = await openPredictionModel({
    ...(config.do_train ? trainedModel(config, context.folder.path) : startingModel(config)),
    template,
    skipSpecialTokens: config.skip_special_tokens,
  });
  const preparation = (performance.now() - start) / 1000;
  try {
    checkLengths(examples, model);
    const results = await predictAll({ context, template, model, examples });
    if (results === null) return;
    await saveResults(context.folder.path, "predict", {
      ...results,
      ...(!config.do_train && { predict_model_preparation_time: rounded(preparation, 4) }),
    });
  } finally {
    await model.dispose();
  }
}

/** Rows of `eval_dataset`, or those that val_size takes out of `dataset`. */
async function loadEvaluation(config: TrainConfig, template: Template): Promise<readonly PromptExample[]> {
  const wanted = splitList(config.eval_dataset).length > 0 ? { ...config, dataset: undefined } : config;
  const { evaluation } = await loadPrompts(wanted, {
    template,
    baseDir: process.cwd(),
  });
  if (evaluation.length > 0) return evaluation;
  throw new AppError(
    "dataset_malformed",
    "do_predict: no row is left to predict. Check eval_dataset and val_size.",
  );
}

function checkLengths(examples: readonly PromptExample[], { contextLength }: PredictionModel): void {
  const row = examples.findIndex(({ promptIds }) => promptIds.length >= contextLength);
  if (row < 0) return;
  throw new AppError(
    "invalid_config",
    `do_predict: the prompt of row ${row + 1} has ${examples[row]!.promptIds.length} tokens and the model's context is ${contextLength}. Set cutoff_len below it.`,
  );
}

interface Prediction {
  readonly context: RunContext;
  readonly template: Template;
  readonly model: PredictionModel;
  readonly examples: readonly PromptExample[];
}

/** @returns null where a stop was asked for */
async function predictAll({ context, template, model, examples }: Prediction): Promise<Results | null> {
  const { config, folder, log, signal } = context;
  const batchSize = config.per_device_eval_batch_size;
  const batches = Math.ceil(examples.length / batchSize);
  const cut = await loadWordCutter();
  const decode = (ids: Iterable<number>, skipSpecialTokens: boolean) =>
    template.tokenizer.decode([...ids], { skipSpecialTokens });
  log.info(PHASE_WORDS.predict);
  log.info(`  Num examples = ${examples.length}`);
  log.info(`  Batch size = ${batchSize}`);

  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const scores: SimilarityScores[] = [];
  const file = path.join(folder.path, PREDICTIONS_FILE);
  const lines = openLineFile(file, { keep: false });
  try {
    for (const [row, { promptIds, answerIds }] of examples.entries()) {
      const predicted = signal.aborted
        ? null
        : await model.predict({
            prompt: [...promptIds],
            // Equal seeds give a row the same answer, whatever rows came before.
            sampling: { ...samplingOf(config), seed: config.seed + row },
            maxNewTokens: config.max_new_tokens,
            signal,
          });
      if (predicted === null) {
        log.info(`${STOPPED_WORDS} 0 of 0, after ${row} of ${examples.length} predictions.`);
        return null;
      }
      const label = decode(answerIds, config.skip_special_tokens);
      lines.append(pythonJson({ prompt: decode(promptIds, false), predict: predicted.text, label }));
      scores.push(scorePair(predicted.text, label, cut));
      const done = (row + 1) / batchSize;
      // A run that also trains has its steps in trainer_log.jsonl; another count would contradict them.
      if (!config.do_train && Number.isInteger(done) && done % BATCHES_PER_LINE === 0)
        folder.lines.append(predictionLine(done, batches, elapsed()));
    }
  } finally {
    lines.close();
  }
  const means = meanScores(scores);
  const seconds = elapsed();
  const results = {
    ...Object.fromEntries(Object.entries(means).map(([name, value]) => [`predict_${name}`, value])),
    predict_runtime: rounded(seconds, 4),
    predict_samples_per_second: rounded(examples.length / seconds, 3),
    predict_steps_per_second: rounded(batches / seconds, 3),
  };
  for (const [name, value] of Object.entries(results)) log.info(`  ${name} = ${value}`);
  log.info(`Saving prediction results to ${file}`);
  return results;
}
