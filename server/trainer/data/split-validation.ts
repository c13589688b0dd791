/**
 * Takes rows out of the training data for validation: the same rows, in the same order, as `datasets`'
 * `train_test_split` takes for this seed.
 */
import { AppError } from "@/server/contract/errors";
import { numpyPermutation } from "./numpy-random";

/**
 * @param valSize a share below 1, or a number of rows
 * @throws AppError invalid_config where no row would be left to train on
 */
export function splitValidation<T>(
  rows: readonly T[],
  valSize: number,
  seed: number,
): { train: T[]; evaluation: T[] } {
  const count = valSize >= 1 ? Math.trunc(valSize) : Math.ceil(valSize * rows.length);
  if (count >= rows.length) {
    throw new AppError(
      "invalid_config",
      `val_size ${valSize} takes ${count} of ${rows.length} rows, which leaves none to train on. Use a smaller share.`,
    );
  }
  const order = numpyPermutation(rows.length, seed).map((i) => rows[i]!);
  return { train: order.slice(count), evaluation: order.slice(0, count) };
}
