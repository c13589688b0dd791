/**
 * The filters between a model's logits and the draw of a token: pure functions over one row of logits, composed in the
 * order of transformers' generate (penalty, temperature, top k, top p). A token is ruled out by -Infinity.
 * They know nothing of models, tokenizers or random numbers.
 */

/** logits [V] of the next token -> logits [V]; `history` holds the ids of prompt and answer so far. */
export type LogitFilter = (logits: Float32Array, history: readonly number[]) => Float32Array;

/**
 * Makes tokens that were seen before less likely: positive logits are divided by `penalty`, negative ones multiplied
 * (CTRL, https://arxiv.org/abs/1909.05858; as in transformers, the prompt counts as seen and each id once).
 */
export function repetitionPenalty(penalty: number): LogitFilter {
  return (logits, history) => {
    const out = logits.slice();
    for (const id of new Set(history)) {
      const value = out[id];
      if (value !== undefined) out[id] = value > 0 ? value / penalty : value * penalty;
    }
    return out;
  };
}

/** Divides by `temperature` > 0: below 1 sharper, above 1 flatter. */
export function temperatureScale(temperature: number): LogitFilter {
  return (logits) => logits.map((value) => value / temperature);
}

/** Keeps the `k` largest logits, and those equal to the smallest of them. */
export function topK(k: number): LogitFilter {
  return (logits) => {
    if (k >= logits.length) return logits;
    const threshold = kthLargest(logits, k);
    return logits.map((value) => (value < threshold ? -Infinity : value));
  };
}

/** Keeps the smallest set of tokens whose probabilities reach `p` (nucleus sampling, https://arxiv.org/abs/1904.09751). */
export function topP(p: number): LogitFilter {
  return (logits) => {
    const probabilities = softmax(logits);
    const out = new Float32Array(logits.length).fill(-Infinity);
    let reached = 0;
    for (const id of nucleusOrder(probabilities, p)) {
      out[id] = logits[id]!;
      reached += probabilities[id]!;
      if (reached >= p) break;
    }
    return out;
  };
}

/** Probabilities [V] of logits [V]; -Infinity becomes exactly 0. */
export function softmax(logits: Float32Array): Float32Array {
  const max = logits[argmax(logits)]!;
  const out = new Float32Array(logits.length);
  let sum = 0;
  for (let i = 0; i < out.length; i++) sum += out[i] = Math.exp(logits[i]! - max);
  for (let i = 0; i < out.length; i++) out[i]! /= sum;
  return out;
}

/** The index of the largest value, the first one where several are equal. */
export function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** The k-th largest value, through a min-heap of k: the vocabulary is large and k is small. */
function kthLargest(values: Float32Array, k: number): number {
  const heap = values.slice(0, k).sort();
  for (let i = k; i < values.length; i++) if (values[i]! > heap[0]!) replaceSmallest(heap, values[i]!);
  return heap[0]!;
}

/** Puts `value` in the place of the heap's root and lets it sink. */
function replaceSmallest(heap: Float32Array, value: number): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= value) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = value;
}

/**
 * Token ids from the most to the least likely, as far as a nucleus of mass `p` needs them. Sorting a vocabulary of
 * 150,000 costs more than the model's step, so only ids above a falling threshold are sorted.
 */
function nucleusOrder(probabilities: Float32Array, p: number): number[] {
  for (let threshold = 1e-3; ; threshold /= 100) {
    const ids: number[] = [];
    let mass = 0;
    for (let id = 0; id < probabilities.length; id++) {
      if (probabilities[id]! >= threshold) {
        ids.push(id);
        mass += probabilities[id]!;
      }
    }
    if (mass >= p || threshold < 1e-30)
      return ids.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  }
}
