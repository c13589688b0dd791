import { describe, expect, test } from "vitest";
import { choicesOf, filterRuns, readFilter, writeFilter } from "@/components/runs/run-filter";
import type { RunSummary } from "@/server/contract/run";

const run = (id: string, more: Partial<RunSummary>) =>
  ({
    id,
    model: "q",
    datasets: ["identity"],
    status: "finished",
    created_at: "2026-01-01",
    started_at: null,
    best_eval_loss: null,
    method: "lora",
    stage: "sft",
    name: id,
    notes: "",
    tags: [],
    error: null,
    sweep: null,
    ...more,
  }) as RunSummary;
const RUNS = [
  run("old", { started_at: "2026-01-02", best_eval_loss: 1 }),
  run("new", {
    started_at: "2026-01-03",
    status: "failed",
    best_eval_loss: 2,
    stage: "dpo",
    tags: ["tone"],
    notes: "batch 8 was too much",
    sweep: { id: "s1", name: "rates", values: {} },
  }),
  run("other", { model: "z", datasets: ["wiki", "identity"], status: "running", started_at: "2026-01-01" }),
];
const ids = (query: string) =>
  filterRuns(RUNS, readFilter(new Map(new URLSearchParams(query)))).map((found) => found.id);

describe("the filter of the list", () => {
  test("reads as it stands in the address", () => {
    expect(ids("")).toEqual(["new", "old", "other"]);
    expect(ids("model=q&state=done")).toEqual(["old"]);
    expect(ids("data=wiki")).toEqual(["other"]);
    expect(ids("state=broken")).toEqual(["new"]);
    expect(ids("order=best")).toEqual(["old", "new", "other"]);
    expect(ids("state=nonsense")).toHaveLength(3);
  });

  test("finds by method, tag, sweep and by words of name and note", () => {
    expect(ids("method=lora, dpo")).toEqual(["new"]);
    expect(ids("method=lora")).toEqual(["old", "other"]);
    expect(ids("tag=tone")).toEqual(["new"]);
    expect(ids("sweep=s1")).toEqual(["new"]);
    expect(ids("q=MUCH batch")).toEqual(["new"]);
    expect(ids("q=batch nowhere")).toEqual([]);
    expect(ids("q=wiki")).toEqual(["other"]);
  });

  test("writes only what is not the default", () => {
    expect(writeFilter({ state: "any", model: "q" })).toEqual({ state: null, model: "q" });
    expect(writeFilter({ dataset: null })).toEqual({ data: null });
    expect(writeFilter({ text: "" })).toEqual({ q: null });
  });

  test("offers what occurs, the most frequent first", () => {
    expect(choicesOf(RUNS.flatMap((one) => one.datasets))).toEqual(["identity", "wiki"]);
  });
});
