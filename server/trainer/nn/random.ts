/**
 * A small seeded generator of random numbers (xoshiro128**, seeded by splitmix32), equal on every machine. Not for
 * secrets. https://prng.di.unimi.it
 */

export interface Random {
  /** A 32-bit unsigned integer. */
  next(): number;
  /** In [0, 1), with 24 bits: exact in float32. */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** A generator of its own, which no amount of drawing here changes. */
  fork(label: string): Random;
}

/** @param seed any finite number; its 32-bit integer part counts */
export function createRandom(seed: number): Random {
  let mixed = seed | 0;
  const splitmix = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0;
    let z = mixed ^ (mixed >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  const state = Uint32Array.from([splitmix(), splitmix(), splitmix(), splitmix()]);
  const origin = state[0]!;

  const next = (): number => {
    const s1 = state[1]!;
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    state[2]! ^= state[0]!;
    state[3]! ^= s1;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= s1 << 9;
    state[3] = rotateLeft(state[3]!, 11);
    return result;
  };
  const uniform = (): number => (next() >>> 8) / 0x1000000;

  return {
    next,
    uniform,
    // Box-Muller; 1 - u keeps the logarithm's argument above zero.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    fork: (label) => createRandom(origin ^ hashText(label)),
  };
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** FNV-1a, 32 bits. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
