/**
 * What a training run costs, by arithmetic: memory, disk, seconds a step. Pure numbers from a configuration and a
 * model's shape; estimates, made to be right within a factor of two before anything was measured.
 */
import type { StepPlan } from "@/server/contract/step-plan";
import { splitList, type TrainConfig } from "@/server/contract/train-config";

export interface ModelShape {
  parameters: number;
  hidden_size: number;
  intermediate_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  vocab_size: number;
  /** Inputs and outputs of the layers' linears, added up by name ("q_proj"). */
  linearSides: Record<string, number>;
}

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
const PROCESS_BYTES = 150e6;
/** Between the sum of all known buffers and the measured peak. */
const ALLOCATOR_OVERHEAD = 1.3;
const HEAD_ROWS = 128;

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

/**
 * Peak memory: weights, gradients and optimizer state, one checkpoint of hidden states per layer, the buffers of one
 * block (recomputed in the backward pass) and of the head.
 */
export function memoryBytes(config: TrainConfig, shape: ModelShape, tokensPerRow: number): number {
  const {
    hidden_size: d,
    intermediate_size: ff,
    num_hidden_layers: layers,
    num_attention_heads: heads,
  } = shape;
  const B = config.per_device_train_batch_size;
  const T = tokensPerRow;
  const N = B * T;
  const trained = trainedParameters(config, shape);
  const weights = 4 * shape.parameters;
  // Value, gradient and two moments, float32 each; the value of a fully trained model is among the weights already.
  const training = config.finetuning_type === "full" ? 12 * trained : 16 * trained;
  const checkpoints = 4 * (layers + 1) * N * d;
  const block = 1.5 * (4 * N * (8 * d + 6 * ff) + 16 * B * heads * T * T);
  const head = 12 * Math.min(HEAD_ROWS, N) * shape.vocab_size;
  return Math.round(ALLOCATOR_OVERHEAD * (weights + training + checkpoints + block + head + PROCESS_BYTES));
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

/** Numbers that the optimizer moves: all of them, or LoRA's two thin matrices beside each chosen linear layer. */
export function trainedParameters(config: TrainConfig, shape: ModelShape): number {
  if (config.finetuning_type === "full") return shape.parameters;
  const targets = splitList(config.lora_target);
  const chosen = Object.entries(shape.linearSides).filter(
    ([name]) => targets.includes("all") || targets.includes(name),
  );
  return config.lora_rank * chosen.reduce((sum, [, sides]) => sum + sides, 0);
}
