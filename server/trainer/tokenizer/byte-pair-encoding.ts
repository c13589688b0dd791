/**
 * Byte-pair encoding of one word, on ids: merges live in an open-addressing table of typed arrays, so a vocabulary of
 * 150 000 entries is ready in a fraction of a second and no strings are built while merging.
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

/** (left id, right id) → rank and merged id. */
class MergeTable {
  private readonly mask: number;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly rank: Int32Array;
  /** Merged id by rank. */
  readonly merged: Int32Array;

  constructor(size: number) {
    const capacity = 2 ** Math.ceil(Math.log2(Math.max(size, 1) * 2));
    this.mask = capacity - 1;
    this.left = new Int32Array(capacity).fill(-1);
    this.right = new Int32Array(capacity);
    this.rank = new Int32Array(capacity);
    this.merged = new Int32Array(size);
  }

  private slotOf(left: number, right: number): number {
    let slot = (Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & this.mask;
    while (this.left[slot] !== -1 && (this.left[slot] !== left || this.right[slot] !== right)) {
      slot = (slot + 1) & this.mask;
    }
    return slot;
  }

  set(pair: { left: number; right: number }, rank: number, merged: number): void {
    const slot = this.slotOf(pair.left, pair.right);
    this.left[slot] = pair.left;
    this.right[slot] = pair.right;
    this.rank[slot] = rank;
    this.merged[rank] = merged;
  }

  /** Rank of the merge, or -1. */
  rankOf(left: number, right: number): number {
    const slot = this.slotOf(left, right);
    return this.left[slot] === -1 ? -1 : this.rank[slot]!;
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
  private readonly merges: MergeTable;
  private readonly unkId: number | undefined;
  private readonly prefix: string;
  private readonly suffix: string;

  /** @param vocab the model's own vocabulary, without added tokens. */
  constructor(
    private readonly config: BytePairConfig,
    private readonly vocab: ReadonlyMap<string, number>,
  ) {
    this.unkId = config.unk_token == null ? undefined : vocab.get(config.unk_token);
    this.prefix = config.continuing_subword_prefix ?? "";
    this.suffix = config.end_of_word_suffix ?? "";
    this.merges = new MergeTable(config.merges.length);
    for (const [rank, entry] of config.merges.entries()) {
      const [left, right] = typeof entry === "string" ? splitMerge(entry) : entry;
      const merged = vocab.get(left + right.slice(this.prefix.length));
      const leftId = vocab.get(left);
      const rightId = vocab.get(right);
      if (leftId === undefined || rightId === undefined || merged === undefined) {
        throw new Error(
          `merge ${rank} ("${left}" + "${right}") names a token that the vocabulary does not hold`,
        );
      }
      this.merges.set({ left: leftId, right: rightId }, rank, merged);
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

  private merge(symbols: number[]): number[] {
    const { merges } = this;
    const count = symbols.length;
    const next = Int32Array.from({ length: count }, (_, i) => (i + 1 < count ? i + 1 : -1));
    const previous = Int32Array.from({ length: count }, (_, i) => i - 1);
    const alive = new Uint8Array(count).fill(1);
    const heap = new MinHeap();
    const offer = (at: number) => {
      const right = at < 0 ? -1 : next[at]!;
      if (right < 0) return;
      const rank = merges.rankOf(symbols[at]!, symbols[right]!);
      if (rank >= 0) heap.push(rank * POSITIONS + at);
    };
    for (let at = 0; at < count; at++) offer(at);

    for (let key = heap.pop(); key !== undefined; key = heap.pop()) {
      const at = key % POSITIONS;
      const right = next[at]!;
      if (!alive[at] || right < 0) continue;
      // The pair at this place may have changed since it was offered.
      const rank = merges.rankOf(symbols[at]!, symbols[right]!);
      const offered = merges.merged[(key - at) / POSITIONS];
      if (rank < 0 || merges.merged[rank] !== offered) continue;
      symbols[at] = merges.merged[rank]!;
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

function splitMerge(entry: string): [string, string] {
  const space = entry.indexOf(" ");
  return [entry.slice(0, space), entry.slice(space + 1)];
}
