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

/**
 * Parameters by weight decay, and with LoRA+ (https://arxiv.org/abs/2402.12354) by rate: the B matrices learn
 * `loraplusRatio` times as fast as the rest.
 */
export function groupParameters(
  parameters: readonly Parameter[],
  { weightDecay, loraplusRatio }: { weightDecay: number; loraplusRatio: number | null },
): ParameterGroup[] {
  const rateFactorOf = ({ name, shape }: Parameter) =>
    loraplusRatio !== null && (name.includes("lora_B") || shape.length === 1) ? loraplusRatio : 1;
  const groups = new Map<string, { parameters: Parameter[]; weightDecay: number; rateFactor: number }>();
  for (const parameter of parameters) {
    const decay = isDecayed(parameter.name) ? weightDecay : 0;
    const rateFactor = rateFactorOf(parameter);
    const key = `${decay} ${rateFactor}`;
    if (!groups.has(key)) groups.set(key, { parameters: [], weightDecay: decay, rateFactor });
    groups.get(key)!.parameters.push(parameter);
  }
  return [...groups.values()];
}

type OptimizerConfig = Pick<
  TrainConfig,
  "optim" | "weight_decay" | "adam_beta1" | "adam_beta2" | "adam_epsilon" | "loraplus_lr_ratio"
>;

/** The optimizer that `optim` names. @throws AppError unsupported */
export function createOptimizer(parameters: readonly Parameter[], config: OptimizerConfig): Optimizer {
  const groups = groupParameters(parameters, {
    weightDecay: config.weight_decay,
    loraplusRatio: config.loraplus_lr_ratio || null,
  });
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
