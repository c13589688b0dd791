import { describe, expect, it } from "vitest";
import { parseTrainConfig, type TrainConfig } from "@/server/contract/train-config";
import { evaluationsOf, trainingSteps } from "@/server/trainer/stages/row-batches";

const ROWS = Array.from({ length: 23 }, (_, i) => i + 1);

function configOf(args: Record<string, unknown> = {}): TrainConfig {
  const { config } = parseTrainConfig({
    model_name_or_path: "m",
    per_device_train_batch_size: 2,
    gradient_accumulation_steps: 3,
    seed: 1,
    ...args,
  });
  return config!;
}

/** Steps as lists of row numbers, and the rows that the check was shown. */
function trainer(args: Record<string, unknown> = {}, streamed = false) {
  const checked: number[] = [];
  const pass = async function* (epoch: number) {
    await Promise.resolve();
    yield* ROWS.map((row) => row + 100 * epoch);
  };
  const { trainRows, stepBatches } = trainingSteps(
    { config: configOf(args) },
    { train: streamed ? [] : ROWS, stream: streamed ? { pass } : null },
    {
      lengthOf: (row) => row,
      stackStep: (rows) => ({ batches: [[...rows]] }),
      check: (rows) => checked.push(...rows),
    },
  );
  const steps = async (epoch = 0, skip = 0) => {
    const all: number[][] = [];
    for await (const { batches } of stepBatches(epoch, skip)) all.push(batches[0]!);
    return all;
  };
  return { trainRows, steps, checked };
}
const sorted = (rows: readonly number[]) => [...rows].sort((a, b) => a - b);

describe("rows in an epoch's order", () => {
  it("come once each, the last step holding what is left", async () => {
    const steps = await trainer().steps();
    expect(steps.map(({ length }) => length)).toEqual([6, 6, 6, 5]);
    expect(sorted(steps.flat())).toEqual(ROWS);
  });

  it("go on from any step as if there had been no stop", async () => {
    const { steps } = trainer();
    expect(await steps(0, 2)).toEqual((await steps()).slice(2));
    expect(await steps(1)).not.toEqual(await steps(0));
  });

  it("keep their own order where asked to", async () => {
    expect((await trainer({ disable_shuffling: true }).steps()).flat()).toEqual(ROWS);
  });

  it("leave out what does not fill a micro-batch with dataloader_drop_last", async () => {
    const { steps } = trainer({ dataloader_drop_last: true });
    expect((await steps()).map(({ length }) => length)).toEqual([6, 6, 6, 4]);
  });
});

describe("rows of a stream", () => {
  it("come as the stream gives them, and are shown to the check", async () => {
    const { trainRows, steps, checked } = trainer({}, true);
    expect(trainRows).toBeNull();
    expect((await steps(1)).flat()).toEqual(ROWS.map((row) => row + 100));
    expect(checked).toHaveLength(23);
  });

  it("skip steps that are done, and drop half a micro-batch where asked to", async () => {
    expect(await trainer({}, true).steps(0, 3)).toEqual([[19, 20, 21, 22, 23]]);
    expect((await trainer({ dataloader_drop_last: true }, true).steps(0, 3)).flat()).toEqual([
      19, 20, 21, 22,
    ]);
  });
});

describe("evaluationsOf", () => {
  it("goes through every set in its own order and leaves empty ones out", () => {
    const sets = [
      { name: "a", rows: [1, 2, 3] },
      { name: "b", rows: [] },
    ];
    const config = configOf({ per_device_eval_batch_size: 2 });
    const evaluations = evaluationsOf({ config }, { evaluationSets: sets }, (rows: readonly number[]) => [
      ...rows,
    ]);
    expect(evaluations.map(({ name, rows, batches }) => [name, rows, [...batches()]])).toEqual([
      ["a", 3, [[1, 2], [3]]],
    ]);
  });
});
