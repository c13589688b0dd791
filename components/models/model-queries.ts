/** What the Models page reads and does over the API: adapters, downloads, hubs. Downloads are asked again while they go. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import type { ModelSummary } from "@/server/contract/api";
import type {
  Download,
  HubKind,
  HubName,
  HubPreview,
  HubSettings,
  KnownModel,
  StartDownload,
  UpdateHub,
} from "@/server/contract/hub";
import type { AdapterSummary, ModelRemoval } from "@/server/contract/model-folders";
import { callApi, type ListOf } from "../api/client";
import { queryKeys } from "../api/query-keys";

const GOING_MS = 700;
const RESTING_MS = 15_000;

export const hubKeys = {
  settings: ["hub"],
  downloads: ["downloads"],
  known: (text: string) => ["hub", "known", text],
  preview: (asked: unknown) => ["hub", "preview", asked],
} as const;

export function isGoing({ state }: Pick<Download, "state">): boolean {
  return state === "running" || state === "retrying" || state === "checking";
}

export const downloadsQuery = queryOptions({
  queryKey: hubKeys.downloads,
  queryFn: ({ signal }) => callApi<ListOf<Download>>("/api/downloads", { signal }),
  refetchInterval: (query) => (query.state.data?.items.some(isGoing) ? GOING_MS : RESTING_MS),
});

export const adaptersQuery = queryOptions({
  queryKey: [...queryKeys.models, "adapters"],
  queryFn: ({ signal }) => callApi<{ adapters: AdapterSummary[] }>("/api/models", { signal }),
});

export const hubSettingsQuery = queryOptions({
  queryKey: hubKeys.settings,
  queryFn: ({ signal }) => callApi<HubSettings>("/api/hub", { signal }),
  staleTime: 30_000,
});

export const knownModelsQuery = (text: string) =>
  queryOptions({
    queryKey: hubKeys.known(text),
    queryFn: ({ signal }) =>
      callApi<ListOf<KnownModel>>(`/api/hub/known?text=${encodeURIComponent(text)}`, {
        signal,
      }),
    staleTime: Infinity,
    placeholderData: (earlier) => earlier,
  });

export interface PreviewRequest {
  kind: HubKind;
  id: string;
  hub: HubName | null;
  revision: string | null;
}

export const hubPreviewQuery = ({ kind, id, hub, revision }: PreviewRequest) => {
  const query = new URLSearchParams({ kind, id, ...(hub && { hub }), ...(revision && { revision }) });
  return queryOptions({
    queryKey: hubKeys.preview({ kind, id, hub, revision }),
    queryFn: ({ signal }) => callApi<HubPreview>(`/api/hub/preview?${query.toString()}`, { signal }),
    retry: false,
    staleTime: 60_000,
  });
};

export async function startDownload(queries: QueryClient, request: StartDownload): Promise<Download> {
  const started = await callApi<Download>("/api/downloads", { method: "POST", body: request });
  await queries.invalidateQueries({ queryKey: hubKeys.downloads });
  return started;
}

export async function changeDownload(
  queries: QueryClient,
  id: string,
  change: "pause" | "resume" | "cancel",
): Promise<void> {
  const address = `/api/downloads/${encodeURIComponent(id)}`;
  await (change === "cancel"
    ? callApi(address, { method: "DELETE" })
    : callApi(`${address}/${change}`, { method: "POST" }));
  await queries.invalidateQueries({ queryKey: hubKeys.downloads });
}

export function updateHub(change: UpdateHub) {
  return callApi<HubSettings>("/api/hub", { method: "PUT", body: change });
}

export function removalOf(path: string, signal?: AbortSignal) {
  return callApi<ModelRemoval>(`/api/models?path=${encodeURIComponent(path)}&dry=1`, {
    method: "DELETE",
    signal,
  });
}

export function removeModel(path: string) {
  return callApi<ModelRemoval>(`/api/models?path=${encodeURIComponent(path)}`, {
    method: "DELETE",
  });
}

export function linkFolder(path: string): Promise<ModelSummary> {
  return callApi<ModelSummary>("/api/models", { method: "POST", body: { path } });
}
