/** What the page reads of datasets and what it asks to be changed, over the console's API. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  additionSchema,
  datasetDetailSchema,
  datasetListSchema,
  identityRowsSchema,
  incomingSchema,
  lengthsSchema,
  registryTextSchema,
  removalSchema,
  renderedRowSchema,
  rowFilesSchema,
  rowPageSchema,
  surveySchema,
  undoableSchema,
  type AddRequest,
  type Encoding,
  type IdentityRequest,
  type RowEdits,
} from "@/server/contract/datasets";
import { z } from "zod";
import { callApi, listOf } from "../api/client";
import { queryKeys } from "../api/query-keys";

const address = (name: string) => `/api/datasets/${encodeURIComponent(name)}`;

/** How often things that are under way are asked for again. */
const POLL_MS = 400;

export const datasetListQuery = queryOptions({
  queryKey: [...queryKeys.datasets, "list"],
  queryFn: ({ signal }) => callApi("/api/datasets", { schema: datasetListSchema, signal }),
  refetchInterval: (query) => (query.state.data?.items.some(({ counting }) => counting) ? 1000 : false),
});

export const datasetDetailQuery = (name: string) =>
  queryOptions({
    queryKey: [...queryKeys.datasets, name, "detail"],
    queryFn: ({ signal }) => callApi(address(name), { schema: datasetDetailSchema, signal }),
    enabled: name !== "",
  });

export const PAGE_ROWS = 50;

/** A page of rows; the first page is asked for again while rows are still being counted. */
export const rowPageQuery = (name: string, page: number) =>
  queryOptions({
    queryKey: [...queryKeys.datasetRows(name), "page", page],
    queryFn: ({ signal }) =>
      callApi(`${address(name)}/rows?offset=${page * PAGE_ROWS}&limit=${PAGE_ROWS}`, {
        schema: rowPageSchema,
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
      callApi(`${address(name)}/render`, {
        method: "POST",
        body: { encoding, offset: page * RENDERED_ROWS, limit: RENDERED_ROWS },
        schema: listOf(renderedRowSchema),
        signal,
      }),
    enabled: name !== "" && encoding !== null,
    staleTime: 60_000,
    retry: false,
  });

export const surveyQuery = (name: string, enabled = true) =>
  queryOptions({
    queryKey: [...queryKeys.datasets, name, "survey"],
    queryFn: ({ signal }) => callApi(`${address(name)}/survey`, { schema: surveySchema, signal }),
    enabled: enabled && name !== "",
    refetchInterval: (query) => (query.state.data?.state === "running" ? POLL_MS : false),
    retry: false,
  });

export const lengthsQuery = (name: string, encoding: Encoding | null, all: boolean) =>
  queryOptions({
    queryKey: [...queryKeys.datasets, name, "lengths", encoding && { ...encoding, cutoff_len: 0 }, all],
    queryFn: ({ signal }) =>
      callApi(`${address(name)}/lengths`, {
        method: "POST",
        body: { encoding, all },
        schema: lengthsSchema,
        signal,
      }),
    enabled: name !== "" && encoding !== null,
    refetchInterval: (query) => (query.state.data?.state === "running" ? POLL_MS : false),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const registryQuery = queryOptions({
  queryKey: [...queryKeys.datasets, "registry"],
  queryFn: ({ signal }) => callApi("/api/data/registry", { schema: registryTextSchema, signal }),
});

export const identityRowsQuery = (request: IdentityRequest) =>
  queryOptions({
    queryKey: ["identity", request],
    queryFn: ({ signal }) =>
      callApi("/api/data/identity/rows", {
        method: "POST",
        body: request,
        schema: identityRowsSchema,
        signal,
      }),
    enabled: request.name.trim() !== "" && request.author.trim() !== "" && request.languages.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const additionQuery = (id: string, enabled: boolean) =>
  queryOptions({
    queryKey: ["incoming", id],
    queryFn: ({ signal }) => callApi(`/api/data/incoming/${id}/add`, { schema: additionSchema, signal }),
    enabled,
    refetchInterval: (query) => (query.state.data?.state === "running" ? 200 : false),
  });

export const lookAt = (from: { upload: string } | { path: string }) =>
  callApi("/api/data/incoming", { method: "POST", body: from, schema: incomingSchema });

/** The files of rows that a path on the console's machine names. */
export const rowFilesOf = (path: string) =>
  callApi("/api/data/incoming/files", { method: "POST", body: { path }, schema: rowFilesSchema });

export const addIncoming = (id: string, request: AddRequest) =>
  callApi(`/api/data/incoming/${id}/add`, { method: "POST", body: request, schema: additionSchema });

export const addIdentity = (request: IdentityRequest) =>
  callApi("/api/data/identity", { method: "POST", body: request, schema: undoableSchema });

export const changeEntry = (name: string, entry: Record<string, unknown>) =>
  callApi(address(name), { method: "PUT", body: { entry }, schema: undoableSchema });

export const editRows = (name: string, edits: RowEdits) =>
  callApi(`${address(name)}/rows`, { method: "PATCH", body: edits, schema: undoableSchema });

export const removeDataset = (name: string, options: { files: boolean; dry: boolean }) =>
  callApi(`${address(name)}?files=${Number(options.files)}&dry=${Number(options.dry)}`, {
    method: "DELETE",
    schema: removalSchema,
  });

export const replaceRegistry = (text: string) =>
  callApi("/api/data/registry", { method: "PUT", body: { text }, schema: undoableSchema });

export const undoChange = (id: string) =>
  callApi(`/api/data/undo/${id}`, { method: "POST", schema: z.object({ undone: z.boolean() }) });
