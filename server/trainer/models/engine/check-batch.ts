/** Refuses batches that do not fit the model, before any table is read past its end. */
import { AppError } from "../../../contract/errors";
import type { Decoder } from "../family";
import type { LaidOutBatch } from "./batch-layout";

/** @throws AppError invalid_config for a token that the model has no embedding of, or a position that it never learned */
export function checkBatch({ vocabSize, embedding, family }: Decoder, batch: LaidOutBatch): void {
  const token = Math.max(largest(batch.inputIds), largest(batch.labels));
  if (token >= vocabSize) {
    throw new AppError(
      "invalid_config",
      `The tokenizer gives the token ${token}, but the model has embeddings for ${vocabSize} tokens (0 to ${vocabSize - 1}). ` +
        "Tokenizer and model belong to different models, or tokens were added without enlarging the model.",
    );
  }
  const position = largest(batch.positions);
  if (embedding.positions && position >= embedding.positions.count) {
    throw new AppError(
      "invalid_config",
      `A row has ${position + 1} tokens, but this ${family} model has positions for ${embedding.positions.count}. Set cutoff_len to ${embedding.positions.count} or less.`,
    );
  }
}

function largest(values: Int32Array): number {
  let max = 0;
  for (const value of values) if (value > max) max = value;
  return max;
}
