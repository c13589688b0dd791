"use client";
/**
 * The hooks through which pages follow runs. Each reads the react-query cache, which the socket keeps fresh; while the
 * socket is away they ask over HTTP from the offset they hold.
 */
import {
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useQueries,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { callApi, type ListOf } from "@/components/api/client";
import { queueQuery, runQuery, runsQuery } from "@/components/api/queries";
import { queryKeys } from "@/components/api/query-keys";
import type { LogChunk } from "@/server/contract/events";
import type { MetricPoint, RunSummary } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";
import { type HeldLog, type HeldMetrics, joinLog, joinMetrics, NO_LOG, NO_METRICS } from "./byte-stream";
import { liveClientFor, POINTS } from "./live-client";

/** How often the hooks ask while the socket is away. */
const POLL_MS = 2_000;

/** What the API says of a run's points. */
export interface MetricsReply extends ListOf<MetricPoint> {
  offset: number;
  thinned: number;
}

/** Whether the socket is up (true during its first moments). */
function useSocketUp(): boolean {
  const queries = useQueryClient();
  return useSyncExternalStore(
    (listener) => liveClientFor(queries).onUpChange(listener),
    () => liveClientFor(queries).isUp(),
    () => true,
  );
}

/** All runs, newest first, kept fresh. */
export function useRuns() {
  const queries = useQueryClient();
  const up = useSocketUp();
  useEffect(() => liveClientFor(queries).watchRuns(), [queries]);
  return useQuery({
    ...runsQuery,
    refetchInterval: up ? false : POLL_MS,
    // What the socket keeps fresh is not fetched again for each part of a page that shows it.
    staleTime: up ? Infinity : 0,
    select: (list) => list.items,
  });
}

/** One run with its configuration, checkpoints and files, kept fresh. */
export function useRun(id: string) {
  const up = useSocketUp();
  useWatchRuns([id]);
  return useQuery({ ...runQuery(id), refetchInterval: up ? false : POLL_MS });
}

/** Asks over HTTP for the points after those held. */
function metricsQuery(queries: QueryClient, id: string) {
  return queryOptions({
    queryKey: queryKeys.metrics(id),
    queryFn: async ({ signal }) => {
      const held = queries.getQueryData<HeldMetrics>(queryKeys.metrics(id)) ?? NO_METRICS;
      const path = `/api/runs/${encodeURIComponent(id)}/metrics?offset=${held.to}&points=${POINTS}`;
      const reply = await callApi<MetricsReply>(path, { signal });
      // The socket may have brought the same points meanwhile.
      const now = queries.getQueryData<HeldMetrics>(queryKeys.metrics(id)) ?? NO_METRICS;
      const reset = reply.offset < held.to || (held.to === 0 && reply.thinned > 0 && now.to === 0);
      const { items: points, offset: to, thinned } = reply;
      return joinMetrics(now, { from: held.to, to, reset, points, thinned }).held;
    },
    staleTime: Infinity,
    // A list of points only grows; comparing it deeply at every arrival would cost more than drawing it.
    structuralSharing: false,
  });
}

/** Every metric point of a run so far. */
export function useMetrics(id: string): HeldMetrics | undefined {
  const queries = useQueryClient();
  const up = useSocketUp();
  useWatchRuns([id]);
  const { data } = useQuery({
    ...metricsQuery(queries, id),
    enabled: !up,
    refetchInterval: up ? false : POLL_MS,
  });
  return data;
}

/** Every line between two steps of a thinned curve, or as many as can be drawn; nothing where no range is asked for. */
export function useMetricsRange(id: string, range: { from: number; to: number } | null) {
  const [from, to] = range ? [Math.floor(range.from), Math.ceil(range.to)] : [0, 0];
  const { data } = useQuery({
    queryKey: [...queryKeys.metrics(id), "range", from, to],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({
        from_step: String(from),
        to_step: String(to),
        points: String(POINTS),
      });
      return callApi<MetricsReply>(`/api/runs/${encodeURIComponent(id)}/metrics?${query.toString()}`, {
        signal,
      });
    },
    enabled: range !== null,
    staleTime: Infinity,
    gcTime: 60_000,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
  return range === null ? undefined : data?.items;
}

/** How the queue behaves, kept fresh. */
export function useQueue() {
  const queries = useQueryClient();
  const up = useSocketUp();
  useEffect(() => liveClientFor(queries).watchRuns(), [queries]);
  return useQuery({ ...queueQuery, refetchInterval: up ? false : POLL_MS });
}

/** The points of several runs at once, in their order: those that are going through the socket, ended ones read once. */
export function useManyMetrics(
  runs: readonly Pick<RunSummary, "id" | "status">[],
): (HeldMetrics | undefined)[] {
  const queries = useQueryClient();
  const up = useSocketUp();
  useWatchRuns(runs.flatMap((run) => (isEnded(run.status) ? [] : [run.id])));
  return useQueries({
    queries: runs.map((run) => ({ ...metricsQuery(queries, run.id), enabled: isEnded(run.status) || !up })),
    combine: dataOf,
  });
}

function dataOf(results: UseQueryResult<HeldMetrics>[]): (HeldMetrics | undefined)[] {
  return results.map((result) => result.data);
}

/** The log of a run: its last 64 kB when the page opens, and everything since. */
export function useLog(id: string): HeldLog | undefined {
  const queries = useQueryClient();
  const up = useSocketUp();
  useWatchRuns([id]);
  const { data } = useQuery({
    queryKey: queryKeys.log(id),
    queryFn: async ({ signal }) => {
      const held = queries.getQueryData<HeldLog>(queryKeys.log(id)) ?? NO_LOG;
      const path = `/api/runs/${encodeURIComponent(id)}/log?offset=${held.to}`;
      const reply = await callApi<Pick<LogChunk, "text" | "from" | "to">>(path, { signal });
      const now = queries.getQueryData<HeldLog>(queryKeys.log(id)) ?? NO_LOG;
      return joinLog(now, { ...reply, reset: reply.to < held.to }).held;
    },
    enabled: !up,
    refetchInterval: up ? false : POLL_MS,
    staleTime: Infinity,
    structuralSharing: false,
  });
  return data;
}

function useWatchRuns(ids: readonly string[]) {
  const queries = useQueryClient();
  const key = ids.join("\n");
  useEffect(() => {
    const stops = (key === "" ? [] : key.split("\n")).map((id) => liveClientFor(queries).watchRun(id));
    return () => {
      for (const stop of stops) stop();
    };
  }, [queries, key]);
}
