/**
 * Opens a model folder for training: base weights, adapters, the engine over them, and the parameters that an optimizer
 * moves. It does not know optimizers, batches' origin or run folders.
 */
import { openModelFolder, readModelConfig, type ModelFolder } from "../checkpoint/model-folder";
import type { Executor, HostTensor } from "../executor/executor";
import { zeroTensor } from "../executor/zero-tensor";
import type { TrainableModel } from "./causal-lm";
import type { Decoder } from "./family";
import { loadAdapterModel, type LoraMethod, type OftMethod } from "./adapter-model";
import { freezeChoice, type FreezeMethod } from "./freeze";
import { initialWeights } from "./initial-weights";
import { openEngine } from "./open-engine";
import { decoderOf } from "./registry";
import { saveFullModel } from "./save-model";
import { toParameter, trainableModel } from "./trainable-model";
import { readWeights } from "./weights";

export type { LoraMethod, OftMethod } from "./adapter-model";
export type { FreezeMethod } from "./freeze";

export interface FullMethod {
  readonly kind: "full";
  /** Begins with random weights of this seed in place of the folder's, which need not have any. */
  readonly scratchSeed?: number;
}

export type TrainingMethod = FullMethod | FreezeMethod | LoraMethod | OftMethod;

export interface LoadOptions {
  /** Hugging Face model folder. */
  readonly folder: string;
  readonly method: TrainingMethod;
  readonly executor: Executor;
  /** Bytes that this process should stay within. Default: as it comes, with up to 512 MiB of it to save time. */
  readonly memoryBudget?: number;
  /** NEFTune's alpha; default 0: no noise. */
  readonly embeddingNoise?: number;
  /** What an adapter names as its base; default: `folder`. */
  readonly baseName?: string;
  /** Told what a user should know about how the model computes. */
  readonly onNotice?: (text: string) => void;
  /** Folder where quantised weights are kept for the next run; default: they are not. */
  readonly cacheFolder?: string | null;
}

/**
 * @throws AppError not_found, checkpoint_malformed or unsupported, naming the file and the way out
 */
export async function loadTrainableModel(options: LoadOptions): Promise<TrainableModel> {
  const { method } = options;
  if (method.kind === "full" && method.scratchSeed !== undefined)
    return initialModel({ ...options, seed: method.scratchSeed });
  const folder = await openModelFolder(options.folder);
  try {
    const decoder = decoderOf(folder);
    if (method.kind === "full" || method.kind === "freeze")
      return await loadOwnWeights(folder, decoder, { ...options, method });
    return await loadAdapterModel(folder, decoder, {
      ...options,
      method,
      baseName: options.baseName ?? options.folder,
    });
  } finally {
    await folder.close();
  }
}

/** All weights are random and trained. */
async function initialModel({
  folder,
  seed,
  ...options
}: Omit<LoadOptions, "method"> & { readonly seed: number }): Promise<TrainableModel> {
  const hfConfig = await readModelConfig(folder);
  const decoder = decoderOf({ path: folder, config: hfConfig });
  options.onNotice?.(`Training from scratch: random weights, seed ${seed}`);
  const weights = new Map(initialWeights(decoder, { hfConfig, seed }));
  return ownWeights({ path: folder, config: hfConfig }, decoder, { weights, trained: weights, options });
}

/** The model's own weights are trained: all of them, or some layers and modules. */
async function loadOwnWeights(
  folder: ModelFolder,
  decoder: Decoder,
  options: Omit<LoadOptions, "method"> & { readonly method: FullMethod | FreezeMethod },
): Promise<TrainableModel> {
  const { method } = options;
  const choice = method.kind === "freeze" ? freezeChoice(decoder, method) : null;
  const chosen = choice && new Set(choice.tensors);
  const weights = new Map<string, HostTensor>();
  for await (const [name, weight] of readWeights(folder, decoder, { constant: false }))
    weights.set(name, { ...weight, constant: chosen !== null && !chosen.has(name) });
  const trained = new Map([...weights].filter(([name]) => chosen === null || chosen.has(name)));
  if (choice) options.onNotice?.(`Set trainable layers: ${choice.layers.join(", ")}`);
  return ownWeights(folder, decoder, { weights, trained, options });
}

interface OwnWeights {
  readonly weights: Map<string, HostTensor>;
  /** Those of them that are trained. */
  readonly trained: ReadonlyMap<string, HostTensor>;
  readonly options: Omit<LoadOptions, "method" | "folder">;
}

function ownWeights(
  folder: Pick<ModelFolder, "path" | "config">,
  decoder: Decoder,
  { weights, trained, options }: OwnWeights,
): TrainableModel {
  const gradients = new Map([...trained].map(([name, { shape }]) => [name, zeroTensor(shape)]));
  const parameters = [...trained].map(([name, weight]) => toParameter(name, weight, gradients.get(name)!));
  return trainableModel({
    engine: openEngine({ decoder, weights, adapters: new Map(), dropout: 0, gradients }, options),
    openBase: null,
    parameters,
    frozenCount: [...weights]
      .filter(([name]) => !gradients.has(name))
      .reduce((sum, [, { data }]) => sum + data.length, 0),
    hfConfig: folder.config,
    save: (target) => saveFullModel(target, folder, weights),
  });
}
