/** Stochastic gradient descent with optional momentum and L2 weight decay, as torch.optim.SGD. */
import { stateLike, type Optimizer, type ParameterGroup } from "./optimizer";

/** SGD over `groups`; no state without momentum. */
export function createSgd(groups: readonly ParameterGroup[], { momentum }: { momentum: number }): Optimizer {
  const slots = groups.flatMap((group) =>
    group.parameters.map((parameter) => ({
      group,
      parameter,
      buffer: momentum === 0 ? null : stateLike(parameter, "momentum_buffer"),
    })),
  );
  let stepCount = 0;
  return {
    id: "sgd",
    state: slots.flatMap(({ buffer }) => (buffer ? [buffer] : [])),
    get stepCount() {
      return stepCount;
    },
    set stepCount(value: number) {
      stepCount = value;
    },
    step(learningRate) {
      stepCount++;
      for (const { group, parameter, buffer } of slots) {
        const { data, grad } = parameter;
        const rate = learningRate * group.rateFactor;
        const decay = group.weightDecay;
        if (!buffer) {
          for (let i = 0; i < data.length; i++) data[i] = data[i]! - rate * (grad[i]! + decay * data[i]!);
          continue;
        }
        // A buffer of zeros gives torch's first step too: buffer = gradient.
        const b = buffer.data;
        for (let i = 0; i < data.length; i++) {
          const velocity = momentum * b[i]! + grad[i]! + decay * data[i]!;
          b[i] = velocity;
          data[i] = data[i]! - rate * velocity;
        }
      }
    },
  };
}
