// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { atFirstTouch } from "@/components/ui/first-touch";
import { lateModule } from "@/components/ui/late-module";

afterEach(cleanup);

describe("a late module", () => {
  it("is drawn when it is there, and fetched once", async () => {
    const fetchModule = vi.fn(() => Promise.resolve({ word: "here" }));
    const late = lateModule(fetchModule);
    function Part() {
      return <p>{late.useLoaded()?.word ?? "not yet"}</p>;
    }
    render(<Part />);
    expect(screen.getByText("not yet")).toBeTruthy();
    await act(() => late.load());
    expect(screen.getByText("here")).toBeTruthy();
    await late.load();
    expect(fetchModule).toHaveBeenCalledTimes(1);
  });

  it("can be fetched again after it failed to come", async () => {
    const fetchModule = vi
      .fn()
      .mockRejectedValueOnce(new Error("no connection"))
      .mockResolvedValue({ word: "here" });
    const late = lateModule(fetchModule as () => Promise<{ word: string }>);
    await expect(late.load()).rejects.toThrow("no connection");
    expect(await late.load()).toEqual({ word: "here" });
  });
});

describe("the first touch", () => {
  it("comes once, whatever it is", () => {
    const begin = vi.fn();
    atFirstTouch(begin);
    fireEvent.keyDown(window, { key: "Tab" });
    fireEvent.pointerDown(window);
    expect(begin).toHaveBeenCalledTimes(1);
  });

  it("can be given up", () => {
    const begin = vi.fn();
    atFirstTouch(begin)();
    fireEvent.keyDown(window, { key: "Tab" });
    expect(begin).not.toHaveBeenCalled();
  });
});
