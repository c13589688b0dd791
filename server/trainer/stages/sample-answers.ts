/**
 * Answers to prompts, drawn token by token over a decoder with a cache: what prompts have in common at their beginning is
 * computed once. It knows ids only, and not whose answers they are.
 */
import type { CachedDecoder, PreparedAdapter } from "../generate/cached-decoder";
import { sharedPrefix } from "../generate/kv-cache";
import { createSampler, type Sampler, type SamplingOptions } from "../generate/sampler";
import { createRandom } from "../nn/random";

/** Who answers. */
export interface Speaker {
  readonly decoder: Pick<CachedDecoder, "newCache" | "extend" | "contextLength" | "dividesPrompts">;
  /** What the decoder is given beside tokens. */
  readonly adapter: PreparedAdapter | null;
}

export interface AnswerOptions {
  readonly sampling: Omit<SamplingOptions, "seed">;
  /** Equal seeds give equal answers of equal weights. */
  readonly seed: number;
  readonly maxNewTokens: number;
  /** End an answer, and are part of it. */
  readonly stopIds: ReadonlySet<number>;
  readonly signal: AbortSignal;
}

/**
 * The ids of one answer for every prompt, at least one each where the context has room; fewer where the signal asks for a
 * stop meanwhile.
 */
export async function sampleAnswers(
  speaker: Speaker,
  prompts: readonly Int32Array[],
  { sampling, seed, ...rest }: AnswerOptions,
): Promise<Int32Array[]> {
  const cache = speaker.decoder.newCache();
  const answers: Int32Array[] = [];
  for (const [i, prompt] of prompts.entries()) {
    const sample = createSampler({ ...sampling, seed: createRandom(seed).fork(`answer ${i}`).next() });
    answers.push(await answer(speaker, [...prompt], { ...rest, cache, sample }));
  }
  return answers;
}

type OneAnswer = Omit<AnswerOptions, "sampling" | "seed"> & {
  readonly cache: ReturnType<Speaker["decoder"]["newCache"]>;
  readonly sample: Sampler;
};

async function answer(
  { decoder, adapter }: Speaker,
  prompt: readonly number[],
  { cache, sample, maxNewTokens, stopIds, signal }: OneAnswer,
): Promise<Int32Array> {
  const kept = decoder.dividesPrompts ? Math.min(sharedPrefix(cache.ids, prompt), prompt.length - 1) : 0;
  cache.truncate(kept);
  const history = [...prompt];
  let feed = prompt.slice(kept);
  const room = Math.min(maxNewTokens, decoder.contextLength - prompt.length);
  for (let made = 0; made < room && !signal.aborted; made++) {
    const id = sample(await decoder.extend(cache, feed, { adapter }), history);
    history.push(id);
    if (stopIds.has(id)) break;
    feed = [id];
    // Lets signals and timers in.
    await new Promise(setImmediate);
  }
  return Int32Array.from(history.slice(prompt.length));
}
