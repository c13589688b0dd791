/**
 * BLEU-4 of one sentence over characters, as LLaMA-Factory has nltk compute it: smoothing method 3 of Chen and Cherry.
 * https://aclanthology.org/W14-3346/
 */

const ORDERS = [1, 2, 3, 4];

/** @returns 0 to 1; 0 where not even one character is shared */
export function bleu4(prediction: string, label: string): number {
  const [hypothesis, reference] = [[...prediction], [...label]];
  const precisions = ORDERS.map((n) => clippedPrecision(hypothesis, reference, n));
  if (precisions[0]!.matches === 0) return 0;
  let logSum = 0;
  // Each order without a match counts as half as much as the one before it without a match.
  let misses = 0;
  for (const { matches, total } of precisions) {
    const precision = matches === 0 ? 1 / (2 ** ++misses * total) : matches / total;
    logSum += Math.log(precision) / ORDERS.length;
  }
  return brevityPenalty(hypothesis.length, reference.length) * Math.exp(logSum);
}

/** n-grams of the hypothesis that the reference has too, each counted at most as often as there. */
function clippedPrecision(
  hypothesis: readonly string[],
  reference: readonly string[],
  n: number,
): { matches: number; total: number } {
  const allowed = countGrams(reference, n);
  let matches = 0;
  for (const [gram, count] of countGrams(hypothesis, n)) matches += Math.min(count, allowed.get(gram) ?? 0);
  return { matches, total: Math.max(1, hypothesis.length - n + 1) };
}

function countGrams(characters: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= characters.length; i++) {
    const gram = characters.slice(i, i + n).join("");
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function brevityPenalty(hypothesis: number, reference: number): number {
  return hypothesis > reference ? 1 : Math.exp(1 - reference / hypothesis);
}
