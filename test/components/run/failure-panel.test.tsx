// @vitest-environment jsdom
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { FailurePanel, StartAgain } from "@/components/run/failure-panel";
import { renderInPage, someRun } from "../page-frame";

const line = "Failed to allocate memory for requested buffer of size 9296052224";
const run = someRun({
  status: "failed",
  error: line,
  failure: { kind: "memory", line },
  config: {
    model_name_or_path: "models/a",
    output_dir: "saves/a/full/first-run",
    finetuning_type: "full",
    per_device_train_batch_size: 8,
    gradient_accumulation_steps: 2,
  },
});

afterEach(cleanup);

describe("a run that failed", () => {
  test("says the cause in words and shows the one line that matters", () => {
    renderInPage(<FailurePanel run={run} />);
    expect(screen.getByText("Out of memory.")).toBeDefined();
    expect(screen.getByText(line)).toBeDefined();
    expect(screen.getByText(/No checkpoint had been saved/)).toBeDefined();
  });

  test("offers changed runs, each a link to the form with the change made", () => {
    renderInPage(<StartAgain run={run} />);
    const link = screen.getByRole("link", { name: "Batch 4 × 4" });
    const address = new URL(link.getAttribute("href")!, "http://console");
    expect(address.pathname).toBe("/train");
    expect(address.searchParams.get("from")).toBe(run.id);
    expect(JSON.parse(address.searchParams.get("change")!)).toEqual({
      per_device_train_batch_size: 4,
      gradient_accumulation_steps: 4,
    });
    expect(screen.getByRole("link", { name: "Change it by hand instead" })).toBeDefined();
  });

  test("shows the command that mends an environment, to copy", () => {
    const missing = "ModuleNotFoundError: No module named 'rouge_chinese'";
    renderInPage(<FailurePanel run={someRun({ ...run, failure: { kind: "dependency", line: missing } })} />);
    expect(screen.getByText("pip install rouge-chinese")).toBeDefined();
    expect(screen.getByRole("button", { name: "Copy" })).toBeDefined();
  });

  test("offers the embedded engine where LLaMA-Factory's environment is broken", () => {
    const broken = someRun({ ...run, engine: "llamafactory", failure: { kind: "torchaudio", line: null } });
    renderInPage(<StartAgain run={broken} />);
    const address = new URL(
      screen.getByRole("link", { name: "Use embedded" }).getAttribute("href")!,
      "http://console",
    );
    expect(address.searchParams.get("engine")).toBe("embedded");
  });
});
