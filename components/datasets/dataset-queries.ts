/** What the page reads of datasets and what it asks to be changed, over the console's API. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type {
  Addition,
  AddRequest,
  DatasetDetail,
  DatasetList,
  Encoding,
  IdentityRequest,
  IdentityRows,
  Incoming,
  Lengths,
  RegistryText,
  Removal,
  RenderedRow,
  RowEdits,
  RowFiles,
  RowPage,
  Survey,
  Undoable,
} from "@/server/contract/datasets";
import { callApi, type ListOf } from "../api/client";
import { queryKeys } from "../api/query-keys";

const address = (name: string) => `/api/datasets/${encodeURIComponent(name)}`;

/** How often things that are under way are asked for again. */
const POLL_MS = 400;

export const datasetListQuery = queryOptions({
  queryKey: [...queryKeys.datasets, "list"],
  queryFn: ({ signal }) => callApi<DatasetList>("/api/datasets", { signal }),
  refetchInterval: (query) => (query.state.data?.items.some(({ counting }) => counting) ? 1000 : false),
});

export const datasetDetailQuery = (name: string) =>
  queryOptions({
    queryKey: [...queryKeys.datasets, name, "detail"],
    queryFn: ({ signal }) => callApi<DatasetDetail>(address(name), { signal }),
    enabled: name !== "",
  });

export const PAGE_ROWS = 50;

/** A page of rows; the first page is asked for again while rows are still being counted. */
export const rowPageQuery = (name: string, page: number) =>
  queryOptions({
    queryKey: [...queryKeys.datasetRows(name), "page", page],
    queryFn: ({ signal }) =>
      callApi<RowPage>(`${address(name)}/rows?offset=${page * PAGE_ROWS}&limit=${PAGE_ROWS}`, {
        signal,
      }),
    enabled: name !== "",
    staleTime: 60_000,
    refetchInterval: (query) => (page === 0 && query.state.data?.counted != null ? POLL_MS : false),
  });

export const RENDERED_ROWS = 10;

/** Rows as text and tokens, a few at a time: tokenizing costs. */
export const renderedQuery = (name: string, page: number, encoding: Encoding | null) =>
  queryOptions({
    queryKey: [...queryKeys.datasetRows(name), "rendered", page, encoding],
    queryFn: ({ signal }) =>
      callApi<ListOf<RenderedRow>>(`${address(name)}/render`, {
        method: "POST",
        body: { encoding, offset: page * RENDERED_ROWS, limit: RENDERED_ROWS },
        signal,
      }),
    enabled: name !== "" && encoding !== null,
    staleTime: 60_000,
    retry: false,
  });

export const surveyQuery = (name: string, enabled = true) =>
  queryOptions({
    queryKey: [...queryKeys.datasets, name, "survey"],
    queryFn: ({ signal }) => callApi<Survey>(`${address(name)}/survey`, { signal }),
    enabled: enabled && name !== "",
    refetchInterval: (query) => (query.state.data?.state === "running" ? POLL_MS : false),
    retry: false,
  });

export const lengthsQuery = (name: string, encoding: Encoding | null, all: boolean) =>
  queryOptions({
    queryKey: [...queryKeys.datasets, name, "lengths", encoding && { ...encoding, cutoff_len: 0 }, all],
    queryFn: ({ signal }) =>
      callApi<Lengths>(`${address(name)}/lengths`, {
        method: "POST",
        body: { encoding, all },
        signal,
      }),
    enabled: name !== "" && encoding !== null,
    refetchInterval: (query) => (query.state.data?.state === "running" ? POLL_MS : false),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const registryQuery = queryOptions({
  queryKey: [...queryKeys.datasets, "registry"],
  queryFn: ({ signal }) => callApi<RegistryText>("/api/data/registry", { signal }),
});

export const identityRowsQuery = (request: IdentityRequest) =>
  queryOptions({
    queryKey: ["identity", request],
    queryFn: ({ signal }) =>
      callApi<IdentityRows>("/api/data/identity/rows", {
        method: "POST",
        body: request,
        signal,
      }),
    enabled: request.name.trim() !== "" && request.author.trim() !== "" && request.languages.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const additionQuery = (id: string, enabled: boolean) =>
  queryOptions({
    queryKey: ["incoming", id],
    queryFn: ({ signal }) => callApi<Addition>(`/api/data/incoming/${id}/add`, { signal }),
    enabled,
    refetchInterval: (query) => (query.state.data?.state === "running" ? 200 : false),
  });

export const lookAt = (from: { upload: string } | { path: string }) =>
  callApi<Incoming>("/api/data/incoming", { method: "POST", body: from });

/** The files of rows that a path on the console's machine names. */
export const rowFilesOf = (path: string) =>
  callApi<RowFiles>("/api/data/incoming/files", { method: "POST", body: { path } });

export const addIncoming = (id: string, request: AddRequest) =>
  callApi<Addition>(`/api/data/incoming/${id}/add`, { method: "POST", body: request });

export const addIdentity = (request: IdentityRequest) =>
  callApi<Undoable>("/api/data/identity", { method: "POST", body: request });

export const changeEntry = (name: string, entry: Record<string, unknown>) =>
  callApi<Undoable>(address(name), { method: "PUT", body: { entry } });

export const editRows = (name: string, edits: RowEdits) =>
  callApi<Undoable>(`${address(name)}/rows`, { method: "PATCH", body: edits });

export const removeDataset = (name: string, options: { files: boolean; dry: boolean }) =>
  callApi<Removal>(`${address(name)}?files=${Number(options.files)}&dry=${Number(options.dry)}`, {
    method: "DELETE",
  });

export const replaceRegistry = (text: string) =>
  callApi<Undoable>("/api/data/registry", { method: "PUT", body: { text } });

export const undoChange = (id: string) =>
  callApi<{ undone: boolean }>(`/api/data/undo/${id}`, { method: "POST" });
