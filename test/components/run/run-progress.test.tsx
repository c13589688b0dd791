// @vitest-environment jsdom
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { RunProgress } from "@/components/run/run-progress";
import { renderInPage, someRun } from "../page-frame";

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const AT = Date.parse("2026-11-24T10:01:31Z");
const show = (change: Parameters<typeof someRun>[0] = {}) =>
  renderInPage(<RunProgress run={someRun(change)} asOf={AT} />);

describe("how far a run is", () => {
  test("steps, epoch, time and speed, and when it ends", () => {
    const { container } = show();
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("30");
    for (const words of [
      "30 of 100 steps",
      "epoch 0.90 of 3",
      "2 min so far",
      "258 tokens/s",
      "4 min left",
    ]) {
      expect(container.textContent).toContain(words);
    }
    const end = new Date(AT + 210_000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    expect(container.textContent).toContain(`ends about ${end}`);
  });

  test("before the first step: its phase, and seconds from the start", () => {
    vi.useFakeTimers({ now: Date.parse("2026-11-24T10:00:08Z") });
    show({ phase: "tokenize", step: 0, total_steps: 0, epoch: null });
    expect(screen.getByText("Prepare the data").getAttribute("aria-current")).toBe("step");
    expect(screen.getByText("7 s since the start")).toBeDefined();
  });

  test("ended: how long it took, nothing left", () => {
    const { container } = show({
      status: "finished",
      phase: null,
      step: 100,
      remaining_seconds: null,
      ended_at: "2026-11-24T10:05:00Z",
    });
    expect(container.textContent).toContain("took 2 min");
    expect(container.textContent).not.toContain("left");
    expect(screen.queryByRole("list", { name: "Phases" })).toBeNull();
  });

  test("waiting in the queue it has no bar", () => {
    show({ status: "queued", phase: null, step: 0, total_steps: 0 });
    expect(screen.queryByRole("progressbar")).toBeNull();
  });
});
