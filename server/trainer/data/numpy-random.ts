/**
 * `numpy.random.default_rng(seed)`, number for number, so that a validation split and interleaved data sets hold the same
 * rows as LLaMA-Factory's. SeedSequence and PCG64 as NumPy documents them (numpy.org/doc/stable/reference/random).
 */

/** NumPy's SeedSequence: a seed spread over 8 words. */
function spreadSeed(seed: number | bigint): Uint32Array {
  const entropy: number[] = [];
  for (let rest = BigInt(seed); rest > 0n || entropy.length === 0; rest >>= 32n)
    entropy.push(Number(rest & 0xffffffffn));
  let constant = 0x43b0d7e5;
  const hash = (value: number) => {
    let mixed = (value ^ constant) >>> 0;
    constant = Math.imul(constant, 0x931e8875) >>> 0;
    mixed = Math.imul(mixed, constant) >>> 0;
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const mix = (x: number, y: number) => {
    const mixed = (Math.imul(x, 0xca01f9dd) - Math.imul(y, 0x4973f715)) >>> 0;
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  const pool = Array.from({ length: 4 }, (_, i) => hash(entropy[i] ?? 0));
  for (let from = 0; from < 4; from++) {
    for (let to = 0; to < 4; to++) if (from !== to) pool[to] = mix(pool[to]!, hash(pool[from]!));
  }
  for (const word of entropy.slice(4)) for (let to = 0; to < 4; to++) pool[to] = mix(pool[to]!, hash(word));

  constant = 0x8b51f9dd;
  return Uint32Array.from({ length: 8 }, (_, i) => {
    let value = (pool[i % 4]! ^ constant) >>> 0;
    constant = Math.imul(constant, 0x58f38ded) >>> 0;
    value = Math.imul(value, constant) >>> 0;
    return (value ^ (value >>> 16)) >>> 0;
  });
}

const MASK_64 = (1n << 64n) - 1n;
const MASK_128 = (1n << 128n) - 1n;
const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

/** PCG64 (XSL-RR), and the draws of NumPy's `Generator` that are needed here. */
export class Pcg64 {
  private state = 0n;
  private readonly increment: bigint;
  private spare: number | null = null;

  constructor(seed: number | bigint) {
    const words = spreadSeed(seed);
    const pair = (i: number) => (BigInt(words[i + 1]!) << 32n) | BigInt(words[i]!);
    this.increment = ((((pair(4) << 64n) | pair(6)) << 1n) | 1n) & MASK_128;
    this.step();
    this.state = (this.state + ((pair(0) << 64n) | pair(2))) & MASK_128;
    this.step();
  }

  private step(): void {
    this.state = (this.state * MULTIPLIER + this.increment) & MASK_128;
  }

  /** 64 bits. */
  next64(): bigint {
    this.step();
    const folded = (this.state >> 64n) ^ (this.state & MASK_64);
    const turn = this.state >> 122n;
    return ((folded >> turn) | (folded << (64n - turn))) & MASK_64;
  }

  /** Uniform in [0, 1), 53 bits. */
  nextDouble(): number {
    return Number(this.next64() >> 11n) / 2 ** 53;
  }

  /** 32 bits; every other one is the upper half of the 64 drawn before. */
  next32(): number {
    if (this.spare !== null) {
      const spare = this.spare;
      this.spare = null;
      return spare;
    }
    const value = this.next64();
    this.spare = Number(value >> 32n);
    return Number(value & 0xffffffffn);
  }

  /** Uniform in 0..largest (largest >= 1): draws are masked to its bits until one is small enough. */
  upTo(largest: number): number {
    const mask = 2 ** (32 - Math.clz32(largest)) - 1;
    for (;;) {
      const value = (this.next32() & mask) >>> 0;
      if (value <= largest) return value;
    }
  }

  /** Uniform in 0..count-1, as `integers(0, count)` draws it (Lemire, https://arxiv.org/abs/1805.10941). */
  below(count: number): number {
    if (count === 1) return 0;
    const threshold = 2 ** 32 % count;
    for (;;) {
      const product = BigInt(this.next32()) * BigInt(count);
      if (Number(product & 0xffffffffn) >= threshold) return Number(product >> 32n);
    }
  }

  /** `shuffle` of a list, in place. */
  shuffle(items: unknown[]): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.upTo(i);
      [items[i], items[j]] = [items[j], items[i]];
    }
  }
}

/** `default_rng(seed)` of pass `epoch` over streamed rows, as `datasets` seeds it. */
export function streamGenerator(seed: number, epoch: number): Pcg64 {
  const first = new Pcg64(seed);
  if (epoch === 0) return first;
  const seedOfEpoch = (first.next64() >> 1n) - BigInt(epoch);
  return new Pcg64(seedOfEpoch < 0n ? seedOfEpoch + (1n << 63n) : seedOfEpoch);
}

/** The numbers 0..count-1 in the order that NumPy gives them for this seed. */
export function numpyPermutation(count: number, seed: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  new Pcg64(seed).shuffle(order);
  return order;
}

/** Endless draws of `default_rng(seed).choice(n, p=probabilities)`, which add up to 1: the index of one of them. */
export function* numpyChoices(probabilities: readonly number[], seed: number): Generator<number> {
  const random = new Pcg64(seed);
  let sum = 0;
  const ends = probabilities.map((probability) => (sum += probability));
  for (;;) {
    const point = random.nextDouble();
    const index = ends.findIndex((end) => end / sum > point);
    yield index < 0 ? ends.length - 1 : index;
  }
}
