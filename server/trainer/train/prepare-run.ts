/** From a configuration to the parts of a run: tokenizer, template, data, executor, model. */
import { existsSync } from "node:fs";
import path from "node:path";
import { AppError } from "../../contract/errors";
import { PHASE_WORDS } from "../../contract/phase";
import type { SamplePrompt } from "../../contract/samples";
import { splitList, trainsAdapter, type TrainConfig } from "../../contract/train-config";
import { ADAPTER_CONFIG_FILE } from "../adapters/peft-files";
import { cacheFolder } from "../checkpoint/cache-folder";
import { createExecutor } from "../executor/choose-executor";
import type { Executor } from "../executor/executor";
import type { TrainableModel } from "../models/causal-lm";
import { asksForRouterLoss, configDropouts } from "../models/config-dropout";
import { loadTrainableModel, type LoraMethod } from "../models/load-model";
import { VALUE_HEAD_FILE, withValueHead, type ValueModel } from "../models/value-head";
import { prepareStage } from "../stages/prepare-stage";
import type { FrozenModel } from "../stages/stage";
import { loadTokenizer } from "../tokenizer/load-tokenizer";
import { saveTokenizer } from "../tokenizer/save-tokenizer";
import { getTemplate } from "../tokenizer/templates/get-template";
import type { RunLog } from "./run-log";
import { openRunSamples } from "./run-samples";
import { methodName, trainingMethod } from "./training-method";
import type { RunContext, TrainingParts } from "./train-run";

export interface PreparedRun {
  readonly parts: TrainingParts<unknown>;
  dispose(): Promise<void>;
}

/**
 * Loads everything that a run needs, data before weights.
 * @param prompts the sample prompts that are to be answered while it trains
 * @throws AppError naming the file or argument at fault and the way out
 */
export async function prepareRun(
  context: RunContext,
  prompts: readonly SamplePrompt[],
): Promise<PreparedRun> {
  const { config, log, signal } = context;
  const start = performance.now();
  const tokenizer = await loadTokenizer(config.model_name_or_path);
  const template = getTemplate(config.template, tokenizer, {
    toolFormat: config.tool_format ?? null,
    defaultSystem: config.default_system ?? null,
    enableThinking: config.enable_thinking,
    preserveThinking: config.preserve_thinking,
    trainOnPrompt: config.train_on_prompt,
  });
  const samples = prompts.length === 0 ? null : openRunSamples({ prompts, template, context });
  // Its library loads while data is read; should that fail, the failure is told where the executor is needed.
  const executor = createExecutor(config.executor);
  executor.catch(() => undefined);
  const { model, ...prepared } = await prepareStage({
    config,
    template,
    baseDir: process.cwd(),
    log,
    signal,
    openModel: async () => openModel(config, log, await executor),
    openValueModel: async () => openValueModel(config, log, await executor),
    openRewardModel: async () => openRewardModel(config, log, await executor),
    openFrozen: async (frozen) => openFrozen(frozen, await executor),
  });
  const { device } = await executor;
  return {
    parts: {
      ...prepared,
      samples,
      device,
      preparationSeconds: (performance.now() - start) / 1000,
      parameters: model.parameters,
      // transformers counts no operations of a model with a value head.
      flosPerToken: ["rm", "ppo"].includes(config.stage) ? 0 : 6 * countedWeights(model, config),
      async saveModel(folder) {
        await model.save(folder);
        if (config.pissa_convert && isOutput(config, folder))
          await model.saveConverted?.(path.join(folder, PISSA_CONVERTED_FOLDER));
        await saveTokenizer(config.model_name_or_path, folder, template.tokenizer);
      },
    },
    async dispose() {
      await prepared.dispose?.();
      model.dispose();
    },
  };
}

/** As LLaMA-Factory names it. */
const PISSA_CONVERTED_FOLDER = "pissa_converted";

/** The run's own folder, as opposed to a checkpoint's. */
function isOutput({ output_dir }: TrainConfig, folder: string): boolean {
  return output_dir !== undefined && path.resolve(output_dir) === path.resolve(folder);
}

async function openModel(config: TrainConfig, log: RunLog, executor: Executor): Promise<TrainableModel> {
  const model = await loadModel(config, log, executor);
  announceModel(model, { config, log, executor });
  return model;
}

/** With the value head of the adapter that training goes on from, of the model's folder, or a new one. */
async function openValueModel(config: TrainConfig, log: RunLog, executor: Executor): Promise<ValueModel> {
  const folder = splitList(config.adapter_name_or_path).at(-1) ?? config.model_name_or_path;
  const loaded = await loadModel(config, log, executor);
  const model = await withValueHead(loaded, { folder, seed: config.seed });
  announceModel(model, { config, log, executor });
  return model;
}

/** A model with its value head, or an adapter with one, over the base weights of the policy. */
async function openRewardModel(config: TrainConfig, log: RunLog, executor: Executor): Promise<ValueModel> {
  const folder = config.reward_model ?? "";
  if (!existsSync(path.join(folder, VALUE_HEAD_FILE))) {
    throw new AppError(
      "invalid_config",
      `reward_model: ${folder} holds no ${VALUE_HEAD_FILE}. Name the output_dir of a run with stage rm.`,
    );
  }
  log.info(`Loaded reward model from ${folder}`);
  const adapters = splitList(config.reward_model_adapters);
  const isAdapter = existsSync(path.join(folder, ADAPTER_CONFIG_FILE));
  const model = isAdapter
    ? await openFrozen({ folder: config.model_name_or_path, adapters: [...adapters, folder] }, executor)
    : await openFrozen({ folder, adapters }, executor);
  return withValueHead(model, { folder, seed: config.seed });
}

function loadModel(config: TrainConfig, log: RunLog, executor: Executor): Promise<TrainableModel> {
  log.info(`${PHASE_WORDS.loadModel} ${config.model_name_or_path}`);
  return loadTrainableModel({
    folder: config.model_name_or_path,
    method: trainingMethod(config),
    executor,
    embeddingNoise: config.neftune_noise_alpha ?? 0,
    cacheFolder: cacheFolder("quantized", config, process.cwd()),
    onNotice: (text) => log.info(text),
  });
}

function announceModel(
  model: TrainableModel,
  { config, log, executor }: { config: TrainConfig; log: RunLog; executor: Executor },
): void {
  const { trainableCount, totalCount } = model;
  const share = ((100 * trainableCount) / totalCount).toFixed(4);
  log.info(`Computing with ${executor.device}`);
  log.info(`Fine-tuning method: ${methodName(config)}`);
  log.info(
    `trainable params: ${trainableCount.toLocaleString("en-US")} || all params: ${totalCount.toLocaleString("en-US")} || trainable%: ${share}`,
  );
  if (asksForRouterLoss(model.hfConfig)) {
    log.warn(
      "The model's config.json asks for the loss that balances its experts (output_router_logits), which the embedded trainer does not add. Use the llamafactory engine for it.",
    );
  }
  const dropouts = configDropouts(model.hfConfig);
  if (dropouts.length > 0) {
    log.warn(
      `The model's config.json asks for dropout while training (${dropouts.join(", ")}), which the embedded trainer does not apply. Use the llamafactory engine for it, or lora_dropout here.`,
    );
  }
}

/** Adapters on nothing: all of the model is frozen. */
const NOTHING_TRAINED: LoraMethod = { kind: "lora", rank: 1, alpha: 1, dropout: 0, target: [], initSeed: 0 };

function openFrozen({ folder, adapters }: FrozenModel, executor: Executor): Promise<TrainableModel> {
  return loadTrainableModel({ folder, method: { ...NOTHING_TRAINED, adapters }, executor });
}

/** An embedding that an adapter trains a copy of. */
const EMBEDDING_COPY = /\b(embed_tokens|wte|wpe)\b/;

/** All weights but embeddings, learned positions and trained copies among them: what transformers counts operations of. */
function countedWeights({ hfConfig, parameters, totalCount }: TrainableModel, config: TrainConfig): number {
  const number = (key: string): number => (typeof hfConfig[key] === "number" ? hfConfig[key] : 0);
  // GPT-2 has names of its own.
  const gpt2 = (number("vocab_size") + number("n_positions")) * number("n_embd");
  const copies = parameters.filter(({ name }) => trainsAdapter(config) && EMBEDDING_COPY.test(name));
  const copied = copies.reduce((sum, { data }) => sum + data.length, 0);
  return totalCount - (gpt2 || number("vocab_size") * number("hidden_size")) - copied;
}
