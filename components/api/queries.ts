/** What the pages read from the API, one hook each. Freshness comes from the socket where it is up, else from polling. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  DatasetSummary,
  EngineStatus,
  EngineWish,
  Forecast,
  GpuLibrary,
  ModelSummary,
  Settings,
} from "@/server/contract/api";
import type { ChatTarget } from "@/server/contract/chat";
import type { MachineStatus } from "@/server/contract/events";
import type { QueueStatus } from "@/server/contract/queue";
import type { RunDetail, RunSummary } from "@/server/contract/run";
import type { Sample } from "@/server/contract/samples";
import { callApi, type ListOf } from "./client";
import { queryKeys } from "./query-keys";

interface DatasetRows extends ListOf<unknown> {
  total: number;
}

export const runsQuery = queryOptions({
  queryKey: queryKeys.runs,
  queryFn: ({ signal }) => callApi<ListOf<RunSummary>>("/api/runs", { signal }),
  refetchInterval: 10_000,
});

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.run(id),
    queryFn: ({ signal }) => callApi<RunDetail>(`/api/runs/${encodeURIComponent(id)}`, { signal }),
  });

/** The answers that a run gave at its checkpoints so far. */
export const samplesQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.samples(id),
    queryFn: ({ signal }) =>
      callApi<ListOf<Sample>>(`/api/runs/${encodeURIComponent(id)}/samples`, { signal }),
  });

export const queueQuery = queryOptions({
  queryKey: queryKeys.queue,
  queryFn: ({ signal }) => callApi<QueueStatus>("/api/queue", { signal }),
});

export const machineQuery = queryOptions({
  queryKey: queryKeys.machine,
  queryFn: ({ signal }) => callApi<MachineStatus>("/api/machine", { signal }),
  refetchInterval: 5_000,
});

export const enginesQuery = queryOptions({
  queryKey: queryKeys.engines,
  queryFn: ({ signal }) => callApi<ListOf<EngineStatus>>("/api/engines", { signal }),
  staleTime: 60_000,
  // Looking at a Python environment takes a while; the console answers meanwhile with what it knows.
  refetchInterval: (query) => (query.state.data?.items.some(({ looking }) => looking) ? 1500 : false),
});

export const datasetsQuery = queryOptions({
  queryKey: queryKeys.datasets,
  queryFn: ({ signal }) => callApi<ListOf<DatasetSummary>>("/api/datasets", { signal }),
});

export const datasetRowsQuery = (name: string, offset: number, limit: number) =>
  queryOptions({
    queryKey: [...queryKeys.datasetRows(name), offset, limit],
    queryFn: ({ signal }) =>
      callApi<DatasetRows>(`/api/datasets/${encodeURIComponent(name)}/rows?offset=${offset}&limit=${limit}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const modelsQuery = queryOptions({
  queryKey: queryKeys.models,
  queryFn: ({ signal }) => callApi<ListOf<ModelSummary>>("/api/models", { signal }),
});

export const modelQuery = (path: string) =>
  queryOptions({
    queryKey: queryKeys.model(path),
    queryFn: ({ signal }) =>
      callApi<ModelSummary>(`/api/models/inspect?path=${encodeURIComponent(path)}`, { signal }),
    enabled: path !== "",
    retry: false,
    placeholderData: keepPreviousData,
  });

/** Everything that can answer: models, runs that left weights, their checkpoints. */
export const chatTargetsQuery = queryOptions({
  queryKey: queryKeys.chatTargets,
  queryFn: ({ signal }) => callApi<ListOf<ChatTarget>>("/api/chat/targets", { signal }),
});

export const settingsQuery = queryOptions({
  queryKey: queryKeys.settings,
  queryFn: ({ signal }) => callApi<Settings>("/api/settings", { signal }),
});

export const gpuQuery = queryOptions({
  queryKey: queryKeys.gpu,
  queryFn: ({ signal }) => callApi<GpuLibrary>("/api/gpu", { signal }),
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
    queryFn: ({ signal }) => callApi<Forecast>("/api/runs/check", { method: "POST", body: request, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  });
