/**
 * Pushing a model folder to a hub: what would go where, what has been agreed to, and how far it is.
 *
 *   POST   /api/pushes/plan          PlanPush → PushPlan: asks the hub who the token's owner is; sends no file
 *   GET    /api/pushes               { items: Push[] }
 *   POST   /api/pushes               StartPush → 201 Push
 *   POST   /api/pushes/:id/cancel    202 Push
 *   DELETE /api/pushes/:id           {}: forgets one that has ended; what is on the hub stays there
 */
import { z } from "zod";
import { ERROR_CODES } from "./errors";
import { hubIdSchema } from "./hub";
import { PUSH_STATES } from "./push-state";

export { isPushing } from "./push-state";

export const VISIBILITIES = ["private", "public"] as const;
export const visibilitySchema = z.enum(VISIBILITIES);
export type Visibility = z.infer<typeof visibilitySchema>;

export const planPushSchema = z.object({
  /** "export:<id>" for a finished export; "run:<id>" or "run:<id>/checkpoint-N" for what a run has trained, as it lies there. */
  source: z.string().min(1),
  /** Owner and name on the hub. */
  repo: hubIdSchema,
  visibility: visibilitySchema.default("private"),
  /** The base model's id on the hub, for the model card; null leaves it out. Missing: as far as it is known here. */
  base_model: hubIdSchema.nullish(),
});
export type PlanPush = z.infer<typeof planPushSchema>;

export const pushPlanSchema = z.object({
  repo: z.string(),
  /** The address that files and token go to. */
  endpoint: z.string(),
  /** Whose token it is. */
  account: z.string(),
  /** There is such a repository: the files become a new commit of it. */
  exists: z.boolean(),
  /** As it will be: an existing repository keeps its own. */
  visibility: visibilitySchema,
  base_model: z.string().nullable(),
  /** `changed`: goes without this machine's paths, so not exactly as it lies here. */
  files: z.array(z.object({ path: z.string(), bytes: z.number(), changed: z.boolean() })),
  bytes: z.number(),
  /** Files of the folder that stay here. */
  kept_back: z.array(z.string()),
  /** Stands for all of the above; a push with another one is refused, so nothing goes that was not shown. */
  seal: z.string(),
});
export type PushPlan = z.infer<typeof pushPlanSchema>;

export const startPushSchema = planPushSchema.extend({ seal: z.string().min(1) });
export type StartPush = z.infer<typeof startPushSchema>;

export const pushSchema = z.object({
  id: z.string(),
  source: z.string(),
  repo: z.string(),
  visibility: visibilitySchema,
  state: z.enum(PUSH_STATES),
  /** What the hub had already counts as done. */
  done_bytes: z.number(),
  total_bytes: z.number(),
  /** Over the last seconds; null while nothing moves. */
  bytes_per_second: z.number().nullable(),
  /** The repository's page, once it is there. */
  url: z.string().nullable(),
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }).nullable(),
  started_at: z.string(),
  ended_at: z.string().nullable(),
});
export type Push = z.infer<typeof pushSchema>;
