/**
 * Requests and replies of the HTTP API, one schema each. Lists come as `{ items }`, failures as `{ error: WireError }`.
 *
 *   GET  /api/health                     { status: "ok", version }
 *   GET  /api/runs                       { items: RunSummary[] }
 *   POST /api/runs                       { config, name?, engine? } → 201 { id }
 *   GET  /api/runs/:id                   RunDetail
 *   PATCH /api/runs/:id                  { name?, notes?, tags? } → RunDetail
 *   GET  /api/runs/:id/metrics?offset=   { items: MetricPoint[], offset }   (from_step, to_step, points: a thinned range)
 *   GET  /api/runs/:id/log?offset=       { text, from, to }
 *   POST /api/runs/:id/stop              { discard?, now? } → 202 { status }
 *   POST /api/runs/:id/resume            202 { status }
 *   POST /api/runs/:id/start             202 { status }   (a waiting run, beside those that are going)
 *   POST /api/runs/:id/continue          { epochs, schedule } → 201 { id }
 *   GET  /api/runs/:id/samples           { items: Sample[] }
 *   DELETE /api/runs/:id                 { removed: [{ name, bytes }] }   (?dry=1 only lists them)
 *   POST /api/runs/check                 { config, engine? } → Forecast
 *   POST /api/runs/import                { path, how, dry? } → ImportPreview, or 201 { id }
 *   GET  /api/queue                      QueueStatus
 *   PATCH /api/queue                     { slots?, paused?, continue_on_error?, order? } → QueueStatus
 *   POST /api/sweeps                     { config, axes, name?, engine? } → 201 { id, runs }   (?dry=1 only names the runs)
 *   GET  /api/datasets                   { items: DatasetSummary[], problems: string[] }
 *   GET  /api/datasets/:name/rows?offset=&limit=   { items, total }
 *   GET  /api/models                     { items: ModelSummary[] }
 *   GET  /api/models/inspect?path=       ModelSummary
 *   GET  /api/engines                    { items: EngineStatus[] }   (?refresh=1 looks again)
 *   GET  /api/machine                    MachineStatus
 *   GET  /api/chat/targets               { items: ChatTarget[] }
 *   POST /api/chat/load                  { targets: string[] } → { items: ChatServerStatus[] }
 *   POST /api/chat/completions           ChatRequest → text/event-stream of OpenAI chunks
 *   GET  /api/settings, PUT /api/settings
 *   POST /api/gpu/install                202; progress through GET /api/gpu
 */
import { z } from "zod";
import { engineIdSchema, engineWishSchema } from "./engine-id";
import { memoryForecastSchema } from "./memory-forecast";
import { modelShapeSchema } from "./model-shape";
import { problemSchema } from "./problem";
import { trainingWaySchema } from "./training-ways";

export { engineIdSchema, engineWishSchema, type EngineId, type EngineWish } from "./engine-id";

/**
 * Which engine a run gets, and why. `ground` tells in one word what `reason` says in a sentence: chosen by hand, nothing
 * against it, or what embedded lacks.
 */
export const engineChoiceSchema = z.object({
  engine: engineIdSchema,
  ground: z.enum(["chosen", "suits", "limit"]),
  reason: z.string(),
});
export type EngineChoice = z.infer<typeof engineChoiceSchema>;

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
  /** Missing means auto. */
  engine: engineWishSchema.optional(),
});
export type CreateRun = z.infer<typeof createRunSchema>;

export const checkRunSchema = createRunSchema.omit({ name: true });

/** What will happen if the run starts now. */
export const forecastSchema = z.object({
  problems: z.array(problemSchema),
  /** The engine that would train it, and why; the checks are that engine's. */
  choice: engineChoiceSchema,
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
  /** What it takes on every engine and device there is, the asked one first. */
  memory: z.array(memoryForecastSchema),
  /** The ways to train this model here, each with what it changes and takes. */
  ways: z.array(trainingWaySchema),
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

/** What a look into a model's folder finds; "other_engine": fine, but not a family of the embedded trainer. */
export const MODEL_HEALTH = [
  "ready",
  "other_engine",
  "missing",
  "bad_config",
  "no_weights",
  "broken_weights",
  "missing_shard",
  "pickle_only",
  "no_tokenizer",
  "quantised",
] as const;
export type ModelHealth = (typeof MODEL_HEALTH)[number];

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
  vocab_size: z.number().nullable(),
  /** What its card says. */
  license: z.string().nullable(),
  /** For forecasts; null where the folder cannot be read. */
  shape: modelShapeSchema.nullable(),
  health: z.enum(MODEL_HEALTH),
  /** Whether the embedded trainer can train it, and why not. */
  supported: z.boolean(),
  problem: z.string().nullable(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const engineTroubleSchema = z.object({
  /** "torchaudio", "predict", … */
  kind: z.string(),
  message: z.string(),
  /** What to type in a terminal to mend it; null where that is not known. */
  mend: z.string().nullable(),
});
export type EngineTrouble = z.infer<typeof engineTroubleSchema>;

export const engineStatusSchema = z.object({
  id: engineIdSchema,
  name: z.string(),
  available: z.boolean(),
  version: z.string().nullable(),
  devices: z.array(z.string()),
  /** In words: why not available, what to do. */
  reason: z.string().nullable(),
  /** What it runs on, as it says itself: "PyTorch version" and the like. */
  facts: z.array(z.object({ name: z.string(), value: z.string() })),
  /** What is missing or broken, and how to mend it; with some of it the engine still works. */
  troubles: z.array(engineTroubleSchema),
  /** The program that was found; null where there is none or none is needed. */
  program: z.string().nullable(),
  /** ISO 8601: when it was looked at; null while that goes on or where nothing can change. */
  checked_at: z.string().nullable(),
  /** It is being looked at now; the rest is what was known before. Ask again. */
  looking: z.boolean().optional(),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;

export const settingsSchema = z.object({
  home: z.string(),
  port: z.number(),
  version: z.string(),
  node: z.string(),
  /** Path of llamafactory-cli when set by hand; null means PATH. */
  llamafactory_cli: z.string().nullable(),
  /** Largest file that is taken in as a dataset. */
  upload_limit_bytes: z.number().int().positive(),
  /** What must stay free on the disk. */
  disk_floor_bytes: z.number().int().min(0),
});
export type Settings = z.infer<typeof settingsSchema>;
export const updateSettingsSchema = settingsSchema
  .pick({ llamafactory_cli: true, upload_limit_bytes: true, disk_floor_bytes: true })
  .partial();
export type UpdateSettings = z.infer<typeof updateSettingsSchema>;

export const gpuLibrarySchema = z.object({
  state: z.enum(["absent", "installing", "installed", "failed"]),
  detail: z.string(),
});
export type GpuLibrary = z.infer<typeof gpuLibrarySchema>;
