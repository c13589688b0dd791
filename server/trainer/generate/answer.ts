/**
 * One answer as a stream of text with numbers at its end: tokens become text as it is certain, stop strings and the
 * context's end are honoured, and what was computed is kept for the next question. It does not know chat templates.
 */
import { AppError } from "../../contract/errors";
import type { CachePool } from "./cache-pool";
import type { CachedDecoder, PreparedAdapter } from "./cached-decoder";
import { generateTokens, type StopReason } from "./generate-tokens";
import { createSampler, type SamplingOptions } from "./sampler";
import { createTextStream, type Decode } from "./text-stream";
import type { Turns } from "./turns";

/** What answers need from the model that gives them. */
export interface AnsweringModel {
  readonly decoder: CachedDecoder;
  readonly turns: Turns;
  readonly caches: CachePool;
  /** Leaves special tokens out. */
  readonly decode: Decode;
}

export interface AnswerRequest {
  readonly prompt: readonly number[];
  /** Who answers, for keeping caches apart: an adapter's path, or "" for the base. */
  readonly owner: string;
  readonly adapter: PreparedAdapter | null;
  readonly sampling: SamplingOptions;
  readonly maxNewTokens: number;
  readonly stopIds: ReadonlySet<number>;
  readonly stopStrings: readonly string[];
  readonly signal: AbortSignal;
}

export interface AnswerNumbers {
  readonly promptTokens: number;
  /** Prompt tokens that an earlier answer had computed already. */
  readonly cachedTokens: number;
  readonly completionTokens: number;
  /** From the request to the first token; null where there was none. */
  readonly firstTokenMs: number | null;
  /** Tokens a second after the first one; null for less than two tokens. */
  readonly tokensPerSecond: number | null;
}

export type AnswerEvent =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "end"; readonly reason: StopReason; readonly numbers: AnswerNumbers };

/**
 * Yields text pieces, then one end. A request that is aborted ends with "cancelled" within one token.
 * @throws AppError invalid_request where the prompt leaves no room in the model's context
 */
export async function* answer(
  model: AnsweringModel,
  request: AnswerRequest,
): AsyncGenerator<AnswerEvent, void> {
  const { decoder, turns, caches } = model;
  const { prompt, owner, adapter, stopIds, signal } = request;
  checkLength(prompt.length, decoder.contextLength);
  const started = performance.now();
  const cache = decoder.dividesPrompts ? caches.take(owner, prompt) : decoder.newCache();
  const cachedTokens = cache.length;
  const tokens = generateTokens({
    decoder,
    turns,
    cache,
    prompt,
    adapter,
    sample: createSampler(request.sampling),
    maxNewTokens: Math.min(request.maxNewTokens, decoder.contextLength - prompt.length),
    stopIds,
    signal,
  });
  const stream = createTextStream(model.decode, request.stopStrings);
  let reason: StopReason | null = null;
  let completionTokens = 0;
  let first = 0;
  try {
    while (reason === null) {
      const step = await tokens.next();
      if (step.done) {
        reason = step.value;
        break;
      }
      if (completionTokens++ === 0) first = performance.now();
      const { text, stopped } = stream.push(step.value);
      if (stopped) reason = "stop";
      if (text !== "") yield { kind: "text", text };
    }
    const rest = stream.end();
    if (rest !== "") yield { kind: "text", text: rest };
  } finally {
    caches.give(owner, cache);
  }
  const seconds = (performance.now() - first) / 1000;
  const numbers: AnswerNumbers = {
    promptTokens: prompt.length,
    cachedTokens,
    completionTokens,
    firstTokenMs: completionTokens > 0 ? first - started : null,
    tokensPerSecond: completionTokens > 1 ? (completionTokens - 1) / seconds : null,
  };
  yield { kind: "end", reason, numbers };
}

function checkLength(promptTokens: number, contextLength: number): void {
  if (promptTokens === 0)
    throw new AppError("invalid_request", "The prompt is empty: there is nothing to continue.");
  if (promptTokens < contextLength) return;
  throw new AppError(
    "invalid_request",
    `The conversation has ${promptTokens} tokens and leaves no room for an answer: this model's context is ${contextLength} tokens. Start a new conversation or shorten the messages.`,
  );
}
