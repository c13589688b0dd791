// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { Tooltip } from "@/components/ui/tooltip";
import { stubResizeObserver } from "../resize-observer";

beforeAll(async () => {
  // What places it comes late; these tests are not about how late.
  await import("@/components/ui/tooltip-float");
  stubResizeObserver();
}, 60_000);
afterEach(cleanup);

function show() {
  render(
    <>
      <Tooltip text="Stops the run">
        <button type="button">Stop</button>
      </Tooltip>
      <Tooltip text="Goes on with it">
        <button type="button">Resume</button>
      </Tooltip>
    </>,
  );
  return { stop: screen.getByText("Stop"), resume: screen.getByText("Resume") };
}

describe("a hint", () => {
  it("shows at the cursor without changing the button, is read aloud with it, and goes with the cursor", async () => {
    const { stop } = show();
    act(() => stop.focus());
    const hint = await screen.findByRole("tooltip");
    expect(hint.textContent).toBe("Stops the run");
    expect(screen.getByText("Stop")).toBe(stop);
    await waitFor(() => expect(stop.getAttribute("aria-describedby")).toBe(hint.id));
    act(() => stop.blur());
    expect(screen.queryByRole("tooltip")).toBeNull();
    expect(stop.getAttribute("aria-describedby")).toBeNull();
  });

  it("goes with Escape", async () => {
    const { stop } = show();
    act(() => stop.focus());
    await screen.findByRole("tooltip");
    fireEvent.keyDown(document, { key: "Escape" });
    await waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull());
  });

  it("shows under a pointer that stays, and one at a time", async () => {
    const { stop, resume } = show();
    act(() => stop.focus());
    await screen.findByRole("tooltip");
    fireEvent.pointerEnter(resume, { pointerType: "mouse" });
    await waitFor(() => expect(screen.getByRole("tooltip").textContent).toBe("Goes on with it"));
  });

  it("stays away where the pointer leaves before the wait is over, and where a finger taps a button", async () => {
    const { stop } = show();
    fireEvent.pointerEnter(stop, { pointerType: "mouse" });
    fireEvent.pointerLeave(stop);
    fireEvent.pointerDown(stop, { pointerType: "touch" });
    fireEvent.pointerUp(stop, { pointerType: "touch" });
    fireEvent.click(stop);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(screen.queryByRole("tooltip")).toBeNull();
  });
});
