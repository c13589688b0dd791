/**
 * What a training run costs beside memory, by arithmetic: disk and seconds a step. Pure numbers from a configuration and
 * a model's shape; estimates, made to be right within a factor of two before anything was measured.
 */
import type { ModelShape } from "@/server/contract/model-shape";
import type { StepPlan } from "@/server/contract/step-plan";
import type { TrainConfig } from "@/server/contract/train-config";
import { trainedParameters } from "@/server/contract/trained-parameters";

/** Characters that one token stands for, in English, with room for the template's own tokens. */
const BYTES_PER_TOKEN = 3.5;
/** Rows of the longest batch are about this much longer than the average one. */
const LONGEST_TO_AVERAGE = 4;
/** Floating point operations a second and thread that the trainer's matrix products reach (Zen 4, AVX-512, float32). */
const FLOPS_PER_THREAD = 80e9;
/** What a block costs in a micro-batch however small it is: calls, copies, thread wake-ups. */
const SECONDS_PER_BLOCK = 0.012;
/** AdamW and clipping, one number at a time. */
const SECONDS_PER_TRAINED_PARAMETER = 5e-9;

/** Tokens of an average and of the longest row, from the size of the data file. */
export function typicalTokens(
  config: TrainConfig,
  bytesPerRow: number,
): { average: number; longest: number } {
  const average = Math.max(8, bytesPerRow / BYTES_PER_TOKEN);
  return {
    average: Math.min(config.cutoff_len, average),
    longest: Math.min(config.cutoff_len, average * LONGEST_TO_AVERAGE),
  };
}

/** Seconds of one optimizer step on a CPU. */
export function secondsPerStep(
  config: TrainConfig,
  shape: ModelShape,
  { tokensPerRow, threads }: { tokensPerRow: number; threads: number },
): number {
  const tokens = tokensPerRow * config.per_device_train_batch_size * config.gradient_accumulation_steps;
  // Forward, forward again for the backward pass, gradient of the inputs; of the weights too where they are trained.
  const passes = config.finetuning_type === "full" ? 8 : 6;
  const products = (tokens * passes * shape.parameters) / (FLOPS_PER_THREAD * threads);
  const calls = config.gradient_accumulation_steps * shape.num_hidden_layers * SECONDS_PER_BLOCK;
  return products + calls + trainedParameters(config, shape) * SECONDS_PER_TRAINED_PARAMETER;
}

/** Bytes that the run leaves: its checkpoints with optimizer state, and the result. */
export function diskBytes(config: TrainConfig, shape: ModelShape, plan: StepPlan): number {
  const trained = trainedParameters(config, shape);
  const checkpoint = config.save_only_model ? 4 * trained : 12 * trained;
  const saved =
    config.save_strategy === "no"
      ? 0
      : config.save_strategy === "epoch"
        ? plan.epochs
        : Math.ceil(plan.totalSteps / plan.saveSteps);
  const kept = Math.min(saved, config.save_total_limit ?? Infinity);
  return Math.round(kept * checkpoint + 4 * trained + 2e6);
}
