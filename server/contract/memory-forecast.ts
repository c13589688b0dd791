/**
 * Memory that a training run takes, by arithmetic, in parts, for each engine and device. Pure numbers from a
 * configuration and a model's shape; it does not know which machine it is on.
 */
import { z } from "zod";
import { embeddedMemory } from "./embedded-memory";
import { engineIdSchema } from "./engine-id";
import { MEMORY_PARTS } from "./memory-parts";
import type { ModelShape } from "./model-shape";
import { torchMemory } from "./torch-memory";
import type { TrainConfig } from "./train-config";

const bytes = z.number().min(0);

export const memoryForecastSchema = z.object({
  engine: engineIdSchema,
  /** "cpu": the computer's own memory. */
  device: z.enum(["cpu", "gpu"]),
  devices: z.number().int().min(1),
  /** Bytes on each device. */
  parts: z.record(z.enum(MEMORY_PARTS), bytes),
  device_bytes: bytes,
  /** What lies in the computer's memory beside the devices' (offload), for all devices together; 0 on a CPU. */
  host_bytes: bytes,
  /** Bytes that each device has; null where nobody knows. */
  capacity_bytes: bytes.nullable(),
  /** "room": three fifths at most are taken. null without a capacity. */
  fits: z.enum(["room", "fits", "no"]).nullable(),
  /** For full training: 2 + 4 + 8 + 2 + 1.5 bytes a parameter, whatever the engine. */
  rule_of_thumb_bytes: bytes.nullable(),
});
export type MemoryForecast = z.infer<typeof memoryForecastSchema>;

/** Where a run would train. */
export interface TrainingPlace {
  engine: MemoryForecast["engine"];
  device: MemoryForecast["device"];
  devices: number;
  /** Bytes of each device that a run may use; null where unknown. */
  capacity_bytes: number | null;
}

/** What full training in mixed precision is said to take, in bytes a parameter. */
export const RULE_OF_THUMB = {
  /** bfloat16 weights. */
  weights: 2,
  /** Their float32 master copy. */
  master: 4,
  /** Adam's two moments. */
  optimizer: 8,
  /** bfloat16 gradients. */
  gradients: 2,
  /** Activations and the rest. */
  rest: 1.5,
} as const;

/** Bytes of full training by the rule of thumb, on one device: 17.5 a parameter. */
export function ruleOfThumb(parameters: number): number {
  return Math.round(parameters * Object.values(RULE_OF_THUMB).reduce((sum, each) => sum + each, 0));
}

/** No allocator fills a device to the last byte. */
const USABLE_SHARE = 0.95;
const ROOMY_SHARE = 0.6;

/** How a need stands to what there is. */
export function fit(need: number, capacity: number): NonNullable<MemoryForecast["fits"]> {
  if (need > capacity * USABLE_SHARE) return "no";
  return need > capacity * ROOMY_SHARE ? "fits" : "room";
}

/** @param tokensPerRow tokens of the longest row of a batch: padding makes the others as long */
export function forecastMemory(
  config: TrainConfig,
  shape: ModelShape,
  { tokensPerRow, place }: { tokensPerRow: number; place: TrainingPlace },
): MemoryForecast {
  const { engine, device, devices, capacity_bytes } = place;
  const { parts, host_bytes } =
    engine === "embedded"
      ? { parts: embeddedMemory(config, shape, tokensPerRow), host_bytes: 0 }
      : torchMemory(config, shape, { tokensPerRow, device, devices });
  const device_bytes = Object.values(parts).reduce((sum, part) => sum + part, 0);
  return {
    engine,
    device,
    devices,
    parts,
    device_bytes,
    host_bytes,
    capacity_bytes,
    fits: capacity_bytes === null ? null : fit(device_bytes, capacity_bytes),
    rule_of_thumb_bytes: config.finetuning_type === "full" ? ruleOfThumb(shape.parameters) : null,
  };
}
