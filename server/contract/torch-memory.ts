/**
 * What LLaMA-Factory holds on each device at its peak: its own choices of dtypes (trained weights in float32 unless
 * pure_bf16 or DeepSpeed), gradient checkpointing on by default, ZeRO's shares, bitsandbytes' bytes a weight.
 */
import { isOn } from "./configuration-values";
import {
  hasReferenceModel,
  optimizerBytes,
  roundedParts,
  sequencesPerRow,
  type MemoryParts,
} from "./memory-parts";
import type { ModelShape } from "./model-shape";
import type { TrainConfig } from "./train-config";
import { trainedParameters } from "./trained-parameters";
import { guessZero } from "./zero-config";

/** CUDA's context with cuBLAS' workspace, and torch itself. */
const CONTEXT_BYTES = { gpu: 1.0e9, cpu: 0.9e9 };
/** Holes that PyTorch's allocator leaves. */
const FRAGMENTATION = 0.05;
/** ZeRO-3 gathers weights up to stage3_max_live_parameters, of which LLaMA Board's file allows 1e9. */
const LIVE_PARAMETERS = 1e9;
/** 4 bits and what bitsandbytes' double quantisation adds. */
const BYTES_OF_4_BIT = 0.516;

/**
 * @param tokensPerRow tokens of the longest row of a batch
 * @returns bytes on each device, and in the computer's memory for all devices together
 */
export function torchMemory(
  config: TrainConfig,
  shape: ModelShape,
  { tokensPerRow, device, devices }: { tokensPerRow: number; device: "cpu" | "gpu"; devices: number },
): { parts: MemoryParts; host_bytes: number } {
  const { parameters, linear_parameters, num_hidden_layers: layers, hidden_size: d, vocab_size } = shape;
  const trained = trainedParameters(config, shape);
  const ofBase = config.finetuning_type === "full" || config.finetuning_type === "freeze";
  const half = isOn(config.bf16) || isOn(config.fp16) || isOn(config.pure_bf16) ? 2 : 4;
  const { stage, offload } = guessZero(config["deepspeed"]);
  const shards = stage === 0 ? 1 : devices;
  const pure = isOn(config.pure_bf16);

  const frozenWeights = weightBytes(
    config,
    half,
    ofBase ? { parameters: 0, linear: 0 } : { parameters, linear: linear_parameters },
  );
  const stillFrozen = config.finetuning_type === "freeze" ? half * (parameters - trained) : 0;
  // Mixed precision without DeepSpeed: float32 weights with a copy in half precision for the products.
  const trainedWeights = pure || stage > 0 ? half * trained : (half === 2 && ofBase ? 6 : 4) * trained;
  const reference = hasReferenceModel(config) ? half * parameters : 0;
  const master = stage > 0 && !pure && half === 2 ? 4 * trained : 0;
  const gradient = (pure || stage > 0 ? half : 4) * trained;
  const optimizer = (pure ? Math.min(optimizerBytes(config), 4) : optimizerBytes(config)) * trained + master;

  const weights = frozenWeights + stillFrozen + trainedWeights + reference;
  const sharded = {
    weights: stage === 3 ? weights / shards + half * Math.min(parameters, LIVE_PARAMETERS) : weights,
    gradients: gradient / shards,
    optimizer: optimizer / shards,
  };
  const onDevice = offload
    ? {
        weights: stage === 3 ? half * Math.min(parameters, LIVE_PARAMETERS) : weights,
        gradients: stage === 3 ? 0 : gradient / shards,
        optimizer: 0,
      }
    : sharded;
  // DeepSpeed's CPU Adam keeps float32 gradients beside master weights and moments.
  const host_bytes = offload ? Math.round((stage === 3 ? weights : 0) + 4 * trained + optimizer) : 0;

  const tokens = sequencesPerRow(config) * config.per_device_train_batch_size * tokensPerRow;
  const block = 1.5 * half * tokens * (8 * d + 4 * shape.intermediate_size);
  const checkpointed = !isOn(config["disable_gradient_checkpointing"]);
  const activations = checkpointed ? half * layers * tokens * d + block : layers * block;
  const fused = isOn(config["enable_liger_kernel"]) || isOn(config["use_unsloth"]);
  // In half precision, widened, as log-probabilities, and their gradient.
  const logits = (fused ? 2 : half === 2 ? 14 : 12) * tokens * vocab_size;
  const parts = { ...onDevice, activations, logits, overhead: 0 };
  const sum = Object.values(parts).reduce((total, part) => total + part, 0);
  parts.overhead = CONTEXT_BYTES[device] + FRAGMENTATION * sum;
  return { parts: roundedParts(parts), host_bytes };
}

/** Bytes of weights that are not trained; only layers' linears are ever quantised. */
function weightBytes(
  config: TrainConfig,
  half: number,
  { parameters, linear }: { parameters: number; linear: number },
): number {
  const bits = Number(config.quantization_bit ?? 0);
  const perLinear = bits === 4 ? BYTES_OF_4_BIT : bits > 0 && bits <= 8 ? bits / 8 : half;
  return linear * perLinear + (parameters - linear) * half;
}
