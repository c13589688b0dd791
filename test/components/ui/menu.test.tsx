// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Menu } from "@/components/ui/menu";
import { stubResizeObserver } from "../resize-observer";

beforeAll(async () => {
  // The list comes late; these tests are not about how late.
  await import("@/components/ui/menu-list");
  stubResizeObserver();
}, 60_000);
afterEach(cleanup);

function show() {
  const copy = vi.fn();
  render(
    <Menu
      items={[
        { key: "copy", label: "Copy", onSelect: copy },
        { key: "delete", label: "Delete", onSelect: vi.fn() },
      ]}
    >
      <button type="button">More</button>
    </Menu>,
  );
  return { copy, button: screen.getByRole("button", { name: "More" }) };
}

describe("a menu", () => {
  it("says what its button opens before it has been opened", () => {
    const { button } = show();
    expect(button.getAttribute("aria-haspopup")).toBe("menu");
    expect(button.getAttribute("aria-expanded")).toBe("false");
  });

  it("opens at a click and does what is picked", async () => {
    const { copy, button } = show();
    fireEvent.click(button, { detail: 1 });
    fireEvent.click(await screen.findByRole("menuitem", { name: "Copy" }));
    expect(copy).toHaveBeenCalledOnce();
    await waitFor(() => expect(document.activeElement?.textContent).toBe("More"));
  });

  it("gives its first item the cursor where a key opened it", async () => {
    const { button } = show();
    fireEvent.keyDown(button, { key: "ArrowDown" });
    const first = await screen.findByRole("menuitem", { name: "Copy" });
    await waitFor(() => expect(document.activeElement).toBe(first));
  });
});
