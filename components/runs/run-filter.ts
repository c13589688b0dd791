/** Which runs the list shows: the choices of the filter sentence, as a pure function over the list. */
import type { RunSummary } from "@/server/contract/run";
import { isEnded } from "@/server/contract/run-status";

export const STATES = ["any", "going", "done", "broken", "stopped"] as const;
type StateChoice = (typeof STATES)[number];
export const ORDERS = ["newest", "best", "longest"] as const;
type Order = (typeof ORDERS)[number];

export interface RunFilter {
  /** null is any. */
  model: string | null;
  dataset: string | null;
  method: string | null;
  tag: string | null;
  /** Only the runs of one sweep, by its id. */
  sweep: string | null;
  /** Words that must all occur in name, notes, tags, model, data or error. */
  text: string;
  state: StateChoice;
  order: Order;
}

/** The filter in an address; what it does not know counts as "any". */
export function readFilter(search: ReadonlyMap<string, string>): RunFilter {
  return {
    model: search.get("model") ?? null,
    dataset: search.get("data") ?? null,
    method: search.get("method") ?? null,
    tag: search.get("tag") ?? null,
    sweep: search.get("sweep") ?? null,
    text: search.get("q") ?? "",
    state: STATES.find((state) => state === search.get("state")) ?? "any",
    order: ORDERS.find((order) => order === search.get("order")) ?? "newest",
  };
}

/** What the address says for a change of the filter. */
export function writeFilter(change: Partial<RunFilter>): Record<string, string | null> {
  return {
    ...("model" in change && { model: change.model ?? null }),
    ...("dataset" in change && { data: change.dataset ?? null }),
    ...("method" in change && { method: change.method ?? null }),
    ...("tag" in change && { tag: change.tag ?? null }),
    ...("sweep" in change && { sweep: change.sweep ?? null }),
    ...("text" in change && { q: change.text || null }),
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
      // Times in ISO 8601 need no rules of a language, which would take most of the time with a thousand runs.
      return (a, b) => (startOf(a) < startOf(b) ? 1 : startOf(a) > startOf(b) ? -1 : 0);
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
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs
    .filter(
      (run) =>
        (filter.model === null || run.model === filter.model) &&
        (filter.dataset === null || run.datasets.includes(filter.dataset)) &&
        (filter.method === null || methodOf(run) === filter.method) &&
        (filter.tag === null || run.tags.includes(filter.tag)) &&
        (filter.sweep === null || run.sweep?.id === filter.sweep) &&
        isInState(run, filter.state) &&
        (words.length === 0 || holdsAll(run, words)),
    )
    .sort(compare(filter.order));
}

/** "lora", or "lora, dpo" where it is not plain fine-tuning: what people call the method of a run. */
export function methodOf(run: Pick<RunSummary, "method" | "stage">): string {
  return run.stage === "sft" ? run.method : `${run.method}, ${run.stage}`;
}

function holdsAll(run: RunSummary, words: readonly string[]): boolean {
  const { name, notes, tags, model, datasets, error, sweep } = run;
  const text = [name, notes, ...tags, model, ...datasets, error ?? "", sweep?.name ?? ""]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}

/** A filter that lets everything through. */
export const NO_FILTER = {
  model: null,
  dataset: null,
  method: null,
  tag: null,
  sweep: null,
  text: "",
  state: "any",
} as const satisfies Partial<RunFilter>;

/** Every value that occurs, most frequent first. */
export function choicesOf(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([value]) => value);
}
