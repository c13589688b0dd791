/**
 * The ways to train a model: full, freeze, LoRA, LoRA on a quantised base, ZeRO-3 with and without offload. Each is a
 * change of a configuration, for one engine. Which of them is best is the business of `method-advice.ts`.
 */
import { z } from "zod";
import { engineIdSchema } from "./engine-id";
import { memoryForecastSchema } from "./memory-forecast";
import { argumentSpec } from "./argument-table";
import type { TrainConfig } from "./train-config";
import { isUsual, usualRate } from "./usual-values";
import { zeroConfigPath } from "./zero-config";

export const WAY_IDS = ["lora", "lora8", "qlora", "freeze", "full", "zero3", "zero3_offload"] as const;
export type WayId = (typeof WAY_IDS)[number];

export const trainingWaySchema = z.object({
  id: z.enum(WAY_IDS),
  engine: engineIdSchema,
  /** Arguments that it changes; null takes one away. */
  set: z.record(z.string(), z.unknown()),
  memory: memoryForecastSchema,
  /** null where nothing is known. */
  seconds: z.number().nullable(),
  /** Whether the computer's own memory holds what is offloaded. */
  host_fits: z.boolean(),
});
export type TrainingWay = z.infer<typeof trainingWaySchema>;

interface WayOutline {
  readonly id: WayId;
  readonly finetuning_type: TrainConfig["finetuning_type"];
  readonly quantization_bit: 4 | 8 | null;
  readonly deepspeed: string | null;
}

const outline = (
  id: WayId,
  finetuning_type: TrainConfig["finetuning_type"],
  { quantization_bit = null, deepspeed = null }: Partial<WayOutline> = {},
): WayOutline => ({ id, finetuning_type, quantization_bit, deepspeed });

const LORA = outline("lora", "lora");
const LORA_8 = outline("lora8", "lora", { quantization_bit: 8 });
const FULL = outline("full", "full");
const FREEZE = outline("freeze", "freeze");
const ON_CARDS = [
  LORA,
  LORA_8,
  outline("qlora", "lora", { quantization_bit: 4 }),
  FREEZE,
  FULL,
  outline("zero3", "full", { deepspeed: zeroConfigPath({ stage: 3, offload: false }) }),
  outline("zero3_offload", "full", { deepspeed: zeroConfigPath({ stage: 3, offload: true }) }),
];

/**
 * The ways that an engine has on a device, as what each changes in `config`: only arguments whose value differs.
 * @param methods the values of finetuning_type that the engine honours
 * @param parameters of the model, where known: very small ones learn at other rates
 */
export function waysOf(
  config: TrainConfig,
  {
    engine,
    device,
    methods,
    parameters = null,
  }: {
    engine: TrainingWay["engine"];
    device: "cpu" | "gpu";
    methods: readonly string[];
    parameters?: number | null;
  },
): Pick<TrainingWay, "id" | "set">[] {
  const all =
    engine === "embedded" ? [LORA, LORA_8, FREEZE, FULL] : device === "gpu" ? ON_CARDS : [LORA, FREEZE, FULL];
  return all
    .filter(({ finetuning_type }) => methods.includes(finetuning_type))
    .map((way) => ({ id: way.id, set: changesFor(way, config, parameters) }));
}

/** The configuration with a way's changes made. */
export function withWay(config: TrainConfig, { set }: Pick<TrainingWay, "set">): TrainConfig {
  const kept = Object.entries({ ...config, ...set }).map(([name, value]) => [
    name,
    value === null ? argumentSpec(name)?.default : value,
  ]);
  return Object.fromEntries(kept) as TrainConfig;
}

function changesFor(
  way: WayOutline,
  config: TrainConfig,
  parameters: number | null,
): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  const change = (name: string, value: unknown) => {
    if ((config[name] ?? null) !== value) set[name] = value;
  };
  change("finetuning_type", way.finetuning_type);
  change("quantization_bit", way.quantization_bit);
  change("deepspeed", way.deepspeed);
  const { stage } = config;
  const rate = usualRate({ finetuning_type: way.finetuning_type, stage, parameters });
  if (!isUsual(rate, config.learning_rate)) set["learning_rate"] = rate.value;
  return set;
}
