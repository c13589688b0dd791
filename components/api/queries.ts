/** What the pages read from the API, one hook each. Freshness comes from the socket where it is up, else from polling. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  datasetSummarySchema,
  engineStatusSchema,
  forecastSchema,
  gpuLibrarySchema,
  modelSummarySchema,
  settingsSchema,
  type EngineWish,
} from "@/server/contract/api";
import { chatTargetSchema } from "@/server/contract/chat";
import { queueStatusSchema } from "@/server/contract/queue";
import { runDetailSchema, runSummarySchema } from "@/server/contract/run";
import { sampleSchema } from "@/server/contract/samples";
import { callApi, listOf } from "./client";
import { queryKeys } from "./query-keys";

const machineSchema = z.object({
  cpu_threads: z.number(),
  cpu_load: z.number(),
  memory_used_bytes: z.number(),
  memory_total_bytes: z.number(),
  disk_free_bytes: z.number(),
  gpus: z.array(
    z.object({
      name: z.string(),
      memory_used_bytes: z.number().nullable(),
      memory_total_bytes: z.number().nullable(),
    }),
  ),
});

const datasetListSchema = listOf(datasetSummarySchema).extend({ problems: z.array(z.string()).default([]) });
const datasetRowsSchema = z.object({ items: z.array(z.unknown()), total: z.number() });

export const runsQuery = queryOptions({
  queryKey: queryKeys.runs,
  queryFn: ({ signal }) => callApi("/api/runs", { schema: listOf(runSummarySchema), signal }),
  refetchInterval: 10_000,
});

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.run(id),
    queryFn: ({ signal }) =>
      callApi(`/api/runs/${encodeURIComponent(id)}`, { schema: runDetailSchema, signal }),
  });

/** The answers that a run gave at its checkpoints so far. */
export const samplesQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.samples(id),
    queryFn: ({ signal }) =>
      callApi(`/api/runs/${encodeURIComponent(id)}/samples`, { schema: listOf(sampleSchema), signal }),
  });

export const queueQuery = queryOptions({
  queryKey: queryKeys.queue,
  queryFn: ({ signal }) => callApi("/api/queue", { schema: queueStatusSchema, signal }),
});

export const machineQuery = queryOptions({
  queryKey: queryKeys.machine,
  queryFn: ({ signal }) => callApi("/api/machine", { schema: machineSchema, signal }),
  refetchInterval: 5_000,
});

export const enginesQuery = queryOptions({
  queryKey: queryKeys.engines,
  queryFn: ({ signal }) => callApi("/api/engines", { schema: listOf(engineStatusSchema), signal }),
  staleTime: 60_000,
  // Looking at a Python environment takes a while; the console answers meanwhile with what it knows.
  refetchInterval: (query) => (query.state.data?.items.some(({ looking }) => looking) ? 1500 : false),
});

export const datasetsQuery = queryOptions({
  queryKey: queryKeys.datasets,
  queryFn: ({ signal }) => callApi("/api/datasets", { schema: datasetListSchema, signal }),
});

export const datasetRowsQuery = (name: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...queryKeys.datasetRows(name), offset, limit],
    queryFn: ({ signal }) =>
      callApi(`/api/datasets/${encodeURIComponent(name)}/rows?offset=${offset}&limit=${limit}`, {
        schema: datasetRowsSchema,
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const modelsQuery = queryOptions({
  queryKey: queryKeys.models,
  queryFn: ({ signal }) => callApi("/api/models", { schema: listOf(modelSummarySchema), signal }),
});

export const modelQuery = (path: string) =>
  queryOptions({
    queryKey: queryKeys.model(path),
    queryFn: ({ signal }) =>
      callApi(`/api/models/inspect?path=${encodeURIComponent(path)}`, { schema: modelSummarySchema, signal }),
    enabled: path !== "",
    retry: false,
    placeholderData: keepPreviousData,
  });

/** Everything that can answer: models, runs that left weights, their checkpoints. */
export const chatTargetsQuery = queryOptions({
  queryKey: queryKeys.chatTargets,
  queryFn: ({ signal }) => callApi("/api/chat/targets", { schema: listOf(chatTargetSchema), signal }),
});

export const settingsQuery = queryOptions({
  queryKey: queryKeys.settings,
  queryFn: ({ signal }) => callApi("/api/settings", { schema: settingsSchema, signal }),
});

export const gpuQuery = queryOptions({
  queryKey: queryKeys.gpu,
  queryFn: ({ signal }) => callApi("/api/gpu", { schema: gpuLibrarySchema, signal }),
  refetchInterval: (query) => (query.state.data?.state === "installing" ? 1_000 : false),
});

export interface ForecastRequest {
  config: Record<string, unknown>;
  engine?: EngineWish;
}

/** What would happen if this configuration started now; the last answer stays on screen while the next is made. */
export const forecastQuery = (request: ForecastRequest) =>
  queryOptions({
    queryKey: queryKeys.forecast(request),
    queryFn: ({ signal }) =>
      callApi("/api/runs/check", { method: "POST", body: request, schema: forecastSchema, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
