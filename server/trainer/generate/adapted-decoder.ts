/**
 * Who answers with an adapter: the base's own decoder with low-rank inputs where that is all the adapter does; otherwise
 * a decoder of its own over merged weights, which takes as much memory as the base. It does not know conversations.
 */
import { openAdapters } from "../adapters/adapter-folders";
import { lowRankForm } from "../adapters/low-rank-form";
import { mergedModel } from "../adapters/merged-model";
import { openModelFolder } from "../checkpoint/model-folder";
import type { Shelved } from "./adapter-shelf";
import { createCachePool, type CachePool } from "./cache-pool";
import {
  openCachedDecoder,
  type CachedDecoder,
  type DecoderOptions,
  type PreparedAdapter,
} from "./cached-decoder";

export interface AdaptedDecoder extends Shelved {
  readonly decoder: CachedDecoder;
  readonly caches: CachePool;
  /** What the decoder is given beside tokens; null where its weights hold the adapter. */
  readonly prepared: PreparedAdapter | null;
}

export interface BaseDecoder {
  readonly modelPath: string;
  readonly decoder: CachedDecoder;
  readonly caches: CachePool;
  /** What a decoder with merged weights is opened with. */
  readonly options: DecoderOptions;
}

/** @throws AppError where the adapter cannot be used with this model */
export async function openAdaptedDecoder(adapterPath: string, base: BaseDecoder): Promise<AdaptedDecoder> {
  const folder = await openModelFolder(base.modelPath);
  try {
    const { description } = base.decoder;
    const [adapter] = await openAdapters([adapterPath], { base: folder, decoder: description });
    const lowRank = lowRankForm(adapter!);
    if (lowRank) {
      const { decoder, caches } = base;
      return {
        ...{ decoder, caches, prepared: decoder.prepare(lowRank) },
        isLarge: false,
        dispose: () => Promise.resolve(),
      };
    }
    const decoder = await openCachedDecoder(
      mergedModel(folder, description, [adapter!]).folder,
      base.options,
    );
    const caches = createCachePool(() => decoder.newCache());
    return { ...{ decoder, caches, prepared: null }, isLarge: true, dispose: () => decoder.dispose() };
  } finally {
    await folder.close();
  }
}
