/**
 * Configurations that are kept under a name, as LLaMA Board's "Save arguments" does.
 *
 *   GET    /api/configs                { items: NamedConfig[] }, newest first
 *   GET    /api/configs/:source/:name  { text }   the file as it is
 *   PUT    /api/configs/saved/:name    { config } → NamedConfig
 *   DELETE /api/configs/saved/:name    { removed: name }
 */
import { z } from "zod";

/** "saved": by this console, in configs/. "board": by LLaMA Board, in llamaboard_config/; only read. */
export const configSourceSchema = z.enum(["saved", "board"]);
export type ConfigSource = z.infer<typeof configSourceSchema>;

export const configNameSchema = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]{0,78}[\p{L}\p{N}_-])?$/u,
    "Begin with a letter or digit; then letters, digits, spaces, dots, dashes and underscores, at most 80.",
  );

export const namedConfigSchema = z.object({
  name: z.string(),
  source: configSourceSchema,
  /** ISO 8601. */
  changed_at: z.string(),
});
export type NamedConfig = z.infer<typeof namedConfigSchema>;

export const configTextSchema = z.object({ text: z.string() });
export type ConfigText = z.infer<typeof configTextSchema>;
export const saveConfigSchema = z.object({ config: z.record(z.string(), z.unknown()) });
