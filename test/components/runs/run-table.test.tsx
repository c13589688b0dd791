// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { RunCards } from "@/components/runs/run-cards";
import { RunTable } from "@/components/runs/run-table";
import { renderInPage, someRun } from "../page-frame";

afterEach(cleanup);

const RUNS = [
  someRun(),
  someRun({
    id: "r2",
    name: "too-big",
    status: "failed",
    error: "CUDA out of memory",
    failure: { kind: "memory", line: "CUDA out of memory" },
    method: "full",
    lora_rank: null,
  }),
  someRun({ id: "r3", name: "old", status: "finished", origin: "folder", best_eval_loss: null }),
];

const nothing = () => undefined;

describe("the list of runs", () => {
  test("shows tags and the first line of the note, and selects all at once", () => {
    const onSelectAll = vi.fn();
    const noted = [someRun({ tags: ["tone"], notes: "good, a bit stiff\nsecond line" })];
    renderInPage(<RunTable runs={noted} colours={new Map()} onSelect={nothing} onSelectAll={onSelectAll} />);
    expect(screen.getByText("tone")).toBeDefined();
    expect(screen.getByText("good, a bit stiff")).toBeDefined();
    fireEvent.click(screen.getByRole("checkbox", { name: "Select all 1" }));
    expect(onSelectAll).toHaveBeenCalledWith(true);
  });

  test("says of each how it stands, what it did, and how good it got", () => {
    renderInPage(<RunTable runs={RUNS} colours={new Map()} onSelect={nothing} onSelectAll={nothing} />);
    const [, first, second, third] = screen.getAllByRole("row");
    for (const words of ["first-run", "30 %", "LoRA r 8", "identity +1", "2.0e-4", "1.25"]) {
      expect(within(first!).getByText(words)).toBeDefined();
    }
    expect(within(second!).getByText("Out of memory")).toBeDefined();
    expect(within(third!).getByText("folder")).toBeDefined();
    expect(within(first!).getByRole("link").getAttribute("href")).toBe("/runs/r1");
  });

  test.each([
    ["table", RunTable],
    ["cards", RunCards],
  ])("selects from the %s", (_name, List) => {
    const onSelect = vi.fn();
    const colours = new Map([["r2", "var(--s1)"]]);
    renderInPage(<List runs={RUNS} colours={colours} onSelect={onSelect} onSelectAll={nothing} />);
    fireEvent.click(screen.getByRole("checkbox", { name: "Select first-run" }));
    fireEvent.click(screen.getByRole("checkbox", { name: "Select too-big" }));
    expect(onSelect.mock.calls).toEqual([
      ["r1", true],
      ["r2", false],
    ]);
  });
});
