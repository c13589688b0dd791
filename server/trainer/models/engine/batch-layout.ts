/** Lays a batch out for graphs of fixed shape: lengths rounded up to buckets, positions, and where the labels are. */
import type { HostTensor } from "../../executor/executor";
import type { TokenBatch } from "../causal-lm";

/** [length up to, step]: short rows waste little, long ones make few graphs. */
const BUCKET_STEPS = [
  [64, 8],
  [128, 16],
  [512, 32],
  [Infinity, 64],
] as const;

/** The length that rows of `length` tokens are padded to, so that a few graphs serve all lengths. */
export function bucketLength(length: number): number {
  const step = BUCKET_STEPS.find(([upTo]) => length <= upTo)![1];
  return Math.ceil(length / step) * step;
}

/** A batch padded to T tokens; padding stands after the tokens, has attention mask 0, and no label. */
export interface LaidOutBatch {
  readonly B: number;
  readonly T: number;
  /** [B*T] */
  readonly inputIds: Int32Array;
  readonly attentionMask: Int32Array;
  readonly masksPadding: boolean;
  /** [T] where every row counts from 0, else [B*T]. */
  readonly positions: Int32Array;
  /** Indexes into [B*T] of the positions that predict a label, and those labels. */
  readonly labelRows: Int32Array;
  readonly labels: Int32Array;
}

export function layOutBatch(batch: TokenBatch): LaidOutBatch {
  const { rows: B, length } = batch;
  const T = bucketLength(length);
  const { labelRows, labels } = collectLabels(batch, T);
  return {
    B,
    T,
    inputIds: pad(batch.inputIds, batch, T),
    attentionMask: pad(batch.attentionMask, batch, T),
    masksPadding: batch.masksPadding ?? false,
    positions: batch.positionIds
      ? pad(batch.positionIds, batch, T)
      : Int32Array.from({ length: T }, (_, t) => (t < length ? t : 0)),
    labelRows,
    labels,
  };
}

function pad(values: Int32Array, { rows, length }: TokenBatch, T: number): Int32Array {
  if (length === T) return values;
  const padded = new Int32Array(rows * T);
  for (let row = 0; row < rows; row++) padded.set(values.subarray(row * length, (row + 1) * length), row * T);
  return padded;
}

/** Position t predicts token t + 1. */
function collectLabels(
  { rows, length, labels }: TokenBatch,
  T: number,
): { labelRows: Int32Array; labels: Int32Array } {
  const at: number[] = [];
  const targets: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let t = 1; t < length; t++) {
      const label = labels[row * length + t]!;
      if (label === -100) continue;
      at.push(row * T + t - 1);
      targets.push(label);
    }
  }
  return { labelRows: Int32Array.from(at), labels: Int32Array.from(targets) };
}

/** x [B*T, C] of a laid out batch at the positions of the batch as it was given: [rows * length, C]. */
export function withoutPadding(
  x: HostTensor,
  { rows, length }: TokenBatch,
  { T }: LaidOutBatch,
): Float32Array {
  const C = x.shape[1]!;
  const out = new Float32Array(rows * length * C);
  for (let row = 0; row < rows; row++) {
    const start = row * T * C;
    out.set((x.data as Float32Array).subarray(start, start + length * C), row * length * C);
  }
  return out;
}

/** Positions of the batch as it was given, as rows of the batch as it is laid out. */
export function laidOut(positions: Int32Array, { length }: TokenBatch, { T }: LaidOutBatch): Int32Array {
  return positions.map((at) => Math.floor(at / length) * T + (at % length));
}
