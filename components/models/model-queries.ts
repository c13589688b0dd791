/** What the Models page reads and does over the API: adapters, downloads, hubs. Downloads are asked again while they go. */
import { type QueryClient, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { modelSummarySchema, type ModelSummary } from "@/server/contract/api";
import {
  type Download,
  downloadSchema,
  type HubKind,
  hubPreviewSchema,
  type HubName,
  hubSettingsSchema,
  knownModelSchema,
  type StartDownload,
  type UpdateHub,
} from "@/server/contract/hub";
import { adapterSummarySchema, modelRemovalSchema } from "@/server/contract/model-folders";
import { callApi, listOf } from "../api/client";
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
  queryFn: ({ signal }) => callApi("/api/downloads", { schema: listOf(downloadSchema), signal }),
  refetchInterval: (query) => (query.state.data?.items.some(isGoing) ? GOING_MS : RESTING_MS),
});

export const adaptersQuery = queryOptions({
  queryKey: [...queryKeys.models, "adapters"],
  queryFn: ({ signal }) =>
    callApi("/api/models", { schema: z.object({ adapters: z.array(adapterSummarySchema) }), signal }),
});

export const hubSettingsQuery = queryOptions({
  queryKey: hubKeys.settings,
  queryFn: ({ signal }) => callApi("/api/hub", { schema: hubSettingsSchema, signal }),
  staleTime: 30_000,
});

export const knownModelsQuery = (text: string) =>
  queryOptions({
    queryKey: hubKeys.known(text),
    queryFn: ({ signal }) =>
      callApi(`/api/hub/known?text=${encodeURIComponent(text)}`, {
        schema: listOf(knownModelSchema),
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
    queryFn: ({ signal }) =>
      callApi(`/api/hub/preview?${query.toString()}`, { schema: hubPreviewSchema, signal }),
    retry: false,
    staleTime: 60_000,
  });
};

export async function startDownload(queries: QueryClient, request: StartDownload): Promise<Download> {
  const started = await callApi("/api/downloads", { method: "POST", body: request, schema: downloadSchema });
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
    ? callApi(address, { method: "DELETE", schema: z.unknown() })
    : callApi(`${address}/${change}`, { method: "POST", schema: z.unknown() }));
  await queries.invalidateQueries({ queryKey: hubKeys.downloads });
}

export function updateHub(change: UpdateHub) {
  return callApi("/api/hub", { method: "PUT", body: change, schema: hubSettingsSchema });
}

export function removalOf(path: string, signal?: AbortSignal) {
  return callApi(`/api/models?path=${encodeURIComponent(path)}&dry=1`, {
    method: "DELETE",
    schema: modelRemovalSchema,
    signal,
  });
}

export function removeModel(path: string) {
  return callApi(`/api/models?path=${encodeURIComponent(path)}`, {
    method: "DELETE",
    schema: modelRemovalSchema,
  });
}

export function linkFolder(path: string): Promise<ModelSummary> {
  return callApi("/api/models", { method: "POST", body: { path }, schema: modelSummarySchema });
}
