/** Exporting a model as a folder that stands on its own: what is asked for, and how far it is. */
import { z } from "zod";
import { engineIdSchema, engineWishSchema } from "./engine-id";

export const EXPORT_STATES = ["running", "finished", "failed", "cancelled"] as const;

export const createExportSchema = z.object({
  /** A chat target: "base:<model>", "run:<id>", "run:<id>/checkpoint-N". */
  target: z.string().min(1),
  /** The new folder's name below models/. */
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
      "Use letters, digits, dots, dashes and underscores; begin with a letter or digit.",
    ),
  engine: engineWishSchema.default("auto"),
  /** Largest shard, in GB. */
  export_size: z.number().int().min(1).max(100).default(5),
  infer_dtype: z.enum(["auto", "float32", "float16", "bfloat16"]).default("auto"),
  /** The embedded engine's. */
  export_gguf: z.enum(["f16", "q8_0"]).nullable().default(null),
  /** The next ones are LLaMA-Factory's: where it merges, pickled weights, GPTQ. */
  export_device: z.enum(["cpu", "auto"]).default("cpu"),
  export_legacy_format: z.boolean().default(false),
  export_quantization_bit: z.literal([8, 4, 3, 2]).nullable().default(null),
  export_quantization_dataset: z.string().max(500).default("data/c4_demo.jsonl"),
  /** Asks both the model before and the exported one the same, and compares. */
  self_test: z.boolean().default(true),
});
export type CreateExport = z.infer<typeof createExportSchema>;

export const modelExportSchema = z.object({
  id: z.string(),
  name: z.string(),
  state: z.enum(EXPORT_STATES),
  /** What it is made of. */
  label: z.string(),
  engine: engineIdSchema,
  /** The new folder, relative to the home folder. Shown, never used as an address. */
  folder: z.string(),
  created_at: z.string(),
  ended_at: z.string().nullable(),
  /** The share of the weights that is written, between 0 and 1; null where the program does not tell. */
  progress: z.number().nullable(),
  /** What the program says, last lines. */
  output: z.string(),
  /** The one line that says why it failed; null where it did not, or said nothing. */
  error: z.string().nullable(),
  /** How many answers of how many were the same before and after; null where that was not tried. */
  self_test: z.object({ equal: z.number(), asked: z.number() }).nullable(),
  /** Files of the new folder with their sizes, once finished. */
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
});
export type ModelExport = z.infer<typeof modelExportSchema>;

/** How the program tells its progress and its self-test, so that the console can show them. */
export const EXPORT_PROGRESS =
  /^Writing weights: (\d+) of (\d+) tensors|^Writing model shards: +\d+%\|[^|]*\| (\d+)\/(\d+)/;
export const EXPORT_SELF_TEST = /^Self-test: (\d+) of (\d+) answers are the same/;
