/**
 * A model with all its adapters at once, for answering many prompts one after the other. Data rows share their system
 * message, so what was computed for one prompt's beginning serves the next.
 */
import { withAdapters } from "../adapters/adapter-folders";
import { countParameters, openModelFolder } from "../checkpoint/model-folder";
import { answer } from "../generate/answer";
import { createCachePool } from "../generate/cache-pool";
import { openCachedDecoder } from "../generate/cached-decoder";
import { usualBits } from "../generate/packed-weights";
import type { SamplingOptions } from "../generate/sampler";
import { createTurns } from "../generate/turns";
import type { Template } from "../tokenizer/templates/template";
import { stopIds, type ModelFolders } from "./model-choice";

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

export interface PredictionModelOptions extends ModelFolders {
  /** Says where answers end, and how their ids become text. */
  readonly template: Template;
  /** Leaves special tokens out of the text; default: true. */
  readonly skipSpecialTokens?: boolean;
}

const NO_STRINGS: readonly string[] = [];

/** @throws AppError naming file and reason where the model or an adapter cannot be used */
export async function openPredictionModel({
  modelPath,
  adapterPaths,
  template,
  skipSpecialTokens = true,
}: PredictionModelOptions): Promise<PredictionModel> {
  const folder = await openModelFolder(modelPath);
  try {
    const decoder = await openCachedDecoder(await withAdapters(folder, adapterPaths), {
      bits: usualBits(countParameters(folder)),
    });
    const ends = stopIds(template);
    const model = {
      decoder,
      turns: createTurns(),
      caches: createCachePool(() => decoder.newCache()),
      decode: (ids: readonly number[]) => template.tokenizer.decode(ids, { skipSpecialTokens }),
    };
    return {
      contextLength: decoder.contextLength,
      async predict(request) {
        let text = "";
        const events = answer(model, {
          ...request,
          adapter: null,
          owner: "",
          stopIds: ends,
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
