import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { clipGradients } from "@/server/trainer/optim/clip";
import { createOptimizer } from "@/server/trainer/optim/create-optimizer";
import type { Optimizer } from "@/server/trainer/optim/optimizer";
import { createSchedule, resolveWarmupSteps } from "@/server/trainer/optim/schedules";
import { createSgd } from "@/server/trainer/optim/sgd";
import { goldenRoot, unsupported } from "./golden-root";

type Matrix = number[][];

function read<T>(name: string): T {
  return JSON.parse(readFileSync(path.join(goldenRoot, "optim", name), "utf8")) as T;
}

/** A group of tests over one golden file; a root without it says so by name. */
function describeWith(file: string, title: string, body: () => void): void {
  if (existsSync(path.join(goldenRoot, "optim", file))) describe(title, body);
  else unsupported(title, `the golden folder has no optim/${file}`);
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[], relative: number): void {
  const scale = Math.max(...expected.map(Math.abs), Number.MIN_VALUE);
  const worst = Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value)));
  expect(worst / scale).toBeLessThanOrEqual(relative);
}

interface OptimizerCase {
  name: string;
  lr?: number;
  lr_per_step?: number[];
  betas?: [number, number];
  eps?: number;
  weight_decay?: number;
  momentum?: number;
  max_grad_norm?: number;
  steps: { gradient: Matrix; gradient_norm: number; clipped?: Matrix; x: Matrix }[];
}

const OPTIM_OF: Record<string, string> = {
  adamw: "adamw_torch",
  sgd: "sgd",
  adafactor: "adafactor",
  rmsprop: "rmsprop",
  adagrad: "adagrad",
};

function optimizerOf(
  test: OptimizerCase,
  optim: string,
  parameter: Parameters<typeof createOptimizer>[0][0],
): Optimizer {
  if (test.momentum) {
    const group = { parameters: [parameter], weightDecay: test.weight_decay ?? 0, rateFactor: 1 };
    return createSgd([group], { momentum: test.momentum });
  }
  return createOptimizer([parameter], {
    optim,
    weight_decay: test.weight_decay ?? 0,
    adam_beta1: test.betas?.[0] ?? 0.9,
    adam_beta2: test.betas?.[1] ?? 0.999,
    adam_epsilon: test.eps ?? 1e-8,
    loraplus_lr_ratio: undefined,
  });
}

describeWith("optimizers.json", "optimizers", () => {
  const { x0, cases } = read<{ x0: Matrix; cases: OptimizerCase[] }>("optimizers.json");
  for (const test of cases) {
    const optim = OPTIM_OF[test.name.split("_")[0]!];
    if (!optim) {
      unsupported(test.name, "no such optimizer here");
      continue;
    }
    it(`${test.name} takes the recorded steps`, () => {
      const tolerance = optim === "adafactor" ? 1e-5 : 1e-6;
      const shape = [x0.length, x0[0]!.length];
      const data = new Float32Array(x0.flat());
      const parameter = { name: "x", shape, data, grad: new Float32Array(data.length) };
      const optimizer = optimizerOf(test, optim, parameter);
      for (const [i, step] of test.steps.entries()) {
        parameter.grad.set(step.gradient.flat());
        const norm = clipGradients([parameter], test.max_grad_norm ?? 0);
        expectClose([norm], [step.gradient_norm], tolerance);
        if (step.clipped) expectClose(parameter.grad, step.clipped.flat(), tolerance);
        optimizer.step(test.lr_per_step?.[i] ?? test.lr!);
        expectClose(parameter.data, step.x.flat(), tolerance);
      }
    });
  }
});

describeWith("clipping.json", "clipping", () => {
  const golden = read<{
    gradients: (number | number[] | Matrix)[];
    cases: { max_norm: number; norm: number; clipped: (number[] | Matrix)[] }[];
  }>("clipping.json");
  const flat = (values: unknown) => [values].flat(Infinity) as number[];
  it.each(golden.cases)("clips to $max_norm", ({ max_norm, norm, clipped }) => {
    const parameters = golden.gradients.map((values) => ({ grad: new Float32Array(flat(values)) }));
    expectClose([clipGradients(parameters, max_norm)], [norm], 1e-6);
    clipped.forEach((values, i) => expectClose(parameters[i]!.grad, flat(values), 1e-6));
  });
});

interface ScheduleCase {
  name: string;
  base_lr: number;
  num_training_steps: number;
  num_warmup_steps: number;
  kwargs: Record<string, unknown>;
  lr: number[];
}

describeWith("schedules.json", "schedules", () => {
  const { cases, warmup } = read<{
    cases: ScheduleCase[];
    warmup: { num_training_steps: number; warmup_steps?: number; warmup_ratio?: number; resolved: number }[];
  }>("schedules.json");

  it.each(cases.map((test) => [`${test.name} ${JSON.stringify(test.kwargs)}`, test] as const))(
    "%s gives the recorded rates",
    (_, test) => {
      const schedule = createSchedule({
        type: test.name,
        baseRate: test.base_lr,
        totalSteps: test.num_training_steps,
        warmupSteps: test.num_warmup_steps,
        kwargs: test.kwargs,
      });
      const rates = test.lr.map((_, step) => schedule(step));
      for (const [step, rate] of test.lr.entries()) {
        expect(Math.abs(rates[step]! - rate), `step ${step}`).toBeLessThanOrEqual(
          1e-6 * Math.abs(rate) + 1e-18,
        );
      }
    },
  );

  it("warmup_stable_decay without lengths splits what follows the warm-up as LLaMA-Factory does", () => {
    const given = cases.find(
      ({ name, kwargs }) => name === "warmup_stable_decay" && Object.keys(kwargs).length === 2,
    )!;
    const schedule = createSchedule({
      type: given.name,
      baseRate: given.base_lr,
      totalSteps: given.num_training_steps,
      warmupSteps: given.num_warmup_steps,
    });
    expectClose(
      given.lr.map((_, step) => schedule(step)),
      given.lr,
      1e-6,
    );
  });

  it.each(warmup)("resolves %j", ({ num_training_steps, warmup_steps, warmup_ratio, resolved }) => {
    expect(resolveWarmupSteps({ warmup_steps: warmup_steps ?? 0, warmup_ratio }, num_training_steps)).toBe(
      resolved,
    );
  });
});
