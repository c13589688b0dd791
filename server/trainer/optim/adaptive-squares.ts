/**
 * RMSprop and Adagrad: both divide the gradient by the root of its squares, one averaged, one summed up.
 * Reference: torch.optim.RMSprop (no momentum, not centred) and torch.optim.Adagrad (no rate decay).
 */
import { stateLike, type Optimizer, type ParameterGroup } from "./optimizer";

interface SquareRule {
  readonly id: string;
  readonly stateKind: string;
  /** What is kept of the old squares, and the weight of the new one. */
  readonly keep: number;
  readonly weight: number;
  readonly epsilon: number;
}

/** RMSprop with torch's defaults: alpha 0.99, eps 1e-8. */
export function createRmsprop(groups: readonly ParameterGroup[]): Optimizer {
  return createSquares(groups, {
    id: "rmsprop",
    stateKind: "square_avg",
    keep: 0.99,
    weight: 0.01,
    epsilon: 1e-8,
  });
}

/** Adagrad with torch's defaults: eps 1e-10, squares summed from zero. */
export function createAdagrad(groups: readonly ParameterGroup[]): Optimizer {
  return createSquares(groups, { id: "adagrad", stateKind: "sum", keep: 1, weight: 1, epsilon: 1e-10 });
}

function createSquares(groups: readonly ParameterGroup[], rule: SquareRule): Optimizer {
  const { keep, weight, epsilon } = rule;
  const slots = groups.flatMap((group) =>
    group.parameters.map((parameter) => ({
      group,
      parameter,
      squares: stateLike(parameter, rule.stateKind),
    })),
  );
  let stepCount = 0;
  return {
    id: rule.id,
    state: slots.map(({ squares }) => squares),
    get stepCount() {
      return stepCount;
    },
    set stepCount(value: number) {
      stepCount = value;
    },
    step(learningRate) {
      stepCount++;
      for (const { group, parameter, squares } of slots) {
        const { data, grad } = parameter;
        const rate = learningRate * group.rateFactor;
        const s = squares.data;
        for (let i = 0; i < data.length; i++) {
          const g = grad[i]! + group.weightDecay * data[i]!;
          const square = keep * s[i]! + weight * g * g;
          s[i] = square;
          data[i] = data[i]! - (rate * g) / (Math.sqrt(square) + epsilon);
        }
      }
    },
  };
}
