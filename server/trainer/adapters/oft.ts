/**
 * OFT as PEFT 0.18 has it: how a linear's inputs are cut into blocks, how rotations begin, and the rotation matrices in
 * float64. https://arxiv.org/abs/2306.07280
 */
import { zeroTensor } from "../executor/zero-tensor";
import type { Decoder } from "../models/family";
import type { OftLinear } from "./adapter";
import { elementsAbove } from "./linear-adapter";
import { linearOf } from "./target-modules";

/** PEFT's num_cayley_neumann_terms. */
export const CAYLEY_TERMS = 5;

export interface BlockSizes {
  /** PEFT's r: the number of blocks; 0 where the size of a block is given. */
  readonly rank: number;
  readonly blockSize: number;
}

/**
 * Blocks of a linear. A size (or a number of blocks) that does not divide the inputs is moved to the nearest one that
 * does, the smaller of two as near, as PEFT moves it.
 */
export function cutInputs(inputs: number, { rank, blockSize }: BlockSizes) {
  if (rank !== 0) {
    const blocks = nearestDivisor(inputs, rank);
    return { blocks, blockSize: inputs / blocks };
  }
  const size = nearestDivisor(inputs, blockSize);
  return { blocks: inputs / size, blockSize: size };
}

function nearestDivisor(inputs: number, wanted: number): number {
  if (wanted >= inputs) return inputs;
  let [above, below] = [wanted, wanted];
  while (inputs % above !== 0) above++;
  while (inputs % below !== 0) below--;
  return wanted - below <= above - wanted ? below : above;
}

/** Rotations begin as the identity: the skew-symmetric matrices are zero. */
export function initOft(decoder: Decoder, modules: readonly string[], sizes: BlockSizes): OftLinear[] {
  return modules.map((module) => {
    const cut = cutInputs(linearOf(decoder, module).inputs, sizes);
    const rotation = zeroTensor([cut.blocks, elementsAbove(cut.blockSize)]);
    return { kind: "oft", module, ...cut, terms: CAYLEY_TERMS, rotation };
  });
}

/**
 * Rotation matrices [blocks, H, H]: I + 2 Q + 2 Q^2 + ... + Q^(terms - 1), the first terms of the Cayley transform's
 * Neumann series, in which the last power counts once.
 */
export function rotationsOf({ blocks, blockSize: H, terms, rotation }: OftLinear): Float64Array {
  const rotations = new Float64Array(blocks * H * H);
  const count = elementsAbove(H);
  for (let block = 0; block < blocks; block++) {
    const q = new Float64Array(H * H);
    for (let row = 0, at = block * count; row < H; row++) {
      for (let column = row + 1; column < H; column++, at++) {
        q[row * H + column] = rotation.data[at]!;
        q[column * H + row] = -rotation.data[at]!;
      }
    }
    const sum = rotations.subarray(block * H * H, (block + 1) * H * H);
    for (let i = 0; i < H; i++) sum[i * H + i] = 1;
    let power: Float64Array = q;
    for (let exponent = 1; exponent < terms; exponent++) {
      if (exponent > 1) power = squareProduct(power, q, H);
      const factor = exponent === terms - 1 && exponent > 2 ? 1 : 2;
      for (let i = 0; i < sum.length; i++) sum[i]! += factor * power[i]!;
    }
  }
  return rotations;
}

function squareProduct(a: Float64Array, b: Float64Array, H: number): Float64Array {
  const product = new Float64Array(H * H);
  for (let i = 0; i < H; i++) {
    for (let k = 0; k < H; k++) {
      const factor = a[i * H + k]!;
      for (let j = 0; j < H; j++) product[i * H + j]! += factor * b[k * H + j]!;
    }
  }
  return product;
}
