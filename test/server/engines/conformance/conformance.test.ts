/**
 * The conformance suite over the engines: the embedded trainer as it ships, the stand-in for llamafactory-cli, and, where
 * TUNEBOARD_LLAMAFACTORY names one, a real llamafactory-cli (by hand: some minutes of Python).
 */
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll } from "vitest";
import { embeddedEngine } from "@/server/engines/embedded";
import { llamaFactoryEngine } from "@/server/engines/llamafactory";
import { repository } from "../../console/test-console";
import { describeConformance } from "./engine-conformance";

/** Inside node_modules, so that the bundle's imports resolve as the shipped bundle's do. */
const WORK = path.join(repository, "node_modules", ".cache", `tuneboard-conformance-${process.pid}`);
const CLI = path.join(WORK, "bundle", "cli.mjs");
const STAND_IN = path.join(WORK, "bin", "llamafactory-cli");

beforeAll(async () => {
  const workers = readdirSync(path.join(repository, "server"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("-worker.ts"))
    .map((file) => path.join("server", file));
  await build({
    absWorkingDir: repository,
    entryPoints: ["server/cli.ts", ...workers],
    outdir: path.dirname(CLI),
    entryNames: "[name]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    chunkNames: "chunk-[hash]",
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
  });
  writeFileSync(path.join(WORK, "package.json"), JSON.stringify({ version: "0.0.0-test", type: "module" }));
  mkdirSync(path.dirname(STAND_IN), { recursive: true });
  const script = path.join(import.meta.dirname, "..", "stand-in-cli.mjs");
  writeFileSync(STAND_IN, `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`);
  chmodSync(STAND_IN, 0o755);
}, 60_000);
afterAll(() => rmSync(WORK, { recursive: true, force: true }));

describeConformance({
  name: "the embedded engine",
  engine: () => embeddedEngine({ cli: CLI, version: "0.0.0-test" }),
  slow: { max_steps: 60 },
  patienceMs: 60_000,
});

describeConformance({
  name: "the stand-in for llamafactory-cli",
  engine: () => llamaFactoryEngine(() => STAND_IN),
  slow: { max_steps: 12 },
  pace: (home, pace) =>
    writeFileSync(
      path.join(home, "stand-in.json"),
      JSON.stringify({ mode: pace === "slow" ? "slow" : "good" }),
    ),
  patienceMs: 20_000,
});

const real = process.env.TUNEBOARD_LLAMAFACTORY;
if (real !== undefined) {
  describeConformance({
    name: `the real ${real}`,
    engine: () => llamaFactoryEngine(() => real),
    config: { use_cpu: true, preprocessing_num_workers: 1 },
    slow: { max_steps: 24 },
    patienceMs: 240_000,
  });
}
