/**
 * A policy that answers while it is trained: the live weights are written to a scratch folder at every step, and a decoder
 * with a cache is given them from there. It does not know rewards.
 */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { withAdapters } from "../adapters/adapter-folders";
import { openModelFolder } from "../checkpoint/model-folder";
import { openAdaptedDecoder } from "../generate/adapted-decoder";
import { createCachePool } from "../generate/cache-pool";
import { openCachedDecoder, type CachedDecoder } from "../generate/cached-decoder";
import type { TrainableModel } from "../models/causal-lm";
import { trainedModel } from "../predict/model-choice";
import type { Speaker } from "./sample-answers";
import type { StageContext } from "./stage";

/** Exact: what a rounded policy would say is not what the policy says. */
const EXACT = { bits: 32 } as const;

export interface PolicySpeaker {
  /** Runs `work` with the policy as it is now. */
  withPolicy<T>(work: (speaker: Speaker) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

/** Adapters that are all a policy has on its base are given to one decoder anew; other policies are opened again each time. */
export async function openPolicySpeaker(
  { config }: Pick<StageContext, "config">,
  model: Pick<TrainableModel, "save">,
): Promise<PolicySpeaker> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), "tuneboard-policy-"));
  const { modelPath, adapterPaths } = trainedModel(config, scratch);
  let base: CachedDecoder | null = null;

  const openSpeaker = async (): Promise<Speaker & { dispose(): Promise<void> }> => {
    if (adapterPaths.length !== 1) {
      const decoder = await openMerged(modelPath, adapterPaths);
      return { decoder, adapter: null, dispose: () => decoder.dispose() };
    }
    base ??= await openMerged(modelPath, []);
    const caches = createCachePool(() => base!.newCache());
    const adapted = await openAdaptedDecoder(scratch, {
      ...{ modelPath, decoder: base, caches, options: EXACT },
    });
    return { decoder: adapted.decoder, adapter: adapted.prepared, dispose: () => adapted.dispose() };
  };

  return {
    async withPolicy(work) {
      await model.save(scratch);
      const speaker = await openSpeaker();
      try {
        return await work(speaker);
      } finally {
        await speaker.dispose();
      }
    },
    async dispose() {
      await base?.dispose();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}

async function openMerged(modelPath: string, adapterPaths: readonly string[]): Promise<CachedDecoder> {
  const folder = await openModelFolder(modelPath);
  try {
    return await openCachedDecoder(await withAdapters(folder, adapterPaths), EXACT);
  } finally {
    await folder.close();
  }
}
