/**
 * Adafactor as transformers' Trainer sets it up (scale_parameter and relative_step off, no momentum): matrices keep
 * only the row and column means of their squared gradients.
 * Shazeer and Stern, https://arxiv.org/abs/1804.04235; reference: transformers.Adafactor.
 */
import type { Parameter } from "../models/causal-lm";
import { stateLike, type Optimizer, type ParameterGroup, type StateTensor } from "./optimizer";

const EPSILON = 1e-30;
const CLIP_THRESHOLD = 1;
const DECAY_RATE = -0.8;

interface Factors {
  readonly row: StateTensor;
  readonly column: StateTensor;
}

/** Adafactor over `groups`. */
export function createAdafactor(groups: readonly ParameterGroup[]): Optimizer {
  const slots = groups.flatMap((group) =>
    group.parameters.map((parameter) => {
      const factors = parameter.shape.length >= 2 ? createFactors(parameter) : null;
      return { group, parameter, factors, square: factors ? null : stateLike(parameter, "exp_avg_sq") };
    }),
  );
  let stepCount = 0;
  return {
    id: "adafactor",
    state: slots.flatMap(({ factors, square }) => (factors ? [factors.row, factors.column] : [square!])),
    get stepCount() {
      return stepCount;
    },
    set stepCount(value: number) {
      stepCount = value;
    },
    step(learningRate) {
      stepCount++;
      const beta2 = 1 - stepCount ** DECAY_RATE;
      for (const { group, parameter, factors, square } of slots) {
        const update = factors
          ? factoredUpdate(parameter, factors, beta2)
          : plainUpdate(parameter.grad, square!.data, beta2);
        applyUpdate(parameter.data, update, {
          rate: learningRate * group.rateFactor,
          decay: group.weightDecay,
        });
      }
    },
  };
}

/** Row means [..., R] and column means [..., C] of a tensor [..., R, C]. */
function createFactors({ name, shape }: Parameter): Factors {
  const size = (dims: readonly number[]) => dims.reduce((product, length) => product * length, 1);
  const rowShape = shape.slice(0, -1);
  const columnShape = [...shape.slice(0, -2), shape.at(-1)!];
  return {
    row: { name: `exp_avg_sq_row.${name}`, shape: rowShape, data: new Float32Array(size(rowShape)) },
    column: { name: `exp_avg_sq_col.${name}`, shape: columnShape, data: new Float32Array(size(columnShape)) },
  };
}

function plainUpdate(grad: Float32Array, square: Float32Array, beta2: number): Float32Array {
  const update = new Float32Array(grad.length);
  for (let i = 0; i < grad.length; i++) {
    const g = grad[i]!;
    square[i] = beta2 * square[i]! + (1 - beta2) * (g * g + EPSILON);
    update[i] = g / Math.sqrt(square[i]!);
  }
  return update;
}

function factoredUpdate({ shape, grad }: Parameter, { row, column }: Factors, beta2: number): Float32Array {
  const rows = shape.at(-2)!;
  const columns = shape.at(-1)!;
  const update = new Float32Array(grad.length);
  const rowMeans = new Float64Array(rows);
  const columnMeans = new Float64Array(columns);
  for (let matrix = 0; matrix * rows * columns < grad.length; matrix++) {
    const start = matrix * rows * columns;
    rowMeans.fill(0);
    columnMeans.fill(0);
    for (let r = 0; r < rows; r++) {
      for (let c = 0; c < columns; c++) {
        const g = grad[start + r * columns + c]!;
        const square = g * g + EPSILON;
        rowMeans[r] = rowMeans[r]! + square / columns;
        columnMeans[c] = columnMeans[c]! + square / rows;
      }
    }
    const rowState = row.data.subarray(matrix * rows, (matrix + 1) * rows);
    const columnState = column.data.subarray(matrix * columns, (matrix + 1) * columns);
    let rowAverage = 0;
    for (let r = 0; r < rows; r++) {
      rowState[r] = beta2 * rowState[r]! + (1 - beta2) * rowMeans[r]!;
      rowAverage += rowState[r]! / rows;
    }
    for (let c = 0; c < columns; c++)
      columnState[c] = beta2 * columnState[c]! + (1 - beta2) * columnMeans[c]!;
    for (let r = 0; r < rows; r++) {
      const rowScale = Math.sqrt(rowAverage / rowState[r]!);
      for (let c = 0; c < columns; c++) {
        const i = start + r * columns + c;
        update[i] = (grad[i]! * rowScale) / Math.sqrt(columnState[c]!);
      }
    }
  }
  return update;
}

function applyUpdate(
  data: Float32Array,
  update: Float32Array,
  { rate, decay }: { rate: number; decay: number },
): void {
  let squares = 0;
  for (const u of update) squares += u * u;
  const rms = Math.sqrt(squares / update.length);
  const scale = rate / Math.max(1, rms / CLIP_THRESHOLD);
  for (let i = 0; i < data.length; i++) data[i] = data[i]! * (1 - decay * rate) - scale * update[i]!;
}
