#!/usr/bin/env node
/**
 * The `tuneboard` command: bundles the command line where that is missing or stale, then runs it in this process with
 * the caller's working directory, so that relative paths mean what they mean to the caller.
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT, SetUpError, setUp } from "./setup.mjs";

const CLI = path.join(ROOT, ".build", "cli.mjs");

try {
  // The console starts its runs with a bundle that it has just checked; a run must not build under its feet.
  if (process.env.TUNEBOARD_BUILT !== "1" || !existsSync(CLI)) {
    await setUp({ pages: false, log: (line) => console.error(line) });
  }
  await import(pathToFileURL(CLI).href);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
