/** The embedding table's two ends: rows looked up before the first block, gradients added back after it. Plain loops. */
import type { HostTensor } from "../../executor/executor";
import type { Decoder } from "../family";
import type { LaidOutBatch } from "./batch-layout";
import { scaleName } from "../weight-names";
import type { ModelTensors } from "./layer-state";

type Tensors = ReadonlyMap<string, HostTensor>;

/** Fills out [B*T, C] with the embeddings of the batch's tokens, and learned positions where the family has them. */
export function embed(
  { decoder, weights }: { decoder: Decoder } & Pick<ModelTensors, "weights">,
  batch: LaidOutBatch,
  { data: out }: HostTensor,
): void {
  const C = decoder.hiddenSize;
  const { scale, weight } = decoder.embedding;
  const { table, positions } = tablesOf(decoder, weights);
  // Where the table is int8, every token has a step of its own.
  const steps = weights.get(scaleName(weight))?.data;
  for (const [row, id] of batch.inputIds.entries()) {
    const target = out.subarray(row * C, (row + 1) * C);
    target.set(table!.subarray(id * C, (id + 1) * C));
    const factor = steps ? scale * steps[id]! : scale;
    if (factor !== 1) for (let j = 0; j < C; j++) target[j]! *= factor;
    if (!positions) continue;
    const at = batch.positions[row % batch.positions.length]! * C;
    for (let j = 0; j < C; j++) target[j]! += positions[at + j]!;
  }
}

/** Adds dx [B*T, C], the gradient of embeddings, to the gradients of the tables that are trained. */
export function addEmbeddingGradients(
  { decoder, gradients }: { decoder: Decoder } & Pick<ModelTensors, "gradients">,
  batch: LaidOutBatch,
  { data: dx }: HostTensor,
): void {
  const C = decoder.hiddenSize;
  const { scale, paddingId } = decoder.embedding;
  const { table, positions } = tablesOf(decoder, gradients);
  if (!table && !positions) return;
  for (const [row, id] of batch.inputIds.entries()) {
    // Padding of ours or of the batch: nothing looks at it, its gradient is zero.
    if (batch.attentionMask[row] === 0) continue;
    const source = dx.subarray(row * C, (row + 1) * C);
    if (table && id !== paddingId) {
      for (let j = 0, at = id * C; j < C; j++) table[at + j]! += scale * source[j]!;
    }
    if (positions) {
      const at = batch.positions[row % batch.positions.length]! * C;
      for (let j = 0; j < C; j++) positions[at + j]! += source[j]!;
    }
  }
}

/** The embedding table and the learned positions among `tensors`; undefined where they are not there. */
function tablesOf({ embedding }: Decoder, tensors: Tensors) {
  const array = (name: string | undefined) =>
    name === undefined ? undefined : (tensors.get(name)?.data as Float32Array | undefined);
  return { table: array(embedding.weight), positions: array(embedding.positions?.weight) };
}
