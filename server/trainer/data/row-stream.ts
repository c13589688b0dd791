/**
 * `streaming`: the rows of the training data sets read anew for every pass, joined or interleaved, in an order that a
 * buffer makes, so that files may be larger than memory. It does not encode rows.
 */
import type { TrainConfig } from "@/server/contract/train-config";
import { AppError } from "@/server/contract/errors";
import { describeRow, type AlignedExample } from "./aligned-example";
import { shuffleInBuffer } from "./buffer-shuffle";
import type { Dataset } from "./dataset-registry";
import { streamRows } from "./dataset-rows";
import { mixStreams } from "./interleave";
import { alignRow, loadEvaluation, mixOptions, type EvaluationRows, type NamedDatasets } from "./load-rows";

export interface RowStream {
  /** The rows of pass `epoch`, from 0; the same ones in the same order whenever it is asked for. */
  pass(epoch: number): AsyncGenerator<AlignedExample>;
  /** Held in memory: they are all looked at, time and again. */
  readonly evaluation: EvaluationRows[];
}

/**
 * `val_size` rows, the first that the stream gives, are held out; no pass trains on them.
 * @throws AppError as loadRows does; for the training rows when they are reached
 */
export async function openRowStream(config: TrainConfig, datasets: NamedDatasets): Promise<RowStream> {
  const mixing = mixOptions(config, datasets.train.length);
  const sources = datasets.train.map((dataset) => () => alignedRows(dataset));
  const all = (epoch: number): AsyncGenerator<AlignedExample> => {
    const rows = mixStreams(sources, mixing);
    if (config.disable_shuffling) return rows;
    return shuffleInBuffer(rows, { size: config.buffer_size, seed: config.seed, epoch });
  };
  const heldOut: AlignedExample[] = config.val_size >= 1 ? await firstOf(all(0), config) : [];
  const places = new Set(heldOut.map(({ row }) => describeRow(row)));
  return {
    evaluation: heldOut.length > 0 ? [{ name: null, rows: heldOut }] : await loadEvaluation(config, datasets),
    async *pass(epoch) {
      for await (const example of all(epoch)) if (!places.has(describeRow(example.row))) yield example;
    },
  };
}

async function* alignedRows(dataset: Dataset): AsyncGenerator<AlignedExample> {
  for await (const row of streamRows(dataset)) yield alignRow(dataset, row);
}

async function firstOf(rows: AsyncGenerator<AlignedExample>, config: TrainConfig): Promise<AlignedExample[]> {
  const count = Math.trunc(config.val_size);
  const taken: AlignedExample[] = [];
  for await (const row of rows) {
    if (taken.length === count) return taken;
    taken.push(row);
  }
  throw new AppError(
    "invalid_config",
    `val_size ${config.val_size} takes all ${taken.length} rows of ${config.dataset}, which leaves none to train on. Use fewer.`,
  );
}
