/**
 * Smoothing of a loss curve as LLaMA Board does it: an exponential moving average whose weight grows with the number
 * of points (LLaMA-Factory `extras/ploting.py`, `smooth`).
 */

/** LLaMA Board's weight for `count` points: 1.8 × (sigmoid(0.05 × count) − 0.5), from 0 up to 0.9. */
export function boardWeight(count: number): number {
  return 1.8 * (1 / (1 + Math.exp(-0.05 * count)) - 0.5);
}

/** Exponential moving average; the first value is the seed, no bias correction. `weight` 0 returns the values. */
export function smooth(values: readonly number[], weight: number): number[] {
  let last = values[0] ?? 0;
  return values.map((value) => {
    last = last * weight + (1 - weight) * value;
    return last;
  });
}
