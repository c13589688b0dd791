/** The queue: how many runs train at a time, in which order the others wait, and whether they wait for a person. */
import { z } from "zod";

export const queueStatusSchema = z.object({
  /** Runs that train at a time: as set, else as many as there are graphics cards, else one. */
  slots: z.number(),
  /** What `slots` is where nothing is set. */
  automatic_slots: z.number(),
  /** As set by hand; null for automatic. */
  configured_slots: z.number().nullable(),
  /** Names of the graphics cards, in the order of their numbers. */
  cards: z.array(z.string()),
  /** Nothing starts until somebody lets it. */
  paused: z.boolean(),
  /** The run whose failure paused it. */
  paused_by: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Whether the next one starts after a run failed. */
  continue_on_error: z.boolean(),
  /** Ids of the waiting runs, the next one first. */
  order: z.array(z.string()),
});
export type QueueStatus = z.infer<typeof queueStatusSchema>;

export const updateQueueSchema = z
  .object({
    slots: z.number().int().min(1, "At least 1.").max(64, "At most 64.").nullable(),
    paused: z.boolean(),
    continue_on_error: z.boolean(),
    /** Waiting runs by id, the next one first; those left out follow in their order. */
    order: z.array(z.string().max(64)).max(10_000),
  })
  .partial();
export type UpdateQueue = z.infer<typeof updateQueueSchema>;
