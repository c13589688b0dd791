/**
 * Draws the next token: the filters that a request asks for, then argmax or one seeded draw.
 * It does not know where the logits come from.
 */
import { createRandom } from "../nn/random";
import {
  argmax,
  type LogitFilter,
  repetitionPenalty,
  softmax,
  temperatureScale,
  topK,
  topP,
} from "./logit-filters";

export interface SamplingOptions {
  /** 0 is greedy. */
  readonly temperature: number;
  /** In (0, 1]; 1 keeps everything. */
  readonly topP: number;
  /** 0 keeps everything. */
  readonly topK: number;
  /** 1 changes nothing. */
  readonly repetitionPenalty: number;
  readonly seed: number;
}

/** Greedy and untouched: what every option means when it is switched off. */
export const GREEDY: SamplingOptions = { temperature: 0, topP: 1, topK: 0, repetitionPenalty: 1, seed: 0 };

/** logits [V] float32 -> id; `history` holds prompt and answer so far. */
export type Sampler = (logits: Float32Array, history: readonly number[]) => number;

/** A sampler with its own random stream: equal options give equal tokens for equal logits. */
export function createSampler(options: SamplingOptions): Sampler {
  const filters: LogitFilter[] = [];
  if (options.repetitionPenalty !== 1) filters.push(repetitionPenalty(options.repetitionPenalty));
  if (options.temperature === 0) return (logits, history) => argmax(applyAll(filters, logits, history));

  if (options.temperature !== 1) filters.push(temperatureScale(options.temperature));
  if (options.topK > 0) filters.push(topK(options.topK));
  if (options.topP < 1) filters.push(topP(options.topP));
  const random = createRandom(options.seed);
  return (logits, history) => draw(softmax(applyAll(filters, logits, history)), random.uniform());
}

function applyAll(
  filters: readonly LogitFilter[],
  logits: Float32Array,
  history: readonly number[],
): Float32Array {
  return filters.reduce((row, filter) => filter(row, history), logits);
}

/** The first id at which the running sum of `probabilities` passes `point` in [0, 1). */
function draw(probabilities: Float32Array, point: number): number {
  let sum = 0;
  let last = 0;
  for (let id = 0; id < probabilities.length; id++) {
    if (probabilities[id]! === 0) continue;
    sum += probabilities[id]!;
    last = id;
    if (point < sum) return id;
  }
  // Rounding can leave the sum a little below 1.
  return last;
}
