/**
 * What every optimizer is to the loop: one update of the live weights from their gradients, and its state as named
 * float32 tensors, so that a checkpoint can hold it without knowing which optimizer it is.
 * Optimizers are plain loops over typed arrays: on a CPU faster than a tensor library, and without its memory.
 */
import type { Parameter } from "../models/causal-lm";

/** Parameters that share their hyper-parameters, as in torch's param_groups. */
export interface ParameterGroup {
  readonly parameters: readonly Parameter[];
  /** Decoupled or L2, as the optimizer does it. */
  readonly weightDecay: number;
  /** Factor on the learning rate of this group; 1 for the schedule's own rate. */
  readonly rateFactor: number;
}

/** A tensor of optimizer state. `data` is live: writing into it restores the state. */
export interface StateTensor {
  /** As torch names it, before the parameter's name: "exp_avg.model.norm.weight". */
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Optimizer {
  /** LLaMA-Factory's `optim`. */
  readonly id: string;
  /** Updates done so far; set when state is restored. */
  stepCount: number;
  readonly state: readonly StateTensor[];
  /** One update of every parameter's `data` from its `grad`, which it leaves as it is. */
  step(learningRate: number): void;
}

/** State of one value per element of `parameter`, zero at the start. */
export function stateLike(parameter: Parameter, kind: string): StateTensor {
  return {
    name: `${kind}.${parameter.name}`,
    shape: parameter.shape,
    data: new Float32Array(parameter.data.length),
  };
}
