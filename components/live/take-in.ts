/**
 * Writes what the socket or HTTP brought into the react-query cache: points and log lines joined by byte offset, runs
 * replaced in the list and in their own entry. It does not know where things come from.
 */
import type { QueryClient } from "@tanstack/react-query";
import { queryKeys } from "@/components/api/query-keys";
import type { LogChunk, MetricsChunk } from "@/server/contract/events";
import type { RunDetail, RunSummary } from "@/server/contract/run";
import {
  type HeldLog,
  type HeldMetrics,
  type Joined,
  joinLog,
  joinMetrics,
  NO_LOG,
  NO_METRICS,
} from "./byte-stream";

export type Arrival =
  | { kind: "metrics"; chunk: MetricsChunk }
  | { kind: "log"; chunk: LogChunk }
  | { kind: "run"; run: RunSummary }
  | { kind: "removed"; id: string };

/** Takes in everything that came since the last time; returns the runs of which bytes are missing. */
export function takeIn(queries: QueryClient, arrivals: readonly Arrival[]): ReadonlySet<string> {
  const gaps = new Set<string>();
  for (const [id, chunks] of byRun(
    arrivals.flatMap((item) => (item.kind === "metrics" ? [item.chunk] : [])),
  )) {
    const joined = joinAll(
      queries.getQueryData<HeldMetrics>(queryKeys.metrics(id)) ?? NO_METRICS,
      chunks,
      joinMetrics,
    );
    queries.setQueryData(queryKeys.metrics(id), joined.held);
    if (joined.missing) gaps.add(id);
  }
  for (const [id, chunks] of byRun(arrivals.flatMap((item) => (item.kind === "log" ? [item.chunk] : [])))) {
    const joined = joinAll(queries.getQueryData<HeldLog>(queryKeys.log(id)) ?? NO_LOG, chunks, joinLog);
    queries.setQueryData(queryKeys.log(id), joined.held);
    if (joined.missing) gaps.add(id);
  }
  takeInRuns(queries, latestRuns(arrivals));
  return gaps;
}

function byRun<C extends { id: string }>(chunks: readonly C[]): ReadonlyMap<string, C[]> {
  const groups = new Map<string, C[]>();
  for (const chunk of chunks) {
    const group = groups.get(chunk.id);
    if (group) group.push(chunk);
    else groups.set(chunk.id, [chunk]);
  }
  return groups;
}

function joinAll<H, C>(held: H, chunks: readonly C[], join: (held: H, chunk: C) => Joined<H>): Joined<H> {
  let missing = false;
  for (const chunk of chunks) {
    const joined = join(held, chunk);
    held = joined.held;
    missing ||= joined.missing;
  }
  return { held, missing };
}

/** The last word on each run; null where it was removed. */
function latestRuns(arrivals: readonly Arrival[]): ReadonlyMap<string, RunSummary | null> {
  const latest = new Map<string, RunSummary | null>();
  for (const item of arrivals) {
    if (item.kind === "run") latest.set(item.run.id, item.run);
    if (item.kind === "removed") latest.set(item.id, null);
  }
  return latest;
}

function takeInRuns(queries: QueryClient, changes: ReadonlyMap<string, RunSummary | null>) {
  if (changes.size === 0) return;
  queries.setQueryData<{ items: RunSummary[] }>(
    queryKeys.runs,
    (list) => list && { ...list, items: mergeRuns(list.items, changes) },
  );
  for (const [id, run] of changes) {
    if (!run) continue;
    const before = queries.getQueryData<RunDetail>(queryKeys.run(id));
    if (!before) continue;
    queries.setQueryData<RunDetail>(queryKeys.run(id), { ...before, ...run });
    if (filesChanged(before, run))
      void queries.invalidateQueries({ queryKey: queryKeys.run(id), exact: true });
  }
}

/** The list with changed runs replaced, new ones in front and removed ones (null) left out. */
export function mergeRuns(
  list: readonly RunSummary[],
  changes: ReadonlyMap<string, RunSummary | null>,
): RunSummary[] {
  const known = new Set(list.map((run) => run.id));
  const added = [...changes.values()].filter((run): run is RunSummary => run !== null && !known.has(run.id));
  const kept = list.flatMap((run) => {
    const change = changes.get(run.id);
    return change === undefined ? [run] : change === null ? [] : [change];
  });
  return [...added.reverse(), ...kept];
}

/** Checkpoints and files are not in the summary; they change where a phase or the run ends. */
function filesChanged(before: RunSummary, after: RunSummary): boolean {
  return (
    before.status !== after.status || before.phase !== after.phase || before.best_step !== after.best_step
  );
}
