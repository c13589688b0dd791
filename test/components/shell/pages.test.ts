/** Which page of the rail is on, and the theme's cookie. */
import { describe, expect, it } from "vitest";
import { isCurrent, PAGES, SETTINGS_PAGE } from "@/components/shell/pages";
import { chooseTheme } from "@/components/shell/theme";

describe("pages", () => {
  it("are on for their own address and what lies under it", () => {
    const runs = PAGES.find((page) => page.id === "runs")!;
    expect(isCurrent(runs, "/runs")).toBe(true);
    expect(isCurrent(runs, "/runs/abc")).toBe(true);
    expect(isCurrent(runs, "/runs-of-mine")).toBe(false);
  });

  it("have a key of their own each", () => {
    const keys = [...PAGES, SETTINGS_PAGE].map((page) => page.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("chooseTheme", () => {
  it("follows the system unless the cookie names a theme", () => {
    expect(chooseTheme("dark")).toBe("dark");
    expect(chooseTheme("purple")).toBe("system");
    expect(chooseTheme(undefined)).toBe("system");
  });
});
