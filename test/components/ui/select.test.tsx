// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Select } from "@/components/ui/select";
import { stubResizeObserver } from "../resize-observer";

beforeAll(async () => {
  // The list comes late; these tests are not about how late.
  await import("@/components/ui/select-list");
  stubResizeObserver();
  Element.prototype.scrollIntoView = () => undefined;
}, 60_000);
afterEach(cleanup);

function show() {
  const onChange = vi.fn();
  const options = [
    { value: "", label: "none" },
    { value: "cosine", label: "cosine" },
  ];
  render(
    <Select aria-label="Schedule" value="" options={options} onChange={onChange} data-field="schedule" />,
  );
  return { onChange, button: screen.getByRole("combobox", { name: "Schedule" }) };
}

describe("a select", () => {
  it("says before it has been opened what it holds and what it opens", () => {
    const { button } = show();
    expect(button.textContent).toBe("none");
    expect(button.dataset["field"]).toBe("schedule");
    expect(button.getAttribute("aria-haspopup")).toBe("listbox");
    expect(button.getAttribute("aria-expanded")).toBe("false");
  });

  it("opens at a click, takes what is picked and gives the cursor back", async () => {
    const { button, onChange } = show();
    fireEvent.click(button, { detail: 1 });
    fireEvent.keyDown(await screen.findByRole("option", { name: "cosine" }), { key: "Enter" });
    expect(onChange).toHaveBeenCalledExactlyOnceWith("cosine");
    await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("combobox"));
  });

  it.each(["ArrowDown", "ArrowUp", "c"])("opens at %s", async (key) => {
    const { button } = show();
    fireEvent.keyDown(button, { key });
    expect(await screen.findByRole("option", { name: "none" })).toBeTruthy();
  });
});
