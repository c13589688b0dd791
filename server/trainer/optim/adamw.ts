/**
 * AdamW with decoupled weight decay, in torch's order of operations.
 * Loshchilov and Hutter, https://arxiv.org/abs/1711.05101; reference: torch.optim.AdamW.
 */
import { stateLike, type Optimizer, type ParameterGroup, type StateTensor } from "./optimizer";

export interface AdamWOptions {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** AdamW over `groups`; two float32 of state for every weight. */
export function createAdamW(
  groups: readonly ParameterGroup[],
  { beta1, beta2, epsilon }: AdamWOptions,
): Optimizer {
  const slots = groups.flatMap((group) =>
    group.parameters.map((parameter) => ({
      group,
      parameter,
      average: stateLike(parameter, "exp_avg"),
      square: stateLike(parameter, "exp_avg_sq"),
    })),
  );
  const state: StateTensor[] = slots.flatMap(({ average, square }) => [average, square]);
  let stepCount = 0;
  return {
    id: "adamw_torch",
    state,
    get stepCount() {
      return stepCount;
    },
    set stepCount(value: number) {
      stepCount = value;
    },
    step(learningRate) {
      stepCount++;
      const correction1 = 1 - beta1 ** stepCount;
      const correction2Root = Math.sqrt(1 - beta2 ** stepCount);
      for (const { group, parameter, average, square } of slots) {
        const rate = learningRate * group.rateFactor;
        update(parameter.data, parameter.grad, {
          m: average.data,
          v: square.data,
          beta1,
          beta2,
          epsilon,
          keep: 1 - rate * group.weightDecay,
          stepSize: rate / correction1,
          correction2Root,
        });
      }
    },
  };
}

interface UpdateTerms {
  readonly m: Float32Array;
  readonly v: Float32Array;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** What decay leaves of a weight. */
  readonly keep: number;
  readonly stepSize: number;
  readonly correction2Root: number;
}

function update(weights: Float32Array, grads: Float32Array, terms: UpdateTerms): void {
  const { m, v, beta1, beta2, epsilon, keep, stepSize, correction2Root } = terms;
  const rest1 = 1 - beta1;
  const rest2 = 1 - beta2;
  for (let i = 0; i < weights.length; i++) {
    const g = grads[i]!;
    const mi = beta1 * m[i]! + rest1 * g;
    const vi = beta2 * v[i]! + rest2 * g * g;
    m[i] = mi;
    v[i] = vi;
    weights[i] = weights[i]! * keep - (stepSize * mi) / (Math.sqrt(vi) / correction2Root + epsilon);
  }
}
