/**
 * A model with all its adapters at once, for answering many prompts one after the other. Data rows share their system
 * message, so what was computed for one prompt's beginning serves the next.
 */
import path from "node:path";
import { openAdapters } from "../adapters/adapter-folders";
import { mergedModel } from "../adapters/merged-model";
import { CONFIG_FILE, openModelFolder, type ModelFolder } from "../checkpoint/model-folder";
import { elementCount } from "../checkpoint/safetensors";
import { answer } from "../generate/answer";
import { createCachePool } from "../generate/cache-pool";
import { openCachedDecoder } from "../generate/cached-decoder";
import type { SamplingOptions } from "../generate/sampler";
import { createTurns } from "../generate/turns";
import { describeDecoder } from "../models/registry";

export interface PredictionRequest {
  readonly prompt: readonly number[];
  readonly sampling: SamplingOptions;
  readonly maxNewTokens: number;
  readonly signal: AbortSignal;
}

export interface Prediction {
  readonly text: string;
  /** Tokens of the answer, without the one that ended it. */
  readonly tokens: number;
  /** Whether the model ended it itself; false: `maxNewTokens` or the context did. */
  readonly ended: boolean;
}

export interface PredictionModel {
  readonly contextLength: number;
  /** @returns null where the signal ended the answer early */
  predict(request: PredictionRequest): Promise<Prediction | null>;
  dispose(): Promise<void>;
}

export interface PredictionModelOptions {
  readonly modelPath: string;
  /** Folders of adapters; all of them work together. */
  readonly adapterPaths: readonly string[];
  readonly stopIds: ReadonlySet<number>;
  readonly decode: (ids: readonly number[]) => string;
}

/** Up to so many parameters, exact float32 is fast enough; beyond, 8 bits are several times faster and a quarter of the memory. */
const EXACT_PARAMETERS = 300e6;
const NO_STRINGS: readonly string[] = [];

/** @throws AppError naming file and reason where the model or an adapter cannot be used */
export async function openPredictionModel(options: PredictionModelOptions): Promise<PredictionModel> {
  const folder = await openModelFolder(options.modelPath);
  try {
    const parameters = [...folder.tensors.values()].reduce((sum, { shape }) => sum + elementCount(shape), 0);
    const decoder = await openCachedDecoder(await withAdapters(folder, options.adapterPaths), {
      bits: parameters <= EXACT_PARAMETERS ? 32 : 8,
    });
    const model = {
      decoder,
      turns: createTurns(),
      caches: createCachePool(() => decoder.newCache()),
      decode: options.decode,
    };
    return {
      contextLength: decoder.contextLength,
      async predict(request) {
        let text = "";
        const events = answer(model, {
          ...request,
          adapter: null,
          owner: "",
          stopIds: options.stopIds,
          stopStrings: NO_STRINGS,
        });
        for await (const event of events) {
          if (event.kind === "text") text += event.text;
          else if (event.reason === "cancelled") return null;
          else return { text, tokens: event.numbers.completionTokens, ended: event.reason === "stop" };
        }
        return null;
      },
      dispose: () => decoder.dispose(),
    };
  } finally {
    await folder.close();
  }
}

/** The folder with all adapters merged into its weights: nothing else is asked of this model. */
async function withAdapters(folder: ModelFolder, adapterPaths: readonly string[]): Promise<ModelFolder> {
  const file = path.join(folder.path, CONFIG_FILE);
  const decoder = describeDecoder({ file, values: folder.config });
  const adapters = await openAdapters(adapterPaths, { base: folder, decoder });
  return mergedModel(folder, decoder, adapters).folder;
}
