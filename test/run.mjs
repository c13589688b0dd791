/**
 * `npm test` and `npm run check`: sets everything up, runs every suite, adds the results up.
 *
 *   node test/run.mjs          everything
 *   node test/run.mjs check    formatting, lint, types, architecture
 *
 * The last line is `N passed, N failed`, alone, over all suites; a suite that cannot run counts as failed. Plain
 * JavaScript without imports from node_modules: on a fresh clone nothing is installed when this starts.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const reports = path.join(root, ".build", "test-reports");
const checkOnly = process.argv[2] === "check";

let passed = 0;
let failed = 0;
const failures = [];

/** Runs a program of this machine; resolves with its exit code. Output goes straight to the terminal. */
function run(file, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", () => resolve(127));
    child.on("exit", (code, signal) => resolve(code ?? (signal ? 1 : 0)));
  });
}

const bin = (name) => path.join(root, "node_modules", name);

function count(name, ok, detail = "") {
  if (ok) passed++;
  else {
    failed++;
    failures.push(detail ? `${name}: ${detail}` : name);
  }
}

/** A tool whose exit code is its verdict: counts as one test. */
async function tool(name, file, args) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const code = await run(process.execPath, [bin(file), ...args]);
  console.log(`${code === 0 ? "ok" : "FAILED"}: ${name} (${Math.round((Date.now() - started) / 1000)} s)`);
  count(name, code === 0, `exit code ${code}`);
}

/** A vitest project: every test counts, and so does a file that could not be loaded. */
async function suite(name, project, args = []) {
  console.log(`\n── ${name}`);
  const report = path.join(reports, `${project}.json`);
  rmSync(report, { force: true });
  const code = await run(process.execPath, [
    bin("vitest/vitest.mjs"),
    "run",
    "--project",
    project,
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...args,
  ]);
  if (!existsSync(report)) return count(name, false, `vitest wrote no report (exit code ${code})`);
  const result = JSON.parse(readFileSync(report, "utf8"));
  passed += result.numPassedTests;
  let counted = 0;
  for (const file of result.testResults) {
    const bad = file.assertionResults.filter((test) => test.status !== "passed");
    for (const test of bad)
      count(test.fullName, false, test.status === "failed" ? firstLine(test.failureMessages) : "did not run");
    counted += bad.length;
    if (file.status === "failed" && bad.length === 0) {
      count(path.relative(root, file.name), false, firstLine([file.message]));
      counted++;
    }
  }
  // An error outside any test (a worker that died, an unhandled rejection) leaves no failed test behind.
  if (code !== 0 && counted === 0) count(name, false, `exit code ${code}`);
}

const firstLine = (messages) => (messages?.[0] ?? "").split("\n")[0];

async function main() {
  const { setUp } = await import("../server/bin/setup.mjs");
  await setUp({ build: !checkOnly });
  mkdirSync(reports, { recursive: true });

  await tool("formatting", "prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."]);
  await tool("lint", "eslint/bin/eslint.js", [
    "--max-warnings",
    "0",
    "--cache",
    "--cache-location",
    ".build/eslint-cache",
    ".",
  ]);
  await tool("types", "typescript/bin/tsc", ["--noEmit"]);
  if (checkOnly) {
    await suite("architecture", "unit", ["test/architecture.test.ts"]);
    return;
  }
  await suite("unit and integration", "unit");
  await suite("golden numbers", "golden");
  const { findChromium } = await import("./e2e/chromium.mjs");
  try {
    process.env.TUNEBOARD_CHROMIUM = await findChromium();
    await suite("browser", "e2e");
  } catch (error) {
    count("browser", false, error.message);
  }
}

try {
  await main();
} catch (error) {
  count("set-up", false, error.message);
}
if (failures.length > 0) {
  console.log(`\nFailed:`);
  for (const failure of failures) console.log(`  ${failure}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
