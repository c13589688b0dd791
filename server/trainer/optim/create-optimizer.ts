/** From the configuration to an optimizer over parameter groups, as transformers' Trainer.create_optimizer does it. */
import { AppError } from "../../contract/errors";
import { EMBEDDED_OPTIMIZERS } from "../../contract/embedded-arguments";
import type { TrainConfig } from "../../contract/train-config";
import type { Parameter } from "../models/causal-lm";
import { createAdafactor } from "./adafactor";
import { createAdamW } from "./adamw";
import { createAdagrad, createRmsprop } from "./adaptive-squares";
import type { Optimizer, ParameterGroup } from "./optimizer";
import { createSgd } from "./sgd";

/**
 * Names that weight decay leaves alone: transformers' patterns for biases and norms, and GPT-2's `ln_…`, which
 * transformers recognises by the layer's class.
 */
const NO_DECAY = [
  /bias/,
  /layernorm/,
  /rmsnorm/,
  /(?:^|\.)norm(?:$|\.)/,
  /_norm(?:$|\.)/,
  /(?:^|\.)ln_\w+\./,
];

/** Whether weight decay applies to a parameter of this name. */
export function isDecayed(name: string): boolean {
  const lower = name.toLowerCase();
  return !NO_DECAY.some((pattern) => pattern.test(lower));
}

/** The decayed parameters and the others, as two groups. */
export function groupParameters(parameters: readonly Parameter[], weightDecay: number): ParameterGroup[] {
  return [
    { parameters: parameters.filter(({ name }) => isDecayed(name)), weightDecay, rateFactor: 1 },
    { parameters: parameters.filter(({ name }) => !isDecayed(name)), weightDecay: 0, rateFactor: 1 },
  ];
}

type OptimizerConfig = Pick<
  TrainConfig,
  "optim" | "weight_decay" | "adam_beta1" | "adam_beta2" | "adam_epsilon"
>;

/** The optimizer that `optim` names. @throws AppError unsupported */
export function createOptimizer(parameters: readonly Parameter[], config: OptimizerConfig): Optimizer {
  const groups = groupParameters(parameters, config.weight_decay);
  switch (config.optim) {
    case "adamw_torch":
    case "adamw_torch_fused":
      return createAdamW(groups, {
        beta1: config.adam_beta1,
        beta2: config.adam_beta2,
        epsilon: config.adam_epsilon,
      });
    case "sgd":
      return createSgd(groups, { momentum: 0 });
    case "adafactor":
      return createAdafactor(groups);
    case "rmsprop":
      return createRmsprop(groups);
    case "adagrad":
      return createAdagrad(groups);
    default:
      throw new AppError(
        "unsupported",
        `optim: ${config.optim} is not available in the embedded trainer. Use one of ${EMBEDDED_OPTIMIZERS.join(", ")}.`,
      );
  }
}
