/** Which runs the list shows: the choices of the filter sentence, as a pure function over the list. */
import { isEnded, type RunSummary } from "@/server/contract/run";

export const STATES = ["any", "going", "done", "broken", "stopped"] as const;
type StateChoice = (typeof STATES)[number];
export const ORDERS = ["newest", "best", "longest"] as const;
type Order = (typeof ORDERS)[number];

export interface RunFilter {
  /** null is any. */
  model: string | null;
  dataset: string | null;
  state: StateChoice;
  order: Order;
}

/** The filter in an address; what it does not know counts as "any". */
export function readFilter(search: ReadonlyMap<string, string>): RunFilter {
  return {
    model: search.get("model") ?? null,
    dataset: search.get("data") ?? null,
    state: STATES.find((state) => state === search.get("state")) ?? "any",
    order: ORDERS.find((order) => order === search.get("order")) ?? "newest",
  };
}

/** What the address says for a change of the filter. */
export function writeFilter(change: Partial<RunFilter>): Record<string, string | null> {
  return {
    ...("model" in change && { model: change.model ?? null }),
    ...("dataset" in change && { data: change.dataset ?? null }),
    ...(change.state && { state: change.state === "any" ? null : change.state }),
    ...(change.order && { order: change.order === "newest" ? null : change.order }),
  };
}

function isInState(run: RunSummary, state: StateChoice): boolean {
  switch (state) {
    case "any":
      return true;
    case "going":
      return !isEnded(run.status);
    case "done":
      return run.status === "finished";
    case "broken":
      return run.status === "failed" || run.status === "interrupted";
    case "stopped":
      return run.status === "stopped";
  }
}

function compare(order: Order): (a: RunSummary, b: RunSummary) => number {
  switch (order) {
    case "newest":
      return (a, b) => startOf(b).localeCompare(startOf(a));
    case "best":
      return (a, b) => (a.best_eval_loss ?? Infinity) - (b.best_eval_loss ?? Infinity);
    case "longest":
      return (a, b) => (b.elapsed_seconds ?? 0) - (a.elapsed_seconds ?? 0);
  }
}

function startOf(run: RunSummary): string {
  return run.started_at ?? run.created_at;
}

/** The runs that a filter lets through, in its order. */
export function filterRuns(runs: readonly RunSummary[], filter: RunFilter): RunSummary[] {
  return runs
    .filter(
      (run) =>
        (filter.model === null || run.model === filter.model) &&
        (filter.dataset === null || run.datasets.includes(filter.dataset)) &&
        isInState(run, filter.state),
    )
    .sort(compare(filter.order));
}

/** Every value that occurs, most frequent first. */
export function choicesOf(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([value]) => value);
}
