/**
 * The words after `tuneboard api` and `tuneboard chat`: LLaMA-Factory's argument names for inference, its defaults, and
 * `adapter_roots` of our own. It does not open models.
 */
import { z } from "zod";
import { commaList, optionalText, readVerbArguments, type VerbArguments } from "../arguments/verb-arguments";
import type { WeightBits } from "../generate/packed-weights";

const apiConfigSchema = z.object({
  model_name_or_path: z.string({ error: "is missing; give the folder of a model" }).min(1),
  /** Adapter folders, or run folders whose checkpoints are served too. */
  adapter_name_or_path: commaList,
  /** Folders below which POST /v1/load_lora_adapter may add adapters while the server runs. */
  adapter_roots: commaList,
  template: optionalText,
  default_system: optionalText,
  enable_thinking: z.boolean().nullish().default(true),
  infer_dtype: z.enum(["auto", "float32", "float16", "bfloat16"]).default("auto"),
  /** 8 or 4: weights in blocks of 32 values with one scale. */
  quantization_bit: z.union([z.literal(8), z.literal(4)], { error: "must be 8 or 4" }).nullish(),
  do_sample: z.boolean().default(true),
  temperature: z.number().min(0).default(0.95),
  top_p: z.number().gt(0).max(1).default(0.7),
  top_k: z.number().int().min(0).default(50),
  repetition_penalty: z.number().positive().default(1),
  max_new_tokens: z.number().int().min(1).default(1024),
  seed: z.number().int().nullish(),
});
export type ApiConfig = z.infer<typeof apiConfigSchema>;

/** Arguments that change an answer and that this engine does not have: their idle values are accepted. */
const IDLE: Readonly<Record<string, readonly unknown[]>> = {
  num_beams: [1],
  length_penalty: [1],
  skip_special_tokens: [true],
  rope_scaling: [null],
  infer_backend: ["huggingface", null],
};

/** @throws AppError invalid_config naming the source, the key and the value */
export async function readApiArguments(
  words: readonly string[],
): Promise<VerbArguments<typeof apiConfigSchema>> {
  const { config, notes } = await readVerbArguments(words, {
    schema: apiConfigSchema,
    purpose: "answers",
    judge(argument, value) {
      const idle = IDLE[argument];
      if (!idle) return "no effect";
      return idle.includes(value) ? "idle" : { refused: `, only ${JSON.stringify(idle[0])}.` };
    },
  });
  const { infer_dtype } = config;
  if (infer_dtype !== "float16" && infer_dtype !== "bfloat16") return { config, notes };
  const wider = `infer_dtype ${infer_dtype}: onnxruntime has no fast kernels for it on a CPU; float32 is used, which is as exact or more.`;
  return { config, notes: [...notes, wider] };
}

/** How many bits a weight gets: `quantization_bit` where it is set; else "auto" leaves the choice to the model's size. */
export function weightBits({ quantization_bit, infer_dtype }: ApiConfig): WeightBits | "auto" {
  return quantization_bit ?? (infer_dtype === "auto" ? "auto" : 32);
}
