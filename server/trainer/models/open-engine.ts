/** Opens a decoder engine with settings that fit the model and the memory there is. */
import { freemem } from "node:os";
import type { LinearAdapter } from "../adapters/linear-adapter";
import type { Executor, HostTensor } from "../executor/executor";
import type { Int8Mode } from "../nn/int8-linear";
import { DecoderEngine } from "./engine/decoder-engine";
import type { Decoder } from "./family";

export interface EngineParts {
  readonly decoder: Decoder;
  readonly weights: ReadonlyMap<string, HostTensor>;
  /** By full module name. */
  readonly adapters: ReadonlyMap<string, LinearAdapter>;
  readonly dropout: number;
  readonly gradients: ReadonlyMap<string, HostTensor>;
  /** How linears compute whose weights are int8; default "dynamic". */
  readonly int8?: Int8Mode;
}

/** Rows of one head graph, such that its logits and their gradient stay near this many bytes. */
const HEAD_BYTES = 128 << 20;
/** More rows make the products no faster. */
const MOST_HEAD_ROWS = 128;
/** All lengths up to 2048 tokens: compiling takes some tenths of a second, a compiled shape some megabytes. */
const KEPT_SHAPES = 48;
/** Enough for 135M parameters at 512 tokens a step twice over; more would make a small machine swap for a third of speed. */
const USUAL_ACTIVATION_BYTES = 512 << 20;

/** @param memoryBudget bytes that this process should stay within; undefined: what is usual */
export function openEngine(
  { decoder, weights, adapters, dropout, gradients, int8 = "dynamic" }: EngineParts,
  {
    executor,
    memoryBudget,
    embeddingNoise = 0,
  }: { executor: Executor; memoryBudget?: number; embeddingNoise?: number },
): DecoderEngine {
  const affordable = Math.floor(HEAD_BYTES / (12 * decoder.vocabSize) / 32) * 32;
  return new DecoderEngine({
    decoder,
    executor,
    weights,
    adapters,
    adapterDropout: dropout,
    embeddingNoise,
    gradients,
    int8,
    activationBudget: executor.skipsUnused ? activationBudget(memoryBudget) : 0,
    headRows: Math.min(MOST_HEAD_ROWS, Math.max(32, affordable)),
    keptShapes: KEPT_SHAPES,
  });
}

/** Bytes for activations kept from forward to backward: half of what is left, as graphs have working memory of their own. */
function activationBudget(memoryBudget: number | undefined): number {
  if (memoryBudget === undefined) return Math.min(USUAL_ACTIVATION_BYTES, freemem() / 2);
  return Math.max(0, memoryBudget - process.memoryUsage().rss) / 2;
}
