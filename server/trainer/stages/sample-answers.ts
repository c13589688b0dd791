/**
 * Answers of the model in training to a batch of prompts, drawn token by token with its live weights. Every token runs
 * the whole batch again: a decoder with a cache would have to be given the weights anew at every step.
 */
import { createSampler, type SamplingOptions } from "../generate/sampler";
import type { TokenBatch, TrainableModel } from "../models/causal-lm";
import { createRandom } from "../nn/random";

export interface AnswerOptions {
  readonly sampling: Omit<SamplingOptions, "seed">;
  /** Equal seeds give equal answers of equal weights. */
  readonly seed: number;
  readonly maxNewTokens: number;
  /** End an answer, and are part of it. */
  readonly stopIds: ReadonlySet<number>;
  readonly signal: AbortSignal;
}

/** The ids of one answer for every prompt, at least one each; fewer where the signal asks for a stop meanwhile. */
export async function sampleAnswers(
  model: Pick<TrainableModel, "labelLogits">,
  prompts: readonly Int32Array[],
  options: AnswerOptions,
): Promise<Int32Array[]> {
  const { sampling, seed, maxNewTokens, stopIds, signal } = options;
  const rows = prompts.map((prompt, i) => ({
    ids: [...prompt],
    start: prompt.length,
    sampler: createSampler({ ...sampling, seed: createRandom(seed).fork(`answer ${i}`).next() }),
  }));
  let open = rows;
  for (let token = 0; token < maxNewTokens && open.length > 0 && !signal.aborted; token++) {
    const { rows: logitsOf } = await nextTokenLogits(
      model,
      open.map(({ ids }) => ids),
    );
    const logits = await logitsOf(0, open.length);
    const V = logits.length / open.length;
    open = open.filter(({ ids, sampler }, i) => {
      const id = sampler(logits.slice(i * V, (i + 1) * V), ids);
      ids.push(id);
      return !stopIds.has(id);
    });
    // Lets signals and timers in.
    await new Promise(setImmediate);
  }
  return rows.map(({ ids, start }) => Int32Array.from(ids.slice(start)));
}

/** Logits of what follows each row. */
async function nextTokenLogits(
  model: Pick<TrainableModel, "labelLogits">,
  rows: readonly (readonly number[])[],
): Promise<{ rows: (start: number, count: number) => Promise<Float32Array> }> {
  // One column more than the longest row: the next token is asked for as a label, whatever it may be.
  const length = Math.max(...rows.map((ids) => ids.length)) + 1;
  const inputIds = new Int32Array(rows.length * length);
  const labels = new Int32Array(rows.length * length).fill(-100);
  const attentionMask = new Int32Array(rows.length * length);
  for (const [row, ids] of rows.entries()) {
    inputIds.set(ids, row * length);
    attentionMask.fill(1, row * length, row * length + ids.length);
    labels[row * length + ids.length] = 0;
  }
  const batch: TokenBatch = { rows: rows.length, length, inputIds, labels, attentionMask, positionIds: null };
  const logits = await model.labelLogits(batch, "model");
  return { rows: (start, count) => logits.rows(start, count) };
}
