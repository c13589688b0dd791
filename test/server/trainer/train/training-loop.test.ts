import { describe, expect, it } from "vitest";
import { planSteps } from "@/server/contract/step-plan";
import { parseTrainConfig, type TrainConfig } from "@/server/contract/train-config";
import { createOptimizer } from "@/server/trainer/optim/create-optimizer";
import { createSchedule } from "@/server/trainer/optim/schedules";
import { cut } from "@/server/trainer/stages/row-batches";
import type { Stage } from "@/server/trainer/stages/stage";
import { initialState } from "@/server/trainer/train/trainer-state";
import { runTraining } from "@/server/trainer/train/training-loop";
import type { TrainingEvent } from "@/server/trainer/train/training-events";

/** A batch of the fake stage: its rows, as numbers that the one weight is drawn to. */
type Batch = readonly number[];

interface FakeRun {
  events: TrainingEvent[];
  /** Losses by step, dropout seeds by micro-batch, the trained weight. */
  losses: number[];
  seeds: number[];
  weight: number;
  saved: number[];
  evaluated: number[];
  tokensSeen: number;
  totalFlos: number;
}

interface FakeOptions {
  rows?: number;
  lossOf?: (step: number) => number;
  evalLosses?: number[];
  abortAtBatch?: number;
  /** What a step says that its tokens are. */
  stepTokens?: { all: number; real: number };
}

function configOf(args: Record<string, unknown>): TrainConfig {
  const { config, problems } = parseTrainConfig({
    model_name_or_path: "m",
    logging_steps: 1,
    save_steps: 1000,
    ...args,
  });
  if (!config) throw new Error(problems.map(({ message }) => message).join());
  return config;
}

/** Trains one weight towards the mean of the rows: loss = sum((w - row)^2) / items. */
async function fakeRun(args: Record<string, unknown>, options: FakeOptions = {}): Promise<FakeRun> {
  const { rows = 8, evalLosses = [], abortAtBatch = Infinity } = options;
  const config = configOf(args);
  const weight = { name: "w", shape: [1], data: new Float32Array(1), grad: new Float32Array(1) };
  const controller = new AbortController();
  const run: FakeRun = {
    events: [],
    losses: [],
    seeds: [],
    weight: 0,
    saved: [],
    evaluated: [],
    tokensSeen: 0,
    totalFlos: 0,
  };
  const state = initialState();
  const stage: Stage<Batch> = {
    itemsIn: (batch) => batch.length,
    tokensIn: (batch) => ({ all: batch.length * 2, real: batch.length }),
    accumulate(batch, { itemsInStep, dropoutSeed }) {
      if (run.seeds.push(dropoutSeed) >= abortAtBatch) controller.abort();
      const forced = options.lossOf?.(state.globalStep + 1);
      if (forced !== undefined) return Promise.resolve({ loss: forced });
      const errors = batch.map((row) => weight.data[0]! - row);
      weight.grad[0]! += errors.reduce((sum, error) => sum + 2 * error, 0) / itemsInStep;
      const loss = errors.reduce((sum, error) => sum + error * error, 0) / itemsInStep;
      return Promise.resolve({ loss, metrics: { rows: { sum: batch.length, count: 1 } } });
    },
    evaluate: () => Promise.resolve({ loss: evalLosses[run.evaluated.length] ?? 1, rows: 1 }),
  };
  const plan = planSteps(config, rows);
  const data = Array.from({ length: rows }, (_, i) => i);
  const size = config.per_device_train_batch_size;
  const job = {
    ...{ config, plan, stage, state, signal: controller.signal, flosPerToken: 1 },
    parameters: [weight],
    optimizer: createOptimizer([weight], config),
    schedule: createSchedule({
      type: "constant",
      baseRate: config.learning_rate,
      totalSteps: 1,
      warmupSteps: 0,
    }),
    evaluations:
      evalLosses.length === 0 ? [] : [{ name: null, rows: evalLosses.length, batches: () => [[0]] }],
    *stepBatches(_: number, skip: number) {
      const perStep = size * config.gradient_accumulation_steps;
      for (let at = skip * perStep; at < rows; at += perStep) {
        const part = data.slice(at, at + perStep);
        yield { batches: cut(part, size), tokens: options.stepTokens };
      }
    },
  };
  for await (const event of runTraining(job)) {
    run.events.push(event);
    if (event.type === "log") run.losses.push(event.metrics.loss);
    if (event.type === "checkpoint") run.saved.push(state.globalStep);
    if (event.type === "evaluated") run.evaluated.push(state.globalStep);
  }
  run.weight = weight.data[0]!;
  run.tokensSeen = state.tokensSeen;
  run.totalFlos = state.totalFlos;
  return run;
}

const steps = (run: FakeRun) => run.losses.length;
const lastEvent = (run: FakeRun) => run.events.at(-1)!;

describe("the training loop", () => {
  it("takes one step for each group of micro-batches, the last group of an epoch being smaller", async () => {
    const args = { per_device_train_batch_size: 2, gradient_accumulation_steps: 3, num_train_epochs: 2 };
    const run = await fakeRun(args, { rows: 8 });
    expect(steps(run)).toBe(4);
    expect(run.seeds).toHaveLength(8);
    expect(new Set(run.seeds).size).toBe(8);
  });

  it("gives the same step however it is cut into micro-batches", async () => {
    const args = { learning_rate: 0.1, max_steps: 5, max_grad_norm: 0 };
    const whole = await fakeRun({ ...args, per_device_train_batch_size: 8 });
    const parts = await fakeRun({ ...args, per_device_train_batch_size: 3, gradient_accumulation_steps: 3 });
    expect(parts.weight).toBeCloseTo(whole.weight, 6);
    parts.losses.forEach((loss, i) => expect(loss).toBeCloseTo(whole.losses[i]!, 5));
  });

  it("counts the tokens of its batches, or those that a step of regrouped rows says", async () => {
    const args = { per_device_train_batch_size: 2, gradient_accumulation_steps: 2 };
    expect(await fakeRun(args, { rows: 8 })).toMatchObject({ tokensSeen: 48, totalFlos: 48 });
    const stepTokens = { all: 30, real: 20 };
    expect(await fakeRun(args, { rows: 8, stepTokens })).toMatchObject({ tokensSeen: 180, totalFlos: 180 });
    const real = { ...args, include_num_input_tokens_seen: "non_padding" };
    expect(await fakeRun(real, { rows: 8, stepTokens })).toMatchObject({ tokensSeen: 120, totalFlos: 180 });
  });

  it("counts max_steps over epochs, and a fraction of an epoch", async () => {
    expect(steps(await fakeRun({ per_device_train_batch_size: 4, max_steps: 7 }))).toBe(7);
    expect(steps(await fakeRun({ per_device_train_batch_size: 2, num_train_epochs: 1.5 }))).toBe(6);
  });

  it("logs every logging_steps the mean since the last log, and the first step where asked", async () => {
    const lossOf = (step: number) => step;
    const args = { per_device_train_batch_size: 1, num_train_epochs: 1, logging_steps: 3 };
    expect((await fakeRun(args, { lossOf })).losses).toEqual([2, 5]);
    expect((await fakeRun({ ...args, logging_first_step: true }, { lossOf })).losses).toEqual([1, 2.5, 5]);
    expect((await fakeRun({ ...args, logging_steps: 0.5 }, { lossOf })).losses).toEqual([2.5, 6.5]);
    expect((await fakeRun({ ...args, logging_strategy: "epoch" }, { lossOf })).losses).toEqual([4.5]);
    expect((await fakeRun({ ...args, logging_strategy: "no" }, { lossOf })).losses).toEqual([]);
  });

  it("saves and evaluates by steps and at the end, by epochs, or not at all", async () => {
    const args = { per_device_train_batch_size: 1, num_train_epochs: 1, save_steps: 3, eval_steps: 5 };
    const bySteps = await fakeRun({ ...args, eval_strategy: "steps" }, { evalLosses: [1, 1] });
    expect([bySteps.saved, bySteps.evaluated]).toEqual([
      [3, 6, 8],
      [5, 8],
    ]);
    const epochs = { ...args, num_train_epochs: 2, save_strategy: "epoch", eval_strategy: "epoch" };
    const byEpochs = await fakeRun(epochs, { evalLosses: [1, 1] });
    expect([byEpochs.saved, byEpochs.evaluated]).toEqual([
      [8, 16],
      [8, 16],
    ]);
    expect((await fakeRun({ ...args, save_strategy: "no" })).saved).toEqual([]);
    const best = { ...args, save_strategy: "best", eval_strategy: "steps", eval_steps: 2 };
    expect((await fakeRun(best, { evalLosses: [3, 4, 2, 2] })).saved).toEqual([2, 6]);
  });

  it("delays evaluation, and evaluates before the first step where asked", async () => {
    const args = {
      per_device_train_batch_size: 1,
      num_train_epochs: 1,
      eval_strategy: "steps",
      eval_steps: 2,
    };
    const evalLosses = [1, 1, 1, 1, 1];
    expect((await fakeRun({ ...args, eval_delay: 5 }, { evalLosses })).evaluated).toEqual([6, 8]);
    expect((await fakeRun({ ...args, eval_on_start: true }, { evalLosses })).evaluated).toEqual([
      0, 2, 4, 6, 8,
    ]);
  });

  it("ends early when evaluation stops improving", async () => {
    const args = {
      per_device_train_batch_size: 1,
      eval_strategy: "steps",
      eval_steps: 1,
      early_stopping_steps: 2,
    };
    const run = await fakeRun(args, { evalLosses: [3, 2, 2, 2.5, 1] });
    expect(run.evaluated).toEqual([1, 2, 3, 4]);
    expect(lastEvent(run)).toEqual({ type: "end", reason: "early stopping" });
  });

  it("averages a stage's metrics over micro-batches", async () => {
    const run = await fakeRun({
      per_device_train_batch_size: 2,
      gradient_accumulation_steps: 4,
      num_train_epochs: 1,
    });
    expect(run.events[0]).toMatchObject({ type: "log", metrics: { extra: { rows: 2 } } });
  });

  it("stops between micro-batches and keeps nothing of the step that was begun", async () => {
    const args = {
      per_device_train_batch_size: 1,
      gradient_accumulation_steps: 4,
      num_train_epochs: 2,
      learning_rate: 0.1,
    };
    const run = await fakeRun(args, { abortAtBatch: 6 });
    expect(lastEvent(run)).toEqual({ type: "end", reason: "stopped" });
    expect(steps(run)).toBe(1);
    expect(run.seeds).toHaveLength(6);
    expect(run.weight).toBe((await fakeRun({ ...args, max_steps: 1 })).weight);
  });

  it("finishes rather than stops where the request comes in the last step", async () => {
    const run = await fakeRun({ per_device_train_batch_size: 8, max_steps: 2 }, { abortAtBatch: 2 });
    expect(lastEvent(run)).toEqual({ type: "end", reason: "finished" });
  });

  it("names the step and the rate where the loss is no number any more", async () => {
    const lossOf = (step: number) => (step === 3 ? NaN : 1);
    const run = fakeRun({ per_device_train_batch_size: 1, learning_rate: 0.5 }, { lossOf });
    await expect(run).rejects.toMatchObject({ code: "diverged" });
    await expect(run).rejects.toThrow(/step 3: the loss is NaN \(learning rate 0\.5\)/);
  });
});
