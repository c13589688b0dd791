/**
 * What the Models page and the console say to each other beyond the list of `api.ts`: adapters, folders that are linked
 * in, and what deleting removes.
 *
 *   GET    /api/models                       { items: ModelSummary[], adapters: AdapterSummary[] }
 *   POST   /api/models                       { path } → 201 ModelSummary: a folder elsewhere becomes part of the list
 *   DELETE /api/models?path=&dry=1           ModelRemoval
 */
import { z } from "zod";

export const adapterSummarySchema = z.object({
  name: z.string(),
  /** Relative to the home folder where it lies in it. */
  path: z.string(),
  /** The run that made it; null for a folder below models/. */
  run_id: z.string().nullable(),
  /** "LORA", "OFT". */
  kind: z.string().nullable(),
  rank: z.number().nullable(),
  /** What adapter_config.json names as its base. */
  base: z.string().nullable(),
  bytes: z.number(),
});
export type AdapterSummary = z.infer<typeof adapterSummarySchema>;

export const modelRemovalSchema = z.object({
  removed: z.array(z.object({ name: z.string(), bytes: z.number() })),
  /** It is a link: only that goes, the folder that it leads to stays. */
  link: z.boolean(),
});
export type ModelRemoval = z.infer<typeof modelRemovalSchema>;

export const addModelSchema = z.object({
  path: z.string().trim().min(1, "Name the model's folder.").max(4096),
});
