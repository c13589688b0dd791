/**
 * The words after `tuneboard export`: LLaMA-Factory's argument names for exporting and `export_gguf` of our own. It does
 * not open models.
 */
import { z } from "zod";
import { commaList, optionalText, readVerbArguments, type VerbArguments } from "../arguments/verb-arguments";
import { GGUF_TYPES } from "./gguf/gguf-types";

const exportConfigSchema = z.object({
  model_name_or_path: z.string({ error: "is missing; give the folder of a model" }).min(1),
  /** Adapters to merge, in this order. */
  adapter_name_or_path: commaList,
  template: optionalText,
  default_system: optionalText,
  enable_thinking: z.boolean().nullish().default(true),
  export_dir: z.string({ error: "is missing; give the folder to write the model to" }).min(1),
  /** Largest shard in GB (10^9 bytes). */
  export_size: z.coerce.number().positive().default(5),
  /** "auto": as the base model's weights are stored. */
  infer_dtype: z.enum(["auto", "float32", "float16", "bfloat16"]).default("auto"),
  /** Ours: asks the model before and the exported one the same, and compares. */
  export_self_test: z.boolean().default(false),
  export_gguf: z.enum(GGUF_TYPES, { error: `must be ${GGUF_TYPES.join(" or ")}` }).nullish(),
});
export type ExportConfig = z.infer<typeof exportConfigSchema>;

/** Arguments that ask for something which is not there: why, and the way out. `null` and `false` ask for nothing. */
const REFUSED: Readonly<Record<string, string>> = {
  export_quantization_bit:
    "GPTQ needs a GPU and calibration data. For a smaller model set export_gguf: q8_0, which llama.cpp and Ollama run.",
  export_hub_model_id:
    "A command sends nothing anywhere. Export to a folder, then press Push to a hub on the console's Export page: it shows what would go first.",
  export_legacy_format:
    "Pickled weights can run code when they are opened and are never written; safetensors is read by every current version.",
  quantization_bit:
    "A quantised model cannot be merged into. Leave it out: the weights are merged as stored.",
};

/** @throws AppError invalid_config naming the source, the key and the value */
export function readExportArguments(
  words: readonly string[],
): Promise<VerbArguments<typeof exportConfigSchema>> {
  return readVerbArguments(words, {
    schema: exportConfigSchema,
    purpose: "exporting",
    judge(argument, value) {
      if (value === null) return "idle";
      const refusal = REFUSED[argument];
      if (refusal === undefined) return "no effect";
      return value === false ? "idle" : { refused: `. ${refusal}` };
    },
  });
}
