/**
 * Requests and replies of the HTTP API, one schema each. Lists come as `{ items }`, failures as `{ error: WireError }`.
 *
 *   GET  /api/health                     { status: "ok", version }
 *   GET  /api/runs                       { items: RunSummary[] }
 *   POST /api/runs                       { config, name?, engine? } → 201 { id }
 *   GET  /api/runs/:id                   RunDetail
 *   PATCH /api/runs/:id                  { name } → RunDetail
 *   GET  /api/runs/:id/metrics?offset=   { items: MetricPoint[], offset }
 *   GET  /api/runs/:id/log?offset=       { text, from, to }
 *   POST /api/runs/:id/stop              202 { status }
 *   POST /api/runs/:id/resume            202 { status }
 *   DELETE /api/runs/:id                 { removed: [{ name, bytes }] }   (?dry=1 only lists them)
 *   POST /api/runs/check                 { config, engine? } → Forecast
 *   GET  /api/datasets                   { items: DatasetSummary[], problems: string[] }
 *   GET  /api/datasets/:name/rows?offset=&limit=   { items, total }
 *   GET  /api/models                     { items: ModelSummary[] }
 *   GET  /api/models/inspect?path=       ModelSummary
 *   GET  /api/engines                    { items: EngineStatus[] }
 *   GET  /api/machine                    MachineStatus
 *   GET  /api/chat/targets               { items: ChatTarget[] }
 *   POST /api/chat/load                  { targets: string[] } → { items: ChatServerStatus[] }
 *   POST /api/chat/completions           ChatRequest → text/event-stream of OpenAI chunks
 *   GET  /api/settings, PUT /api/settings
 *   POST /api/gpu/install                202; progress through GET /api/gpu
 */
import { z } from "zod";
import { problemSchema } from "./problem";

export const engineIdSchema = z.enum(["embedded", "llamafactory"]);
export type EngineId = z.infer<typeof engineIdSchema>;

export const createRunSchema = z.object({
  config: z.record(z.string(), z.unknown()),
  /** Folder name under saves/<model>/<method>/; made from the time where missing. */
  name: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/,
      "Use letters, digits, dots, dashes and underscores, at most 100.",
    )
    .optional(),
  engine: engineIdSchema.optional(),
});
export type CreateRun = z.infer<typeof createRunSchema>;

export const checkRunSchema = createRunSchema.omit({ name: true });

/** What will happen if the run starts now. */
export const forecastSchema = z.object({
  problems: z.array(problemSchema),
  /** Rows to train on, after max_samples and the validation share; null where the data cannot be read. */
  train_rows: z.number().nullable(),
  eval_rows: z.number().nullable(),
  steps_per_epoch: z.number().nullable(),
  total_steps: z.number().nullable(),
  /** Seconds; null where nothing is known yet. */
  seconds: z.number().nullable(),
  /** How `seconds` was found: "measured in <run>" or "estimated from the model's size". */
  seconds_basis: z.string().nullable(),
  memory_bytes: z.number().nullable(),
  disk_bytes: z.number().nullable(),
  /** Exactly what would be written as training_args.yaml, and the command that runs it by hand. */
  yaml: z.string(),
  command: z.string(),
});
export type Forecast = z.infer<typeof forecastSchema>;

export const datasetSummarySchema = z.object({
  name: z.string(),
  formatting: z.enum(["alpaca", "sharegpt", "openai"]),
  ranking: z.boolean(),
  /** null for data that is not on this machine. */
  rows: z.number().nullable(),
  bytes: z.number().nullable(),
  source: z.enum(["file", "hub"]),
  /** Why it cannot be used now; null where it can. */
  problem: z.string().nullable(),
});
export type DatasetSummary = z.infer<typeof datasetSummarySchema>;

export const modelSummarySchema = z.object({
  name: z.string(),
  path: z.string(),
  source: z.enum(["starter", "folder", "run", "typed"]),
  /** config.json's model_type; null where unreadable. */
  family: z.string().nullable(),
  parameters: z.number().nullable(),
  bytes: z.number().nullable(),
  dtype: z.string().nullable(),
  context_length: z.number().nullable(),
  /** The chat template's LLaMA-Factory name where it can be told. */
  template: z.string().nullable(),
  /** Whether the embedded trainer can train it, and why not. */
  supported: z.boolean(),
  problem: z.string().nullable(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const engineStatusSchema = z.object({
  id: engineIdSchema,
  name: z.string(),
  available: z.boolean(),
  version: z.string().nullable(),
  devices: z.array(z.string()),
  /** In words: why not available, what to do. */
  reason: z.string().nullable(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const settingsSchema = z.object({
  home: z.string(),
  port: z.number(),
  version: z.string(),
  node: z.string(),
  /** Path of llamafactory-cli when set by hand; null means PATH. */
  llamafactory_cli: z.string().nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;
export const updateSettingsSchema = settingsSchema.pick({ llamafactory_cli: true });

export const gpuLibrarySchema = z.object({
  state: z.enum(["absent", "installing", "installed", "failed"]),
  detail: z.string(),
});
export type GpuLibrary = z.infer<typeof gpuLibrarySchema>;
