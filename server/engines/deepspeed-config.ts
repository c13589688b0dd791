/**
 * The four DeepSpeed configurations that LLaMA Board generates (ZeRO-2 and ZeRO-3, each with and without offload), under
 * the names that it gives them. "auto" is filled in from the training arguments by transformers.
 */
import { parseZeroConfigPath, zeroConfigPath } from "@/server/contract/zero-config";

const COMMON = {
  train_batch_size: "auto",
  train_micro_batch_size_per_gpu: "auto",
  gradient_accumulation_steps: "auto",
  gradient_clipping: "auto",
  zero_allow_untested_optimizer: true,
  fp16: {
    enabled: "auto",
    loss_scale: 0,
    loss_scale_window: 1000,
    initial_scale_power: 16,
    hysteresis: 2,
    min_loss_scale: 1,
  },
  bf16: { enabled: "auto" },
};

const ZERO_2 = {
  stage: 2,
  allgather_partitions: true,
  allgather_bucket_size: 5e8,
  overlap_comm: false,
  reduce_scatter: true,
  reduce_bucket_size: 5e8,
  contiguous_gradients: true,
  round_robin_gradients: true,
};

const ZERO_3 = {
  stage: 3,
  overlap_comm: false,
  contiguous_gradients: true,
  sub_group_size: 1e9,
  reduce_bucket_size: "auto",
  stage3_prefetch_bucket_size: "auto",
  stage3_param_persistence_threshold: "auto",
  stage3_max_live_parameters: 1e9,
  stage3_max_reuse_distance: 1e9,
  stage3_gather_16bit_weights_on_model_save: true,
};

/** Numbers that Python writes with a point; DeepSpeed takes them either way, files are compared by eye. */
const FLOATS = /("(?:allgather_bucket_size|reduce_bucket_size|sub_group_size|stage3_max_\w+)": \d+)(?=,?\n)/g;

/**
 * The file that a value of `deepspeed` asks for, where it is one of LLaMA Board's.
 * @returns path relative to the home folder and text; null for a file of the user's own
 */
export function generatedZeroConfig(deepspeed: unknown): { file: string; text: string } | null {
  const choice = parseZeroConfigPath(deepspeed);
  if (!choice) return null;
  const { stage, offload } = choice;
  const memory = { device: "cpu", pin_memory: true };
  const zero = {
    ...(stage === 2 ? ZERO_2 : ZERO_3),
    ...(offload && { offload_optimizer: memory }),
    ...(offload && stage === 3 && { offload_param: memory }),
  };
  const text = JSON.stringify({ ...COMMON, zero_optimization: zero }, null, 2).replace(FLOATS, "$1.0");
  return { file: zeroConfigPath(choice), text };
}
