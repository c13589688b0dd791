/**
 * The keys and values of one conversation, in buffers that the decode graph writes in place. They grow by doubling, so a
 * short chat takes little memory and a long one is rarely copied. It does not know graphs.
 */

/** Positions in a fresh cache. */
const FIRST_CAPACITY = 256;

export interface CacheShape {
  readonly layers: number;
  readonly kvHeads: number;
  readonly headDim: number;
  /** Positions that the model can take; the cache never grows beyond. */
  readonly contextLength: number;
}

export class KvCache {
  /** Ids whose keys and values are in the cache, in order. */
  readonly ids: number[] = [];
  private buffers: Float32Array[] = [];
  private positions = 0;

  constructor(private readonly shape: CacheShape) {}

  get length(): number {
    return this.ids.length;
  }

  /** Positions that there is room for. */
  get capacity(): number {
    return this.positions;
  }

  /** Layer l's keys are at 2 l, its values at 2 l + 1; each [1, kvHeads, capacity, headDim]. New arrays after growth. */
  get arrays(): readonly Float32Array[] {
    return this.buffers;
  }

  /** Makes room for `length` positions in all. */
  reserve(length: number): void {
    if (length <= this.positions) return;
    const { layers, kvHeads, headDim, contextLength } = this.shape;
    let capacity = Math.max(this.positions, FIRST_CAPACITY);
    while (capacity < length) capacity *= 2;
    capacity = Math.max(length, Math.min(capacity, contextLength));
    this.buffers = Array.from({ length: 2 * layers }, (_, i) => {
      const grown = new Float32Array(kvHeads * capacity * headDim);
      const old = this.buffers[i];
      for (let head = 0; old && head < kvHeads; head++) {
        const from = head * this.positions * headDim;
        grown.set(old.subarray(from, from + this.length * headDim), head * capacity * headDim);
      }
      return grown;
    });
    this.positions = capacity;
  }

  /** Forgets everything from position `length` on; what is before stays valid. */
  truncate(length: number): void {
    this.ids.length = Math.min(this.ids.length, length);
  }
}

/** How many ids two lists share from the start. */
export function sharedPrefix(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
