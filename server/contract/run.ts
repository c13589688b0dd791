/**
 * What a run is to everybody outside its folder: status, phase, progress, metric points, checkpoints.
 * Derived from the folder's files; the database only indexes it.
 *
 * How both engines tell that a training ended: the last line of trainer_log.jsonl is a summary (neither loss nor
 * eval_loss) and the exit code is 0. Where its current_steps reach its total_steps the run is `finished`, and
 * all_results.json lies in the folder; where they do not, it was `stopped` by SIGTERM or SIGINT: the embedded trainer
 * then leaves checkpoint-<current_steps>, no final weights, no all_results.json, and a last log line with STOPPED_WORDS
 * (phase.ts). `failed`: exit code 1, one line on stderr, the same as the last [ERROR|…] line of running_log.txt.
 * `interrupted`: none of these and the process is gone.
 */
import { z } from "zod";
import { engineIdSchema } from "./engine-id";
import { failureSchema } from "./failure-kinds";
import { RUN_PHASES, RUN_STATUSES } from "./run-status";

export { isEnded, RUN_PHASES, RUN_STATUSES, type RunPhase, type RunStatus } from "./run-status";

/** One line of trainer_log.jsonl. Extra keys (accuracy, reward, rewards/…) are kept. */
export const metricPointSchema = z
  .object({
    current_steps: z.number(),
    total_steps: z.number(),
    loss: z.number().nullish(),
    eval_loss: z.number().nullish(),
    lr: z.number().optional(),
    epoch: z.number().optional(),
    percentage: z.number().optional(),
    elapsed_time: z.string().optional(),
    remaining_time: z.string().optional(),
    /** Tokens (padding included) per second since the start, LLaMA-Factory's arithmetic. */
    throughput: z.number().optional(),
    total_tokens: z.number().optional(),
    grad_norm: z.number().nullish(),
  })
  .loose();
export type MetricPoint = z.infer<typeof metricPointSchema>;

export const checkpointSchema = z.object({
  /** "checkpoint-60", or "final" for what lies in the run folder itself. */
  name: z.string(),
  step: z.number().nullable(),
  bytes: z.number(),
  eval_loss: z.number().nullable(),
  /** Whether optimizer and trainer state are there, so that training can go on from it. */
  resumable: z.boolean(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const runSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** evaluate: it trains nothing, it measures. */
  kind: z.enum(["train", "evaluate"]),
  status: z.enum(RUN_STATUSES),
  phase: z.enum(RUN_PHASES).nullable(),
  engine: engineIdSchema,
  /** Made by this console, or found in the saves folder. */
  origin: z.enum(["console", "folder"]),
  model: z.string(),
  template: z.string().nullable(),
  stage: z.string(),
  method: z.string(),
  datasets: z.array(z.string()),
  learning_rate: z.number().nullable(),
  lora_rank: z.number().nullable(),
  step: z.number(),
  total_steps: z.number(),
  epoch: z.number().nullable(),
  /** Seconds of training so far, and to come by the rate of this session; null where not known. */
  elapsed_seconds: z.number().nullable(),
  remaining_seconds: z.number().nullable(),
  tokens_per_second: z.number().nullable(),
  loss: z.number().nullable(),
  eval_loss: z.number().nullable(),
  best_eval_loss: z.number().nullable(),
  best_step: z.number().nullable(),
  /** At most 60 training losses over the whole run, for the sparkline. */
  sparkline: z.array(z.number()),
  /** ISO 8601. */
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  /** One line: why it failed or was interrupted. */
  error: z.string().nullable(),
  /** The cause and the line of the output that tells it; null unless it failed or was interrupted. */
  failure: failureSchema.nullable(),
  can_resume: z.boolean(),
  /** Why it cannot be resumed; null where it can or need not. */
  resume_blocked_reason: z.string().nullable(),
  /** What people wrote beside it. */
  notes: z.string(),
  tags: z.array(z.string()),
  /** The group that it was queued with, and the values that make it differ from the others there. */
  sweep: z.object({ id: z.string(), name: z.string(), values: z.record(z.string(), z.unknown()) }).nullable(),
  /** The run that it goes on from. */
  continued_from: z.string().nullable(),
  /** Its place among those that wait, from 1; null where it does not wait. */
  queue_position: z.number().nullable(),
  /** It lies outside the saves folder, where it was imported in place: deleting it only forgets it. */
  in_place: z.boolean(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** A way to go on: from which saved weights, or why not. */
const continuationSchema = z.object({
  /** "final" or "checkpoint-60"; null where it is not possible. */
  from: z.string().nullable(),
  step: z.number().nullable(),
  reason: z.string().nullable(),
});
export const continuationsSchema = z.object({
  /** From the weights alone: a new optimizer, warmup and decay over the new epochs. */
  fresh: continuationSchema,
  /** From the last whole checkpoint: optimizer kept, the schedule stretched over all epochs. */
  extended: continuationSchema,
});
export type Continuations = z.infer<typeof continuationsSchema>;

export const runDetailSchema = runSummarySchema.extend({
  /** The folder, relative to the home folder where it lies inside. Shown, never used as an address. */
  folder: z.string(),
  /** training_args.yaml as an object: exactly what was started. */
  config: z.record(z.string(), z.unknown()),
  yaml: z.string(),
  command: z.string(),
  /** Why this engine trains it; null where nobody had to choose. */
  engine_reason: z.string().nullable(),
  checkpoints: z.array(checkpointSchema),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  /** How training can go on for more epochs in a run of its own. */
  continuations: continuationsSchema,
});
export type RunDetail = z.infer<typeof runDetailSchema>;
