/**
 * ROUGE-1, ROUGE-2 and ROUGE-L over words, formula by formula as the package rouge-chinese 1.0.3, which LLaMA-Factory
 * scores with: n-grams as sets, the longest common subsequence over the whole text.
 */

export interface RougeScores {
  readonly "rouge-1": number;
  readonly "rouge-2": number;
  readonly "rouge-l": number;
}

/** What Python's `str.split()` cuts at. */
const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;
/** Where a sentence ends unless a closing quote follows, and so on: rouge-chinese's four rules, in its order. */
const SENTENCE_ENDS: readonly RegExp[] = [
  /([。！？?])([^”’])/gu,
  /(\.{6})([^”’])/gu,
  /(…{2})([^”’])/gu,
  /([。！？?][”’])([^，。！？?])/gu,
];

/** F1 of each, 0 to 1; all 0 where one of the two texts has no words. */
export function rougeScores(prediction: readonly string[], label: readonly string[]): RougeScores {
  const [hypothesis, reference] = [wordsOf(prediction), wordsOf(label)];
  if (hypothesis.length === 0 || reference.length === 0) return { "rouge-1": 0, "rouge-2": 0, "rouge-l": 0 };
  return {
    "rouge-1": gramScore(hypothesis, reference, 1),
    "rouge-2": gramScore(hypothesis, reference, 2),
    "rouge-l": f1(commonSubsequence(hypothesis, reference), hypothesis.length, reference.length),
  };
}

/** The words of all sentences. A sentence of spaces alone counts as one empty word there, and so here. */
function wordsOf(segments: readonly string[]): string[] {
  const joined = segments.join(" ");
  if (joined.split(SPACES).every((word) => word === "")) return [];
  const marked = SENTENCE_ENDS.reduce((text, pattern) => text.replace(pattern, "$1\n$2"), joined);
  return withoutSpacesAtEnd(marked)
    .split("\n")
    .filter((sentence) => sentence !== "")
    .flatMap((sentence) => {
      const words = sentence.split(SPACES).filter((word) => word !== "");
      return words.length > 0 ? words : [""];
    });
}

function withoutSpacesAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && SPACES.test(text[end - 1]!)) end--;
  return text.slice(0, end);
}

function gramScore(hypothesis: readonly string[], reference: readonly string[], n: number): number {
  const [found, wanted] = [gramSet(hypothesis, n), gramSet(reference, n)];
  let shared = 0;
  for (const gram of found) if (wanted.has(gram)) shared++;
  return f1(shared, found.size, wanted.size);
}

function gramSet(words: readonly string[], n: number): Set<string> {
  const grams = new Set<string>();
  for (let i = 0; i + n <= words.length; i++) grams.add(words.slice(i, i + n).join(" "));
  return grams;
}

function f1(shared: number, found: number, wanted: number): number {
  const precision = found === 0 ? 0 : shared / found;
  const recall = wanted === 0 ? 0 : shared / wanted;
  return 2 * ((precision * recall) / (precision + recall + 1e-8));
}

/** Length of the longest common subsequence; memory grows with the shorter direction only. */
function commonSubsequence(a: readonly string[], b: readonly string[]): number {
  let previous = new Uint32Array(b.length + 1);
  let row = new Uint32Array(b.length + 1);
  for (const word of a) {
    for (let j = 1; j <= b.length; j++) {
      row[j] = word === b[j - 1] ? previous[j - 1]! + 1 : Math.max(previous[j]!, row[j - 1]!);
    }
    [previous, row] = [row, previous];
  }
  return previous[b.length]!;
}
