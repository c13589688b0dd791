/**
 * The words after `tuneboard api` and `tuneboard chat`: LLaMA-Factory's argument names for inference, its defaults, and
 * `adapter_roots` of our own. It does not open models.
 */
import { z } from "zod";
import { argumentSpec } from "../../contract/argument-table";
import { AppError } from "../../contract/errors";
import { splitList } from "../../contract/train-config";
import type { WeightBits } from "../generate/packed-weights";
import { readArgumentWords } from "../train/train-arguments";

const commaList = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((value) => (Array.isArray(value) ? value : splitList(value)));
const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value ? value : null));

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

export interface ApiArguments {
  readonly config: ApiConfig;
  /** What was accepted but is done differently or has no effect, in words. */
  readonly notes: readonly string[];
}

/** Arguments that change an answer and that this engine does not have: their idle values are accepted. */
const IDLE: Readonly<Record<string, readonly unknown[]>> = {
  num_beams: [1],
  length_penalty: [1],
  skip_special_tokens: [true],
  rope_scaling: [null],
  infer_backend: ["huggingface", null],
};

/** @throws AppError invalid_config naming the source, the key and the value */
export async function readApiArguments(words: readonly string[]): Promise<ApiArguments> {
  const { source, raw } = await readArgumentWords(words);
  const problems: string[] = [];
  const notes: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (key in apiConfigSchema.shape) continue;
    const idle = IDLE[key];
    if (idle && !idle.includes(value)) {
      problems.push(
        `${key}: ${JSON.stringify(value)} is not supported here, only ${JSON.stringify(idle[0])}.`,
      );
    } else if (!idle && !argumentSpec(key)) problems.push(`${key}: there is no such argument.`);
    else if (!idle) notes.push(`${key} has no effect on answers here.`);
  }
  const parsed = apiConfigSchema.safeParse(raw);
  if (!parsed.success) {
    problems.push(...parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}.`));
  }
  if (problems.length > 0 || !parsed.success)
    throw new AppError("invalid_config", `${source}: ${problems.join(" ")}`);
  const { infer_dtype } = parsed.data;
  if (infer_dtype === "float16" || infer_dtype === "bfloat16") {
    notes.push(
      `infer_dtype ${infer_dtype}: onnxruntime has no fast kernels for it on a CPU; float32 is used, which is as exact or more.`,
    );
  }
  return { config: parsed.data, notes };
}

/** How many bits a weight gets: `quantization_bit` where it is set; else "auto" leaves the choice to the model's size. */
export function weightBits({ quantization_bit, infer_dtype }: ApiConfig): WeightBits | "auto" {
  return quantization_bit ?? (infer_dtype === "auto" ? "auto" : 32);
}
