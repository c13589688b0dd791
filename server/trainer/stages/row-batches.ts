/** Micro-batches of whole rows in the epoch's order, for stages whose loss is a mean of the micro-batches' means. */
import { epochOrder } from "../data/epoch-order";
import type { StageContext } from "./stage";

/** The micro-batches of each optimizer step of an epoch, from step `skip` on. `lengths` are the rows' token counts. */
export function* stepsOfRows<Row>(
  { config }: Pick<StageContext, "config">,
  { rows, lengths }: { rows: readonly Row[]; lengths: readonly number[] },
  { epoch, skip }: { epoch: number; skip: number },
): Generator<Row[][]> {
  const size = config.per_device_train_batch_size;
  const rowsPerStep = size * config.gradient_accumulation_steps;
  const order = epochOrder(lengths, {
    epoch,
    rowsPerStep,
    seed: config.data_seed ?? config.seed,
    strategy: config.disable_shuffling ? "sequential" : config.train_sampling_strategy,
  });
  const ordered = order.map((i) => rows[i]!);
  for (let at = skip * rowsPerStep; at < ordered.length; at += rowsPerStep) {
    yield cut(ordered.slice(at, at + rowsPerStep), size);
  }
}

/** Consecutive pieces of at most `size`. */
export function cut<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
