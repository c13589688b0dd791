/**
 * Opens a model folder for training: base weights, adapters, the engine over them, and the parameters that an optimizer
 * moves. It does not know optimizers, batches' origin or run folders.
 */
import path from "node:path";
import { openModelFolder, CONFIG_FILE, type ModelFolder } from "../checkpoint/model-folder";
import type { Executor } from "../executor/executor";
import type { TrainableModel } from "./causal-lm";
import type { Decoder } from "./family";
import { loadLoraModel, type LoraMethod } from "./lora-model";
import { openEngine } from "./open-engine";
import { describeDecoder } from "./registry";
import { saveFullModel } from "./save-model";
import { toParameter, trainableModel, zeros } from "./trainable-model";
import { loadWeights } from "./weights";

export type { LoraMethod } from "./lora-model";

export interface FullMethod {
  readonly kind: "full";
}

export interface LoadOptions {
  /** Hugging Face model folder. */
  readonly folder: string;
  readonly method: FullMethod | LoraMethod;
  readonly executor: Executor;
  /** Bytes that this process should stay within. Default: as it comes, with up to 512 MiB of it to save time. */
  readonly memoryBudget?: number;
  /** NEFTune's alpha; default 0: no noise. */
  readonly embeddingNoise?: number;
  /** What an adapter names as its base; default: `folder`. */
  readonly baseName?: string;
  /** Told what a user should know about how the model computes. */
  readonly onNotice?: (text: string) => void;
}

/**
 * @throws AppError not_found, checkpoint_malformed or unsupported, naming the file and the way out
 */
export async function loadTrainableModel(options: LoadOptions): Promise<TrainableModel> {
  const folder = await openModelFolder(options.folder);
  try {
    const decoder = describeDecoder({ file: path.join(folder.path, CONFIG_FILE), values: folder.config });
    const { method } = options;
    if (method.kind === "full") return await loadFullModel(folder, decoder, options);
    return await loadLoraModel(folder, decoder, {
      ...options,
      method,
      baseName: options.baseName ?? options.folder,
    });
  } finally {
    await folder.close();
  }
}

async function loadFullModel(
  folder: ModelFolder,
  decoder: Decoder,
  options: LoadOptions,
): Promise<TrainableModel> {
  const weights = await loadWeights(folder, decoder, { constant: false });
  const gradients = new Map([...weights].map(([name, { shape }]) => [name, zeros(shape)]));
  return trainableModel({
    engine: openEngine({ decoder, weights, lora: [], dropout: 0, gradients, int8: null }, options),
    openBase: null,
    parameters: [...weights].map(([name, weight]) => toParameter(name, weight, gradients.get(name)!)),
    frozenCount: 0,
    hfConfig: folder.config,
    save: (target) => saveFullModel(target, folder, weights),
  });
}
