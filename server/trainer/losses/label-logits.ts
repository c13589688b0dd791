/**
 * Supervised losses that look at whole rows of logits, with their derivatives: smoothed labels, EAFT, which trusts labels
 * less where the model is sure of its own, and ASFT, which weighs labels by their probability and stays near a reference.
 * As transformers and LLaMA-Factory compute them; plain float64 over rows.
 */

/** A loss summed over rows, and its derivative with respect to their logits [M, V]. */
export interface LogitLoss {
  readonly sum: number;
  readonly gradient: Float32Array;
}

/** Rows of logits [M, V] and the label of each. */
export interface LabelledRows {
  readonly logits: Float32Array;
  readonly labels: Int32Array;
}

/** How many of the largest logits the entropy is told from. */
const ENTROPY_LOGITS = 20;
/** About the largest entropy of so many: log 20. */
const ENTROPY_SCALE = 3;

/**
 * Cross entropy with smoothed labels (https://arxiv.org/abs/1512.00567): every label keeps 1 - `smoothing` of its weight,
 * and the whole vocabulary, itself included, shares the rest evenly.
 */
export function smoothedLoss({ logits, labels }: LabelledRows, smoothing: number): LogitLoss {
  const V = logits.length / labels.length;
  const gradient = new Float32Array(logits.length);
  let sum = 0;
  for (const [row, label] of labels.entries()) {
    const at = logits.subarray(row * V, (row + 1) * V);
    const normalizer = logSumExp(at);
    const mean = at.reduce((total, logit) => total + logit, 0) / V;
    sum += normalizer - (1 - smoothing) * at[label]! - smoothing * mean;
    for (let v = 0; v < V; v++) gradient[row * V + v] = Math.exp(at[v]! - normalizer) - smoothing / V;
    gradient[row * V + label]! -= 1 - smoothing;
  }
  return { sum, gradient };
}

/**
 * Entropy-adaptive fine-tuning (https://arxiv.org/abs/2601.02151): every label's cross entropy times
 * (entropy / 3) ^ alpha, which no gradient flows through. The entropy is that of the twenty most likely tokens.
 */
export function entropyWeightedLoss({ logits, labels }: LabelledRows, alpha: number): LogitLoss {
  const V = logits.length / labels.length;
  const gradient = new Float32Array(logits.length);
  let sum = 0;
  for (const [row, label] of labels.entries()) {
    const at = logits.subarray(row * V, (row + 1) * V);
    const probabilities = softmax(at);
    const weight = (entropyOf(largest(at, ENTROPY_LOGITS)) / ENTROPY_SCALE) ** alpha;
    sum += weight * crossEntropy(at, label);
    for (let v = 0; v < V; v++) gradient[row * V + v] = weight * probabilities[v]!;
    gradient[row * V + label]! -= weight;
  }
  return { sum, gradient };
}

/**
 * Anchored supervised fine-tuning (https://arxiv.org/abs/2509.23753): every label's cross entropy times its probability,
 * which no gradient flows through, and alpha times the divergence of the model from the reference, KL(reference, model).
 */
export function anchoredLoss(
  { logits, labels, reference }: LabelledRows & { reference: Float32Array },
  alpha: number,
): LogitLoss {
  const V = logits.length / labels.length;
  const gradient = new Float32Array(logits.length);
  let sum = 0;
  for (const [row, label] of labels.entries()) {
    const at = logits.subarray(row * V, (row + 1) * V);
    const anchor = reference.subarray(row * V, (row + 1) * V);
    const [p, q] = [softmax(at), softmax(anchor)];
    const [normalizer, anchorNormalizer] = [logSumExp(at), logSumExp(anchor)];
    const weight = p[label]!;
    sum += weight * (normalizer - at[label]!);
    for (let v = 0; v < V; v++) {
      if (q[v]! > 0) sum += alpha * q[v]! * (anchor[v]! - anchorNormalizer - at[v]! + normalizer);
      gradient[row * V + v] = (weight + alpha) * p[v]! - alpha * q[v]!;
    }
    gradient[row * V + label]! -= weight;
  }
  return { sum, gradient };
}

/** -log softmax(logits)[label] of one row. */
export function crossEntropy(logits: Float32Array, label: number): number {
  return logSumExp(logits) - logits[label]!;
}

/** The index of the largest logit, the first of equals. */
export function argmax(logits: Float32Array): number {
  let best = 0;
  for (let v = 1; v < logits.length; v++) if (logits[v]! > logits[best]!) best = v;
  return best;
}

function logSumExp(logits: Float32Array): number {
  const top = logits[argmax(logits)]!;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  return top + Math.log(sum);
}

function softmax(logits: Float32Array): Float64Array {
  const normalizer = logSumExp(logits);
  return Float64Array.from(logits, (logit) => Math.exp(logit - normalizer));
}

/** The `count` largest values, in falling order. */
function largest(values: Float32Array, count: number): number[] {
  const top: number[] = [];
  for (const value of values) {
    if (top.length === count && value <= top[count - 1]!) continue;
    let at = top.length === count ? count - 1 : top.length;
    for (; at > 0 && top[at - 1]! < value; at--) top[at] = top[at - 1]!;
    top[at] = value;
  }
  return top;
}

/** The entropy of softmax(logits), in nats. */
function entropyOf(logits: readonly number[]): number {
  const exponentials = logits.map((logit) => Math.exp(logit - logits[0]!));
  const total = exponentials.reduce((sum, value) => sum + value, 0);
  return exponentials.reduce((sum, value) => sum - (value / total) * Math.log(value / total || 1), 0);
}
