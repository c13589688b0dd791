/**
 * Where the golden numbers lie, and how a case that is found but not yet supported is named: as a test of its own, so
 * that the list of tests is the list of cases and nothing is passed over in silence.
 */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** A folder with the layout of the golden data: TUNEBOARD_GOLDEN, or the part of it that the repo holds. */
export const goldenRoot = path.resolve(
  process.env["TUNEBOARD_GOLDEN"] ?? path.join("test", "fixtures", "golden"),
);

/** Names of the sub-folders of `dir` (relative to the root), sorted; [] where the folder is not there. */
export function casesIn(dir: string): string[] {
  const folder = path.join(goldenRoot, dir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => entry.name)
    .sort();
}

/** Names of the files of `dir` that end with `extension`, sorted; [] where the folder is not there. */
export function filesIn(dir: string, extension: string): string[] {
  const folder = path.join(goldenRoot, dir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension))
    .sort();
}

/** Registers a found case that the product does not support yet. */
export function unsupported(name: string, reason: string): void {
  it(`${name}: not supported yet: ${reason}`, () => {
    expect(reason).not.toBe("");
  });
}
