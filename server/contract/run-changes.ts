/** What a person asks of a run that exists: to be described, stopped, continued; and of a folder: to become one. */
import { z } from "zod";
import { runSummarySchema } from "./run";

export const describeRunSchema = z
  .object({
    name: z.string().trim().min(1, "A run needs a name.").max(100, "At most 100 characters."),
    notes: z.string().max(10_000, "At most 10,000 characters."),
    tags: z
      .array(z.string().trim().min(1).max(40, "A tag has at most 40 characters."))
      .max(20, "At most 20 tags."),
  })
  .partial();
export type DescribeRun = z.infer<typeof describeRunSchema>;

export const stopRunSchema = z.object({
  /** Deletes the folder once the run has ended; nothing is saved first. */
  discard: z.boolean().default(false),
  /** Kills at once what is already being stopped. */
  now: z.boolean().default(false),
});
export type StopRun = z.input<typeof stopRunSchema>;

export const continueRunSchema = z.object({
  epochs: z.number().positive("More than 0.").max(10_000),
  /** "fresh" warms up and decays again; "extended" keeps the optimizer and stretches the schedule. */
  schedule: z.enum(["fresh", "extended"]),
  name: z.string().optional(),
});
export type ContinueRun = z.infer<typeof continueRunSchema>;

export const IMPORT_WAYS = ["copy", "in_place"] as const;

export const importRunSchema = z.object({
  /** Absolute, or relative to the home folder; "~" is the user's own folder. */
  path: z.string().trim().min(1, "Say which folder.").max(4096),
  how: z.enum(IMPORT_WAYS).default("copy"),
  /** Checkpoints are most of the bytes; without them a run cannot be resumed. */
  checkpoints: z.boolean().default(true),
  /** Only says what would happen. */
  dry: z.boolean().default(false),
});
export type ImportRun = z.infer<typeof importRunSchema>;

/** What lies in a folder that somebody wants to import, and what would become of it. */
export const importPreviewSchema = z.object({
  path: z.string(),
  /** Why it cannot be imported; null where it can. */
  problem: z.string().nullable(),
  /** The run as it would show up; null where the folder is none. */
  run: runSummarySchema.nullable(),
  /** Files that the facts come from. */
  sources: z.array(z.string()),
  files: z.number(),
  bytes: z.number(),
  /** Of these, in checkpoints. */
  checkpoint_bytes: z.number(),
  disk_free_bytes: z.number(),
  /** Where a copy would go, relative to the home folder. */
  target: z.string(),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;
