/**
 * What an adapter makes of a weight, row by row in float64: the plain-loop twin of the graphs, for merging and for what
 * must be known before training. It does not know files.
 */
import type { HostTensor } from "../executor/executor";
import type { Decoder } from "../models/family";
import type { LinearChange, LoraLinear, LowRank, OftLinear } from "./adapter";
import { rotationsOf } from "./oft";
import { linearOf } from "./target-modules";

/** Changes the row of one output in place: [inputs]. */
type RowChange = (row: Float64Array, output: number) => void;

/** How a weight [outputs, inputs] lies in memory: GPT-2's are [inputs, outputs]. */
export interface WeightLayout {
  readonly outputs: number;
  readonly storedTransposed: boolean;
}

/** How the weight of a linear lies in the model's file. @throws Error like linearOf */
export function layoutOf(decoder: Decoder, module: string): WeightLayout {
  const { outputs, storedTransposed = false } = linearOf(decoder, module);
  return { outputs, storedTransposed };
}

/** Makes the adapter part of a weight, in place. */
export function mergeChange(weight: Float32Array, change: LinearChange, layout: WeightLayout): void {
  changeRows(weight, layout, change.kind === "oft" ? rotate(change) : addLora(change));
}

/** Adds factor * B A to a weight, in place. */
export function addLowRank(
  weight: Float32Array,
  { factors, factor }: { factors: LowRank; factor: number },
  layout: WeightLayout,
): void {
  changeRows(weight, layout, lowRankAddition(factors, factor));
}

/** The squared length of every row: [outputs]. */
export function rowSquares(weight: Float32Array, layout: WeightLayout): HostTensor {
  const squares = new Float32Array(layout.outputs);
  eachRow(weight, layout, (row, output) => {
    let sum = 0;
    for (const value of row) sum += value * value;
    squares[output] = sum;
  });
  return { data: squares, shape: [layout.outputs], dtype: "float32", constant: true };
}

function addLora({ a, b, scaling, magnitude, initial }: LoraLinear): RowChange {
  const subtract = initial && lowRankAddition(initial, -scaling);
  const add = lowRankAddition({ a, b }, scaling);
  return (row, output) => {
    subtract?.(row, output);
    add(row, output);
    if (!magnitude) return;
    let square = 0;
    for (const value of row) square += value * value;
    const gain = square === 0 ? 0 : magnitude.data[output]! / Math.sqrt(square);
    for (let i = 0; i < row.length; i++) row[i]! *= gain;
  };
}

function lowRankAddition({ a, b }: LowRank, factor: number): RowChange {
  const [rank, inputs] = [a.shape[0]!, a.shape[1]!];
  return (row, output) => {
    for (let r = 0; r < rank; r++) {
      const times = factor * b.data[output * rank + r]!;
      if (times === 0) continue;
      for (let i = 0, at = r * inputs; i < inputs; i++, at++) row[i]! += times * a.data[at]!;
    }
  };
}

/** w R^T for every block of a row w. */
function rotate(change: OftLinear): RowChange {
  const { blocks, blockSize: H } = change;
  const rotations = rotationsOf(change);
  const turned = new Float64Array(H);
  return (row) => {
    for (let block = 0; block < blocks; block++) {
      const [start, matrix] = [block * H, block * H * H];
      for (let k = 0; k < H; k++) {
        let sum = 0;
        for (let c = 0; c < H; c++) sum += rotations[matrix + k * H + c]! * row[start + c]!;
        turned[k] = sum;
      }
      row.set(turned, start);
    }
  };
}

function changeRows(weight: Float32Array, layout: WeightLayout, change: RowChange): void {
  const { outputs, storedTransposed } = layout;
  eachRow(weight, layout, (row, output) => {
    change(row, output);
    if (!storedTransposed) weight.set(row, output * row.length);
    else for (let i = 0; i < row.length; i++) weight[i * outputs + output] = row[i]!;
  });
}

/** Calls `visit` with a copy of every row; the copy is the same array each time. */
function eachRow(
  weight: Float32Array,
  { outputs, storedTransposed }: WeightLayout,
  visit: (row: Float64Array, output: number) => void,
): void {
  const inputs = weight.length / outputs;
  const row = new Float64Array(inputs);
  for (let output = 0; output < outputs; output++) {
    if (!storedTransposed) row.set(weight.subarray(output * inputs, (output + 1) * inputs));
    else for (let i = 0; i < inputs; i++) row[i] = weight[i * outputs + output]!;
    visit(row, output);
  }
}
