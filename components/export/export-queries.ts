/** What the export page reads from the API. */
import { queryOptions } from "@tanstack/react-query";
import type { ModelExport } from "@/server/contract/model-export";
import { callApi, type ListOf } from "../api/client";

export const EXPORTS_KEY = ["exports"] as const;
const POLL_MS = 700;

/** All exports, newest first; asked often while one is being written. */
export const exportsQuery = queryOptions({
  queryKey: EXPORTS_KEY,
  queryFn: ({ signal }) => callApi<ListOf<ModelExport>>("/api/exports", { signal }),
  select: ({ items }) => items,
  refetchInterval: (query) =>
    query.state.data?.items.some(({ state }) => state === "running") ? POLL_MS : false,
});
