import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { supportTable } from "../support-table";

const file = path.resolve(import.meta.dirname, "../../README.md");
const BEGIN = "<!-- support table: begin -->";
const END = "<!-- support table: end -->";

describe("README", () => {
  it("shows the support table that the code has (UPDATE_README=1 writes it)", () => {
    const readme = readFileSync(file, "utf8");
    const [before = "", rest = ""] = readme.split(BEGIN);
    const [shown = "", after = ""] = rest.split(END);
    if (process.env["UPDATE_README"]) {
      writeFileSync(file, `${before}${BEGIN}\n${supportTable()}\n${END}${after}`);
      return expect(supportTable()).toContain("llama");
    }
    expect(shown.trim()).toBe(supportTable());
  });

  it("links to files that exist", () => {
    const links = [...readFileSync(file, "utf8").matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1]!);
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((link) => !existsSync(path.resolve(path.dirname(file), link)))).toEqual([]);
  });
});
