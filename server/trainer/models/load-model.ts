/**
 * Opens a model folder for training: base weights, adapters, the engine over them, and the parameters that an optimizer
 * moves. It does not know optimizers, batches' origin or run folders.
 */
import { freemem } from "node:os";
import path from "node:path";
import { initLora, linearOf, mergeLora, targetModules, type LoraLinear } from "../adapters/lora";
import { loraScaling, peftTensorName, readLoraAdapter, writeLoraAdapter } from "../adapters/peft-files";
import { openModelFolder, CONFIG_FILE, type ModelFolder } from "../checkpoint/model-folder";
import { elementCount } from "../checkpoint/safetensors";
import type { Executor, HostTensor } from "../executor/executor";
import type { Parameter, TrainableModel } from "./causal-lm";
import { DecoderEngine } from "./engine/decoder-engine";
import type { Decoder } from "./family";
import { describeDecoder } from "./registry";
import { saveFullModel } from "./save-model";
import { loadWeights } from "./weights";

export interface LoraMethod {
  readonly kind: "lora";
  readonly rank: number;
  readonly alpha: number;
  readonly dropout: number;
  /** "all": every linear but the output matrix. */
  readonly target: "all" | readonly string[];
  /** Seed of A's initial values. */
  readonly initSeed: number;
  /**
   * Adapter folders to start from. All but the last are merged into the base weights; training goes on with the last,
   * whose own rank, alpha and targets count.
   */
  readonly adapters?: readonly string[];
  /** Merges the last one too and begins with a new adapter. */
  readonly createNew?: boolean;
  /** Scales by alpha / sqrt(rank). */
  readonly rslora?: boolean;
}

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
  /** What an adapter names as its base; default: `folder`. */
  readonly baseName?: string;
}

/**
 * @throws AppError not_found, checkpoint_malformed or unsupported, naming the file and the way out
 */
export async function loadTrainableModel(options: LoadOptions): Promise<TrainableModel> {
  const folder = await openModelFolder(options.folder);
  try {
    const decoder = describeDecoder({ file: path.join(folder.path, CONFIG_FILE), values: folder.config });
    const { method } = options;
    return method.kind === "full"
      ? await loadFull(folder, decoder, options)
      : await loadLora(folder, decoder, { ...options, method });
  } finally {
    await folder.close();
  }
}

async function loadFull(
  folder: ModelFolder,
  decoder: Decoder,
  options: LoadOptions,
): Promise<TrainableModel> {
  const weights = await loadWeights(folder, decoder, { constant: false });
  const gradients = new Map([...weights].map(([name, { shape }]) => [name, zeros(shape)]));
  const parameters = [...weights].map(([name, weight]) => toParameter(name, weight, gradients.get(name)!));
  const engine = openEngine({ decoder, weights, lora: [], dropout: 0, gradients }, options);
  return trainable({
    engine,
    openBase: null,
    parameters,
    frozenCount: 0,
    hfConfig: folder.config,
    save: (target) => saveFullModel(target, folder, weights),
  });
}

async function loadLora(
  folder: ModelFolder,
  decoder: Decoder,
  options: LoadOptions & { method: LoraMethod },
): Promise<TrainableModel> {
  const { method } = options;
  const weights = await loadWeights(folder, decoder, { constant: true });
  const paths = [...(method.adapters ?? [])];
  const last = method.createNew ? undefined : paths.pop();
  for (const adapterPath of paths) {
    const { linears } = await readLoraAdapter(adapterPath, decoder);
    for (const linear of linears) {
      const weight = weights.get(`${linear.module}.weight`)!.data as Float32Array;
      mergeLora(weight, linear, linearOf(decoder, linear.module).storedTransposed === true);
    }
  }
  const adapter = last ? await readLoraAdapter(last, decoder) : newAdapter(decoder, method);
  const gradients = new Map<string, HostTensor>();
  const parameters = adapter.linears.flatMap(({ module, a, b }) =>
    (
      [
        ["lora_A", a],
        ["lora_B", b],
      ] as const
    ).map(([part, tensor]) => {
      const grad = zeros(tensor.shape);
      gradients.set(`${module}.${part}.weight`, grad);
      return toParameter(peftTensorName(module, part), tensor, grad);
    }),
  );
  const engine = openEngine(
    { decoder, weights, lora: adapter.linears, dropout: method.dropout, gradients },
    options,
  );
  return trainable({
    engine,
    openBase: () => openEngine({ decoder, weights, lora: [], dropout: 0, gradients: new Map() }, options),
    parameters,
    frozenCount: countElements([...weights.values()]),
    hfConfig: folder.config,
    save: (target) =>
      writeLoraAdapter(target, {
        ...adapter,
        dropout: method.dropout,
        baseModel: options.baseName ?? options.folder,
        fanInFanOut: Object.values(decoder.linears).some((linear) => linear.storedTransposed === true),
      }),
  });
}

function newAdapter(decoder: Decoder, method: LoraMethod) {
  const { rank, alpha, rslora = false } = method;
  const modules = targetModules(decoder, method.target);
  const linears = initLora(decoder, modules, {
    rank,
    scaling: loraScaling(rank, alpha, rslora),
    seed: method.initSeed,
  });
  const target = [...new Set(modules.map((module) => module.split(".").at(-1)!))];
  return { linears, rank, alpha, target, rslora };
}

interface Parts {
  readonly decoder: Decoder;
  readonly weights: ReadonlyMap<string, HostTensor>;
  readonly lora: readonly LoraLinear[];
  readonly dropout: number;
  readonly gradients: ReadonlyMap<string, HostTensor>;
}

/** Rows of one head graph, such that its logits and their gradient stay near this many bytes. */
const HEAD_BYTES = 128 << 20;
/** More rows make the products no faster. */
const MOST_HEAD_ROWS = 128;
const CACHED_SHAPES = 6;

function openEngine(
  { decoder, weights, lora, dropout, gradients }: Parts,
  options: LoadOptions,
): DecoderEngine {
  const affordable = Math.floor(HEAD_BYTES / (12 * decoder.vocabSize) / 32) * 32;
  return new DecoderEngine({
    decoder,
    executor: options.executor,
    weights,
    lora: new Map(lora.map((linear) => [linear.module, linear])),
    loraDropout: dropout,
    gradients,
    activationBudget: options.executor.skipsUnused ? activationBudget(options.memoryBudget) : 0,
    headRows: Math.min(MOST_HEAD_ROWS, Math.max(32, affordable)),
    cachedShapes: CACHED_SHAPES,
  });
}

/** Enough for 135M parameters at 512 tokens a step twice over; more would make a small machine swap for a third of speed. */
const USUAL_ACTIVATION_BYTES = 512 << 20;

/** Bytes for activations kept from forward to backward: half of what is left, as graphs have working memory of their own. */
function activationBudget(memoryBudget: number | undefined): number {
  const used = process.memoryUsage().rss;
  if (memoryBudget === undefined) return Math.min(USUAL_ACTIVATION_BYTES, freemem() / 2);
  return Math.max(0, memoryBudget - used) / 2;
}

interface TrainableParts {
  readonly engine: DecoderEngine;
  /** Over the same weights, without the adapters; null where there are none. */
  readonly openBase: (() => DecoderEngine) | null;
  readonly parameters: readonly Parameter[];
  readonly frozenCount: number;
  readonly hfConfig: Readonly<Record<string, unknown>>;
  readonly save: (folder: string) => Promise<void>;
}

function trainable({
  engine,
  openBase,
  parameters,
  frozenCount,
  hfConfig,
  save,
}: TrainableParts): TrainableModel {
  let base: DecoderEngine | null = null;
  const trainableCount = parameters.reduce((sum, { data }) => sum + data.length, 0);
  return {
    parameters,
    trainableCount,
    totalCount: trainableCount + frozenCount,
    hfConfig,
    async accumulateGradients(batch, { denominator, dropoutSeed }) {
      const losses = await engine.accumulate(batch, { weights: 1 / denominator, dropoutSeed });
      return sum(losses) / denominator;
    },
    async accumulateWeighted(batch, { weigh, dropoutSeed }) {
      await engine.accumulate(batch, { weights: weigh, dropoutSeed });
      return engine.meanLogitsOfLastBatch(batch);
    },
    labelLosses(batch, by) {
      if (by === "model") return engine.losses(batch);
      if (!openBase) throw new Error("a model without adapters has no base beside it");
      base ??= openBase();
      return base.losses(batch);
    },
    meanLogits: (batch) => engine.meanLogits(batch),
    async evaluate(batch) {
      const losses = await engine.losses(batch);
      return { lossSum: sum(losses), labelTokens: losses.length };
    },
    logits: (batch) => engine.logits(batch),
    hiddenStates: (batch) => engine.hiddenStates(batch),
    save,
    dispose() {
      void engine.dispose();
      void base?.dispose();
    },
  };
}

function toParameter(name: string, { data, shape }: HostTensor, grad: HostTensor): Parameter {
  return { name, shape, data: data as Float32Array, grad: grad.data as Float32Array };
}

function zeros(shape: readonly number[]): HostTensor {
  return { data: new Float32Array(elementCount(shape)), shape, dtype: "float32" };
}

function countElements(tensors: readonly HostTensor[]): number {
  return tensors.reduce((total, { data }) => total + data.length, 0);
}

/** In float64: thousands of losses add up. */
function sum(values: Float32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
