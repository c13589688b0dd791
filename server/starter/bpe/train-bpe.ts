/**
 * Byte-pair encoding learned from texts: start with 256 bytes, join the most frequent neighbours until the vocabulary
 * is full. Deterministic: among equally frequent pairs the one with the lower ids wins.
 * Sennrich et al. 2016, https://arxiv.org/abs/1508.07909. It does not know special tokens or files.
 */
import { BYTE_CHARACTERS, splitPieces, toByteCharacters } from "./pre-tokenize";

export interface Bpe {
  /** Tokens in byte characters; the index is the id. */
  readonly tokens: readonly string[];
  /** In the order in which they were learned, which is their rank. */
  readonly merges: readonly (readonly [string, string])[];
}

interface Word {
  ids: number[];
  readonly count: number;
}

/** Learns a vocabulary of at most `vocabSize` tokens, the 256 bytes included. Pairs seen once are not joined. */
export function trainBpe(texts: Iterable<string>, vocabSize: number): Bpe {
  const tokens = [...BYTE_CHARACTERS].sort();
  const merges: [string, string][] = [];
  const words = countWords(texts, new Map(tokens.map((token, id) => [token, id])));
  const pairs = new PairTable(words);
  while (tokens.length < vocabSize) {
    const pair = pairs.mostFrequent();
    if (!pair) break;
    const [left, right] = pair;
    merges.push([tokens[left]!, tokens[right]!]);
    tokens.push(tokens[left]! + tokens[right]!);
    pairs.join(left, right, tokens.length - 1);
  }
  return { tokens, merges };
}

function countWords(texts: Iterable<string>, idOf: ReadonlyMap<string, number>): Word[] {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const piece of splitPieces(text)) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return [...counts].map(([piece, count]) => ({
    ids: toByteCharacters(piece).map((char) => idOf.get(char)!),
    count,
  }));
}

/** How often each pair of neighbours occurs, and in which words, kept up to date while pairs are joined. */
class PairTable {
  private readonly counts = new Map<number, number>();
  private readonly places = new Map<number, Set<number>>();

  constructor(private readonly words: Word[]) {
    words.forEach((word, index) => this.change(word, index, 1));
  }

  mostFrequent(): [number, number] | null {
    let bestKey = -1;
    let bestCount = 1;
    for (const [key, count] of this.counts) {
      if (count > bestCount || (count === bestCount && bestKey >= 0 && key < bestKey)) {
        bestKey = key;
        bestCount = count;
      }
    }
    return bestKey < 0 ? null : [Math.floor(bestKey / KEY_BASE), bestKey % KEY_BASE];
  }

  join(left: number, right: number, joined: number): void {
    for (const index of [...(this.places.get(left * KEY_BASE + right) ?? [])]) {
      const word = this.words[index]!;
      this.change(word, index, -1);
      word.ids = joinNeighbours(word.ids, left, right, joined);
      this.change(word, index, 1);
    }
  }

  private change(word: Word, index: number, sign: 1 | -1): void {
    for (let i = 0; i + 1 < word.ids.length; i++) {
      const key = word.ids[i]! * KEY_BASE + word.ids[i + 1]!;
      const count = (this.counts.get(key) ?? 0) + sign * word.count;
      if (count > 0) this.counts.set(key, count);
      else this.counts.delete(key);
      const places = this.places.get(key) ?? new Set();
      if (sign > 0) places.add(index);
      else places.delete(index);
      this.places.set(key, places);
    }
  }
}

/** Two ids in one number; no vocabulary here comes near it. */
const KEY_BASE = 1 << 20;

function joinNeighbours(ids: readonly number[], left: number, right: number, joined: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      result.push(joined);
      i++;
    } else result.push(ids[i]!);
  }
  return result;
}
