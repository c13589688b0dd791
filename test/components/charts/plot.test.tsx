// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Plot } from "@/components/charts/plot";
import { usePlotCursor } from "@/components/charts/plot-cursor";
import { PlotCursorMark, PlotLine, PlotTip } from "@/components/charts/plot-lines";

const ROWS = [
  { x: 0, loss: 3 },
  { x: 50, loss: 2 },
  { x: 100, loss: 1 },
  { x: 200, loss: 0.5 },
];
const MARGIN = { top: 10, right: 10, bottom: 20, left: 30 };
const loss = (row: { loss: number }) => row.loss;
const DOTS = [{ value: loss, colour: "red", radius: 4 }];
const Y = { range: [0, 4] as const, ticks: [0, 2, 4], format: String };
const X = { range: [0, 100] as const, ticks: [0, 100], format: (value: number) => `step ${value}` };

/** Two charts with one cursor, zoomed so that the last row is out of sight; the second one shows no words. */
function Charts() {
  const cursor = usePlotCursor();
  const shared = { height: 130, margin: MARGIN, x: X, y: Y, rows: ROWS, cursor };
  const curve = (
    <>
      <PlotLine rows={ROWS} value={loss} stroke="red" />
      <PlotCursorMark cursor={cursor} rows={ROWS} dots={DOTS} />
    </>
  );
  return (
    <>
      <Plot
        {...shared}
        keys
        label="Loss"
        over={
          <PlotTip cursor={cursor} rows={ROWS}>
            {(row) => `loss ${row.loss}`}
          </PlotTip>
        }
      >
        {curve}
      </Plot>
      <Plot {...shared} label="Rate">
        {curve}
      </Plot>
    </>
  );
}

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(140);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("a plot", () => {
  test("draws its line and the words of both axes in the room that it has", () => {
    render(<Charts />);
    const chart = screen.getByRole("application", { name: "Loss" });
    expect(chart.querySelector(".plot-line")!.getAttribute("d")).toMatch(
      /^M30\.0 35\.0L80\.0 60\.0L130\.0 85\.0/,
    );
    expect(chart.textContent).toContain("step 100");
    expect(screen.queryByRole("status")).toBeNull();
  });

  test("follows the arrow keys through the rows in sight and forgets them on Escape", () => {
    render(<Charts />);
    const chart = screen.getByRole("application", { name: "Loss" });
    fireEvent.keyDown(chart, { key: "ArrowLeft" });
    expect(screen.getByRole("status").textContent).toBe("loss 1");
    fireEvent.keyDown(chart, { key: "ArrowLeft" });
    expect(screen.getByRole("status").textContent).toBe("loss 2");
    fireEvent.keyDown(chart, { key: "Home" });
    expect(screen.getByRole("status").textContent).toBe("loss 3");
    fireEvent.keyDown(chart, { key: "Escape" });
    expect(screen.queryByRole("status")).toBeNull();
  });

  test("moves the cursor of every chart that shares it", () => {
    render(<Charts />);
    const dots = () => screen.getByRole("img", { name: "Rate" }).querySelectorAll("circle");
    expect(dots()).toHaveLength(0);
    fireEvent.keyDown(screen.getByRole("application", { name: "Loss" }), { key: "End" });
    expect(dots()).toHaveLength(1);
    fireEvent.pointerLeave(screen.getByRole("img", { name: "Rate" }));
    expect(dots()).toHaveLength(0);
  });
});
