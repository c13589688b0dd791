// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FailurePanel, StartAgain } from "@/components/run/failure-panel";
import { renderInPage, someRun } from "../page-frame";

const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

const run = someRun({
  status: "failed",
  error: "Failed to allocate memory for requested buffer of size 9296052224",
  config: {
    model_name_or_path: "models/a",
    output_dir: "saves/a/full/first-run",
    finetuning_type: "full",
    per_device_train_batch_size: 8,
    gradient_accumulation_steps: 2,
  },
});

beforeEach(() => push.mockClear());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("a run that failed", () => {
  test("says the cause in words and shows the one line that matters", () => {
    renderInPage(<FailurePanel run={run} />);
    expect(screen.getByText("Out of memory.")).toBeDefined();
    expect(screen.getByText(run.error!)).toBeDefined();
    expect(screen.getByText(/No checkpoint had been saved/)).toBeDefined();
  });

  test("starts a corrected run in a folder of its own and goes there", async () => {
    const fetched = vi.fn((_path: string, _init: RequestInit) =>
      Promise.resolve(Response.json({ id: "r2" }, { status: 201 })),
    );
    vi.stubGlobal("fetch", fetched);
    renderInPage(<StartAgain run={run} />);
    fireEvent.click(screen.getByRole("button", { name: "Start with batch 1 × 16" }));
    await waitFor(() => expect(push).toHaveBeenCalledExactlyOnceWith("/runs/r2"));
    const [path, init] = fetched.mock.calls[0]!;
    expect(path).toBe("/api/runs");
    expect(JSON.parse(init.body as string)).toEqual({
      config: {
        model_name_or_path: "models/a",
        finetuning_type: "full",
        per_device_train_batch_size: 1,
        gradient_accumulation_steps: 16,
      },
    });
  });
});
