/**
 * Byte-pair encoding of one word, on ids. Merges are looked up by text once and by ids from then on, so a vocabulary of
 * 150 000 entries costs nothing up front and no strings are built while merging what was seen before.
 * It does not know how text is cut into words, and not where a word's characters come from (bytes or Unicode).
 */

export interface BytePairConfig {
  readonly vocab: Readonly<Record<string, number>>;
  /** "a b" or ["a", "b"], best first. */
  readonly merges: readonly (string | readonly [string, string])[];
  readonly unk_token?: string | null;
  readonly fuse_unk?: boolean;
  readonly byte_fallback?: boolean;
  readonly ignore_merges?: boolean;
  readonly continuing_subword_prefix?: string | null;
  readonly end_of_word_suffix?: string | null;
}

/** A growing table (left id, right id) → number, by open addressing in typed arrays. */
class PairTable {
  private mask = 2 ** 14 - 1;
  private left = new Int32Array(this.mask + 1).fill(-1);
  private right = new Int32Array(this.mask + 1);
  private value = new Int32Array(this.mask + 1);
  private count = 0;

  private slotOf(left: number, right: number): number {
    let slot = (Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & this.mask;
    while (this.left[slot] !== -1 && (this.left[slot] !== left || this.right[slot] !== right)) {
      slot = (slot + 1) & this.mask;
    }
    return slot;
  }

  set(left: number, right: number, value: number): void {
    if (this.count * 2 > this.mask) this.grow();
    const slot = this.slotOf(left, right);
    if (this.left[slot] === -1) this.count++;
    this.left[slot] = left;
    this.right[slot] = right;
    this.value[slot] = value;
  }

  get(left: number, right: number): number | undefined {
    const slot = this.slotOf(left, right);
    return this.left[slot] === -1 ? undefined : this.value[slot];
  }

  private grow(): void {
    const { left, right, value } = this;
    const capacity = (this.mask + 1) * 2;
    this.mask = capacity - 1;
    this.left = new Int32Array(capacity).fill(-1);
    this.right = new Int32Array(capacity);
    this.value = new Int32Array(capacity);
    this.count = 0;
    for (let slot = 0; slot < left.length; slot++) {
      if (left[slot] !== -1) this.set(left[slot]!, right[slot]!, value[slot]!);
    }
  }
}

/** A min-heap of numbers. */
class MinHeap {
  private readonly items: number[] = [];

  push(value: number): void {
    const { items } = this;
    let at = items.length;
    items.push(value);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (items[parent]! <= value) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = value;
  }

  pop(): number | undefined {
    const { items } = this;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1]! < items[child]!) child++;
      if (items[child]! >= last) break;
      items[at] = items[child]!;
      at = child;
    }
    items[at] = last;
    return first;
  }
}

/** Heap keys are rank * POSITIONS + position: lowest rank first, leftmost on ties. */
const POSITIONS = 2 ** 24;

export class BytePairEncoding {
  /** "left right" → rank. */
  private readonly rankOfText: Map<string, number>;
  private readonly separator: string;
  /** Ranks by ids, of the pairs that were met so far; -1 for pairs that do not merge. */
  private readonly rankOfPair = new PairTable();
  /** Merged id by rank, of the merges that were met so far. */
  private readonly merged: Int32Array;
  private readonly unkId: number | undefined;
  private readonly prefix: string;
  private readonly suffix: string;

  /**
   * @param vocab the model's own vocabulary, without added tokens
   * @param tokenOfId the same, by id
   */
  constructor(
    private readonly config: BytePairConfig,
    private readonly vocab: ReadonlyMap<string, number>,
    private readonly tokenOfId: readonly (string | undefined)[],
  ) {
    this.unkId = config.unk_token == null ? undefined : vocab.get(config.unk_token);
    this.prefix = config.continuing_subword_prefix ?? "";
    this.suffix = config.end_of_word_suffix ?? "";
    // Merges written as pairs may hold spaces.
    this.separator = typeof config.merges[0] === "string" ? " " : "\0";
    this.rankOfText = new Map();
    this.merged = new Int32Array(config.merges.length);
    for (let rank = 0; rank < config.merges.length; rank++) {
      const merge = config.merges[rank]!;
      this.rankOfText.set(typeof merge === "string" ? merge : merge[0] + this.separator + merge[1], rank);
    }
  }

  /** Ids of one word. */
  encode(word: string): number[] {
    if (this.config.ignore_merges) {
      const whole = this.vocab.get(word);
      if (whole !== undefined) return [whole];
    }
    const symbols = this.symbols(word);
    return symbols.length < 2 ? symbols : this.merge(symbols);
  }

  /** Ids of a word's characters, before any merge. */
  private symbols(word: string): number[] {
    const ids: number[] = [];
    const characters = Array.from(word);
    let afterUnknown = false;
    for (const [i, character] of characters.entries()) {
      const text = (i > 0 ? this.prefix : "") + character + (i === characters.length - 1 ? this.suffix : "");
      const id = this.vocab.get(text);
      const bytes = id === undefined && this.config.byte_fallback ? this.bytesOf(character) : null;
      const known = id !== undefined || bytes !== null;
      if (id !== undefined) ids.push(id);
      else if (bytes) ids.push(...bytes);
      else if (this.unkId !== undefined && !(this.config.fuse_unk && afterUnknown)) ids.push(this.unkId);
      afterUnknown = !known;
    }
    return ids;
  }

  private bytesOf(character: string): number[] | null {
    const ids: number[] = [];
    for (const byte of Buffer.from(character, "utf8")) {
      const id = this.vocab.get(`<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`);
      if (id === undefined) return null;
      ids.push(id);
    }
    return ids;
  }

  /** Rank of the merge of two ids, or -1. */
  private rankOf(left: number, right: number): number {
    const known = this.rankOfPair.get(left, right);
    if (known !== undefined) return known;
    const leftText = this.tokenOfId[left] ?? "";
    const rightText = this.tokenOfId[right] ?? "";
    const rank = this.rankOfText.get(leftText + this.separator + rightText) ?? -1;
    this.rankOfPair.set(left, right, rank);
    if (rank >= 0) {
      const text = leftText + rightText.slice(this.prefix.length);
      const merged = this.vocab.get(text);
      if (merged === undefined)
        throw new Error(`the merges make "${text}", which the vocabulary does not hold`);
      this.merged[rank] = merged;
    }
    return rank;
  }

  private merge(symbols: number[]): number[] {
    const { merged } = this;
    const count = symbols.length;
    const next = Int32Array.from({ length: count }, (_, i) => (i + 1 < count ? i + 1 : -1));
    const previous = Int32Array.from({ length: count }, (_, i) => i - 1);
    const alive = new Uint8Array(count).fill(1);
    const heap = new MinHeap();
    const offer = (at: number) => {
      const right = at < 0 ? -1 : next[at]!;
      if (right < 0) return;
      const rank = this.rankOf(symbols[at]!, symbols[right]!);
      if (rank >= 0) heap.push(rank * POSITIONS + at);
    };
    for (let at = 0; at < count; at++) offer(at);

    for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
      const at = key % POSITIONS;
      const right = next[at]!;
      if (!alive[at] || right < 0) continue;
      // The pair at this place may have changed since it was offered.
      const rank = this.rankOf(symbols[at]!, symbols[right]!);
      if (rank < 0 || merged[rank] !== merged[(key - at) / POSITIONS]) continue;
      symbols[at] = merged[rank]!;
      alive[right] = 0;
      next[at] = next[right]!;
      if (next[at] >= 0) previous[next[at]] = at;
      offer(previous[at]!);
      offer(at);
    }

    const ids: number[] = [];
    for (let at = 0; at >= 0; at = next[at]!) ids.push(symbols[at]!);
    return ids;
  }
}
