/**
 * The loop: feed the prompt, draw a token, feed it, until something says stop. One turn of the thread per piece of the
 * prompt and per token, so several answers advance together. It knows ids only, no text.
 */
import type { CachedDecoder, PreparedAdapter } from "./cached-decoder";
import type { KvCache } from "./kv-cache";
import type { Sampler } from "./sampler";
import type { Turns } from "./turns";

/** Prompt tokens fed in one turn: a long prompt must not hold up the others' answers for its whole length. */
const PROMPT_PIECE = 256;

export interface TokenRequest {
  readonly decoder: CachedDecoder;
  readonly turns: Turns;
  /** Holds a beginning of the prompt, or nothing. */
  readonly cache: KvCache;
  readonly prompt: readonly number[];
  readonly adapter: PreparedAdapter | null;
  readonly sample: Sampler;
  readonly maxNewTokens: number;
  readonly stopIds: ReadonlySet<number>;
  readonly signal: AbortSignal;
}

export type StopReason = "stop" | "length" | "cancelled";

/** Yields the answer's ids, without the one that stopped it; returns why it ended. */
export async function* generateTokens(request: TokenRequest): AsyncGenerator<number, StopReason> {
  const { decoder, turns, cache, prompt, adapter, sample, stopIds, signal } = request;
  const history = [...prompt];
  const pieceLength = decoder.dividesPrompts ? PROMPT_PIECE : prompt.length;

  while (cache.length < prompt.length - pieceLength) {
    if (signal.aborted) return "cancelled";
    const piece = prompt.slice(cache.length, cache.length + pieceLength);
    await turns.take(() => decoder.extend(cache, piece, { adapter }));
  }
  let feed = prompt.slice(cache.length);
  for (let made = 0; made < request.maxNewTokens; made++) {
    if (signal.aborted) return "cancelled";
    // Drawn within the turn: the next one overwrites the logits.
    const id = await turns.take(async () => sample(await decoder.extend(cache, feed, { adapter }), history));
    if (stopIds.has(id)) return "stop";
    history.push(id);
    yield id;
    feed = [id];
  }
  return signal.aborted ? "cancelled" : "length";
}
