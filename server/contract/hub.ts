/**
 * Hubs: what can be downloaded from where, how a download stands, and the replies of /api/hub and /api/downloads.
 *
 *   GET    /api/hub                          HubSettings
 *   PUT    /api/hub                          UpdateHub → HubSettings
 *   GET    /api/hub/known?text=              { items: KnownModel[] }
 *   GET    /api/hub/preview?kind=&id=&hub=   HubPreview: the one request that asks a hub without downloading
 *   GET    /api/downloads                    { items: Download[] }
 *   POST   /api/downloads                    StartDownload → 201 Download
 *   POST   /api/downloads/:id/pause          202 Download
 *   POST   /api/downloads/:id/resume         202 Download
 *   DELETE /api/downloads/:id                { removed: bytes }: partial files go, finished ones stay
 */
import { z } from "zod";
import { ERROR_CODES } from "./errors";
import { DOWNLOAD_HUBS, HUB_ID, HUB_KINDS, HUB_NAMES, REVISION } from "./hub-address";
import { modelShapeSchema } from "./model-shape";

export { HUB_ID, readHubAddress, type HubAddress } from "./hub-address";
export { DOWNLOAD_HUBS, HUB_NAMES, type DownloadHub, type HubKind, type HubName } from "./hub-address";

export const hubNameSchema = z.enum(HUB_NAMES);
export const downloadHubSchema = z.enum(DOWNLOAD_HUBS);
export const hubKindSchema = z.enum(HUB_KINDS);
export const hubIdSchema = z.string().regex(HUB_ID, "A hub id is org/name, such as Qwen/Qwen3-0.6B.");
export const revisionSchema = z.string().regex(REVISION, "A revision is a branch, a tag or a commit.");

const fileSchema = z.object({
  /** Inside the repository, with forward slashes. */
  path: z.string(),
  bytes: z.number(),
});

export const hubPreviewSchema = z.object({
  hub: downloadHubSchema,
  kind: hubKindSchema,
  id: z.string(),
  revision: z.string(),
  /** The exact state that will be downloaded, where the hub tells it. */
  commit: z.string().nullable(),
  files: z.array(fileSchema),
  /** Files that are there and stay there. */
  skipped: z.array(fileSchema.extend({ reason: z.enum(["pickle", "other_format", "not_needed", "code"]) })),
  bytes: z.number(),
  /** Where it will lie, relative to the home folder. */
  target: z.string(),
  /** Something is there already: only what is missing or different will be fetched. */
  exists: z.boolean(),
  free_bytes: z.number(),
  license: z.string().nullable(),
  gated: z.boolean(),
  /** From config.json and the sizes of files, for a forecast before anything is downloaded. */
  family: z.string().nullable(),
  shape: modelShapeSchema.nullable(),
  /** Why it cannot be downloaded or would be of no use; null where it can. */
  problem: z.string().nullable(),
});
export type HubPreview = z.infer<typeof hubPreviewSchema>;

export const DOWNLOAD_STATES = ["checking", "running", "retrying", "paused", "failed", "finished"] as const;

export const downloadSchema = z.object({
  id: z.string(),
  hub: downloadHubSchema,
  kind: hubKindSchema,
  repo: z.string(),
  state: z.enum(DOWNLOAD_STATES),
  done_bytes: z.number(),
  total_bytes: z.number(),
  /** Over the last seconds; null while nothing moves. */
  bytes_per_second: z.number().nullable(),
  seconds_left: z.number().nullable(),
  files: z.array(
    fileSchema.extend({
      done_bytes: z.number(),
      state: z.enum(["waiting", "running", "checking", "done"]),
    }),
  ),
  target: z.string(),
  /** What went wrong last, in words; while `retrying`, what it tries to get over. */
  error: z.object({ code: z.enum(ERROR_CODES), message: z.string() }).nullable(),
  /** Names under which a finished dataset is registered, its training rows first. */
  datasets: z.array(z.string()),
  started_at: z.string(),
});
export type Download = z.infer<typeof downloadSchema>;

export const startDownloadSchema = z.object({
  hub: downloadHubSchema.optional(),
  kind: hubKindSchema,
  id: hubIdSchema,
  revision: revisionSchema.optional(),
  /** Only these of the offered files; all where missing. */
  files: z.array(z.string()).min(1).max(10_000).optional(),
});
export type StartDownload = z.infer<typeof startDownloadSchema>;

export const hubSettingsSchema = z.object({
  hub: hubNameSchema,
  /** Address of Hugging Face or a mirror, and of ModelScope. */
  endpoints: z.record(downloadHubSchema, z.string()),
  /** Set by hand; null where it comes from the environment or is the usual one. */
  hf_endpoint: z.string().nullable(),
  /** Whether a token is kept. The token itself never leaves the console. */
  tokens: z.record(downloadHubSchema, z.boolean()),
});
export type HubSettings = z.infer<typeof hubSettingsSchema>;

export const updateHubSchema = z.object({
  hub: hubNameSchema.optional(),
  hf_endpoint: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .optional(),
  token: z
    .object({
      hub: downloadHubSchema,
      /** null forgets it. */
      value: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{8,200}$/, "A token is 8 to 200 letters, digits and signs, without spaces.")
        .nullable(),
    })
    .optional(),
});
export type UpdateHub = z.infer<typeof updateHubSchema>;

export const knownModelSchema = z.object({
  name: z.string(),
  /** Ids on the hubs that have it. */
  huggingface: z.string().nullable(),
  modelscope: z.string().nullable(),
  /** LLaMA-Factory's template for it. */
  template: z.string().nullable(),
});
export type KnownModel = z.infer<typeof knownModelSchema>;
