/**
 * A problem of a configuration, found before anything starts: which argument, why, and what to change.
 * Shared by the form (shown at the field), the HTTP API and the trainer's command line.
 */
import { z } from "zod";
import { engineIdSchema } from "./engine-id";

export const problemSchema = z.object({
  /** The LLaMA-Factory argument at fault, or "" for the configuration as a whole. */
  argument: z.string(),
  /** An error stops the start; a warning is shown and the run may start. */
  severity: z.enum(["error", "warning"]),
  /** One plain sentence: what is wrong and why. */
  message: z.string(),
  /** Which rule it breaks, where it is a known one. */
  code: z.string().optional(),
  /** A change that mends it: values by argument name; null removes the argument. */
  fix: z.object({ label: z.string(), set: z.record(z.string(), z.unknown()) }).optional(),
  /** The other engine, where that one does what was asked for. */
  engine: engineIdSchema.optional(),
});

export type Problem = z.infer<typeof problemSchema>;
