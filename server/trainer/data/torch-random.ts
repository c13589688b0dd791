/**
 * `torch.randperm`, number for number: the order in which accelerate visits the rows of an epoch, and from which
 * transformers groups rows of like length. MT19937 as Matsumoto and Nishimura published it.
 */

const SIZE = 624;
const SHIFT = 397;

class MersenneTwister {
  private readonly state = new Uint32Array(SIZE);
  private at = SIZE;

  constructor(seed: number) {
    this.state[0] = seed >>> 0;
    for (let i = 1; i < SIZE; i++) {
      const previous = this.state[i - 1]!;
      this.state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  private refill(): void {
    const { state } = this;
    for (let i = 0; i < SIZE; i++) {
      const mixed = (state[i]! & 0x80000000) | (state[(i + 1) % SIZE]! & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE]! ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    this.at = 0;
  }

  next(): number {
    if (this.at >= SIZE) this.refill();
    let value = this.state[this.at++]!;
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  }
}

/** The numbers 0..count-1 in the order that PyTorch gives them for this seed. `seed` counts modulo 2^32. */
export function torchPermutation(count: number, seed: number): number[] {
  return permutation(new MersenneTwister(seed), count);
}

/**
 * The order of an epoch (from 0) where a sampler draws from PyTorch's own generator, which was seeded before the first:
 * each data loader takes 64 bits for itself before its sampler draws.
 */
export function loaderPermutation(
  count: number,
  { seed, epoch }: { readonly seed: number; readonly epoch: number },
): number[] {
  const random = new MersenneTwister(seed);
  let order: number[] = [];
  for (let at = 0; at <= epoch; at++) {
    random.next();
    random.next();
    order = permutation(random, count);
  }
  return order;
}

function permutation(random: MersenneTwister, count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = 0; i < count - 1; i++) {
    const j = i + (random.next() % (count - i));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
