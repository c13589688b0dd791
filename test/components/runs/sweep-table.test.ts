import { describe, expect, test } from "vitest";
import { moved } from "@/components/runs/queue-actions";
import { sweepTable } from "@/components/runs/sweep-table";
import type { RunSummary } from "@/server/contract/run";

const run = (id: string, values: Record<string, number>, more: Partial<RunSummary> = {}) =>
  ({
    id,
    status: "finished",
    loss: 1,
    best_eval_loss: null,
    sweep: { id: "s", name: "s", values },
    ...more,
  }) as RunSummary;

describe("a sweep as a grid", () => {
  test("has a row for each value of the first argument, rising, and a column for each of the second", () => {
    const table = sweepTable([
      run("a", { learning_rate: 2e-4, lora_rank: 16 }),
      run("b", { learning_rate: 1e-4, lora_rank: 8 }),
      run("c", { learning_rate: 1e-4, lora_rank: 16 }, { loss: 0.5 }),
    ]);
    expect([table.rowArgument, table.columnArgument]).toEqual(["learning_rate", "lora_rank"]);
    expect(table.columns).toEqual([8, 16]);
    expect(table.rows.map(({ value, cells }) => [value, ...cells.map((cell) => cell?.id)])).toEqual([
      [1e-4, "b", "c"],
      [2e-4, undefined, "a"],
    ]);
    expect([table.by, table.best?.id]).toEqual(["training", "c"]);
  });

  test("judges by validation where all have one, and only what has finished", () => {
    const table = sweepTable([
      run("a", { lora_rank: 8 }, { best_eval_loss: 2 }),
      run("b", { lora_rank: 16 }, { best_eval_loss: 1, status: "running" }),
      run("c", { lora_rank: 32 }, { loss: null, status: "queued" }),
    ]);
    expect([table.columnArgument, table.by, table.best?.id]).toEqual([null, "validation", "a"]);
  });
});

describe("moving a waiting run", () => {
  test("puts it at its new place and leaves the others in order", () => {
    expect(moved(["a", "b", "c"], "c", 0)).toEqual(["c", "a", "b"]);
    expect(moved(["a", "b", "c"], "a", 9)).toEqual(["b", "c", "a"]);
  });
});
