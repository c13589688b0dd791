/** The embedding table's two ends: rows looked up before the first block, gradients added back after it. Plain loops. */
import { AppError } from "../../../contract/errors";
import type { Decoder } from "../family";
import type { LaidOutBatch } from "./batch-layout";

/**
 * Fills out [B*T, C] with the embeddings of the batch's tokens, and learned positions where the family has them.
 * @throws AppError invalid_config for a row that is longer than the table of positions
 */
export function embed(
  decoder: Decoder,
  batch: LaidOutBatch,
  { table, positions, out }: { table: Float32Array; positions: Float32Array | null; out: Float32Array },
): void {
  const C = decoder.hiddenSize;
  const { scale } = decoder.embedding;
  checkPositions(decoder, batch);
  for (const [row, id] of batch.inputIds.entries()) {
    const target = out.subarray(row * C, (row + 1) * C);
    target.set(table.subarray(id * C, (id + 1) * C));
    if (scale !== 1) for (let j = 0; j < C; j++) target[j]! *= scale;
    if (!positions) continue;
    const at = batch.positions[row % batch.positions.length]! * C;
    for (let j = 0; j < C; j++) target[j]! += positions[at + j]!;
  }
}

function checkPositions({ family, embedding }: Decoder, { positions }: LaidOutBatch): void {
  const count = embedding.positions?.count ?? Infinity;
  if (positions.every((position) => position < count)) return;
  throw new AppError(
    "invalid_config",
    `cutoff_len: a row is longer than the ${count} positions that this ${family} model has learned. Set cutoff_len to ${count} or less.`,
  );
}

/** Adds the gradient dx [B*T, C] of embeddings to the tables' gradients; either may be null where it is frozen. */
export function addEmbeddingGradients(
  decoder: Decoder,
  batch: LaidOutBatch,
  { dx, table, positions }: { dx: Float32Array; table: Float32Array | null; positions: Float32Array | null },
): void {
  const C = decoder.hiddenSize;
  const { scale, paddingId } = decoder.embedding;
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
