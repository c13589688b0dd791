/**
 * What the embedded trainer's process holds at its peak: base weights, what is trained, the residual stream of every
 * layer, activations kept for the backward pass, the graphs of one block, and the head over a few rows at a time.
 * The constants were fitted to measured peaks (test/bench); `npm run bench memory` shows how well they still do.
 */
import {
  hasReferenceModel,
  optimizerBytes,
  roundedParts,
  sequencesPerRow,
  type MemoryParts,
} from "./memory-parts";
import type { ModelShape } from "./model-shape";
import type { TrainConfig } from "./train-config";
import { trainsAdapter } from "./training-choices";
import { trainedParameters } from "./trained-parameters";

/** Node, onnxruntime, the program itself, tokenizer and data. */
const PROCESS_BYTES = 190e6;
/** On a quantised base, the first batch is computed in two ways to compare them, with graphs for both. */
const COMPARISON_BYTES = 75e6;
/** The engine keeps what fits into this for the backward pass and recomputes the rest. */
const KEPT_BYTES = 512 * 2 ** 20;
/** Bytes that the graphs of a block hold between runs, for each byte that the block would keep. */
const GRAPHS_TO_KEPT = 2.5;
/** Linears' weights of a quantised base, scales included; tables from a certain size on have 8 bits too. */
const BYTES_PER_WEIGHT: Readonly<Record<number, number>> = { 8: 1, 4: 0.625 };
const LARGE_TABLE_BYTES = 192 * 2 ** 20;
const HEAD_BYTES = 128 * 2 ** 20;
const MOST_HEAD_ROWS = 128;
const LEAST_HEAD_ROWS = 32;

/** @param tokensPerRow tokens of the longest row of a batch */
export function embeddedMemory(config: TrainConfig, shape: ModelShape, tokensPerRow: number): MemoryParts {
  const { parameters, linear_parameters, hidden_size, num_hidden_layers, vocab_size } = shape;
  const trained = trainedParameters(config, shape);
  const tokens = sequencesPerRow(config) * config.per_device_train_batch_size * tokensPerRow;

  const bits = config.quantization_bit;
  const largeTables = 4 * vocab_size * hidden_size >= LARGE_TABLE_BYTES;
  const base =
    (BYTES_PER_WEIGHT[bits ?? 32] ?? 4) * linear_parameters +
    (bits && largeTables ? 1 : 4) * (parameters - linear_parameters) +
    (bits === 8 && !largeTables ? vocab_size * hidden_size : 0);
  const kept = 4 * tokens * (4 * hidden_size + 2 * shape.intermediate_size);
  const headRows = Math.min(
    MOST_HEAD_ROWS,
    Math.max(LEAST_HEAD_ROWS, Math.floor(HEAD_BYTES / (12 * vocab_size) / 32) * 32),
    tokens,
  );
  return roundedParts({
    weights: base * (hasReferenceModel(config) ? 2 : 1) + (trainsAdapter(config) ? 4 * trained : 0),
    gradients: 4 * trained,
    optimizer: optimizerBytes(config) * trained,
    activations:
      4 * (num_hidden_layers + 3) * tokens * hidden_size +
      Math.min(KEPT_BYTES, num_hidden_layers * kept) +
      GRAPHS_TO_KEPT * kept,
    logits: 12 * headRows * vocab_size,
    overhead: PROCESS_BYTES + (bits ? COMPARISON_BYTES : 0),
  });
}
