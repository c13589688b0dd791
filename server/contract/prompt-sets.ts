/**
 * Prompt sets: lists of questions kept under a name, asked in the chat and by runs at every checkpoint. One JSON file each
 * below prompts/ in the home folder, in the form that `sample_prompts` takes: its path is a value of that argument.
 *
 *   GET    /api/prompts         { items: PromptSet[] }, newest first
 *   PUT    /api/prompts/:name   { prompts } → PromptSet
 *   DELETE /api/prompts/:name   { removed: name }
 */
import { z } from "zod";
import { samplePromptEntrySchema } from "./samples";

export const PROMPTS_FOLDER = "prompts";

export const promptSetNameSchema = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,79}$/u,
    "A prompt set's name is made of letters, digits, dots, dashes and underscores, at most 80.",
  );

/** At least one, each with some text: what `sample_prompts` would take. */
export const promptEntriesSchema = z
  .array(samplePromptEntrySchema)
  .min(1, "A prompt set needs a prompt.")
  .max(500);
export type PromptEntry = z.infer<typeof samplePromptEntrySchema>;

export const promptSetSchema = z.object({
  name: z.string(),
  /** From the home folder: what `sample_prompts` takes. */
  path: z.string(),
  changed_at: z.string(),
  prompts: z.array(samplePromptEntrySchema),
  /** Why its file cannot be used; null where it can. */
  problem: z.string().nullable(),
});
export type PromptSet = z.infer<typeof promptSetSchema>;

export const savePromptSetSchema = z.object({ prompts: promptEntriesSchema });
