/**
 * `npm test` and `npm run check`: sets everything up, runs every suite, adds the results up.
 *
 *   node test/run.mjs          everything
 *   node test/run.mjs check    formatting, lint, types, architecture
 *
 * The checks of the source run beside the tests without a browser, the browser tests alone after them: a page that
 * competes for the cores is waited for in vain. What a suite prints is shown when it is done. The last line is `N passed, N failed`, alone, over all suites; a suite that cannot run counts as failed.
 * Plain JavaScript without imports from node_modules: on a fresh clone nothing is installed when this starts.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const reports = path.join(root, ".build", "test-reports");
const checkOnly = process.argv[2] === "check";
const begun = Date.now();

let passed = 0;
let failed = 0;
const failures = [];

/** Runs a script of node_modules; resolves with its exit code and everything that it printed. */
function run(script, args) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "node_modules", script), ...args], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text) => (output += text));
    }
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code, signal) => resolve({ code: code ?? signal, output: output.trim() }));
  });
}

const secondsSince = (start) => `${Math.round((Date.now() - start) / 1000)} s`;

/** Does one piece of work and then shows it under its name: what it printed, how it went, how long it took. */
async function shown(name, work) {
  const started = Date.now();
  console.log(`started: ${name} (at ${secondsSince(begun)})`);
  const { code, output } = await work();
  console.log(
    `\n── ${name}${output && `\n${output}`}\n${code === 0 ? "ok" : "FAILED"}: ${name} (${secondsSince(started)})\n`,
  );
  return code;
}

function count(name, ok, detail = "") {
  if (ok) passed++;
  else {
    failed++;
    failures.push(detail ? `${name}: ${detail}` : name);
  }
}

/** A tool whose exit code is its verdict: counts as one test. */
async function tool(name, script, args) {
  const code = await shown(name, () => run(script, args));
  count(name, code === 0, `exit code ${code}`);
}

/** Vitest projects in one go: every test counts, and so does a file that could not be loaded. */
async function suite(name, projects, args = []) {
  const report = path.join(reports, `${projects.join("-")}.json`);
  rmSync(report, { force: true });
  const code = await shown(name, () =>
    run("vitest/vitest.mjs", [
      "run",
      ...projects.flatMap((project) => ["--project", project]),
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...args,
    ]),
  );
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

async function checksOfTheSource() {
  await tool("formatting", "prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."]);
  const cache = ["--cache", "--cache-location", ".build/eslint-cache"];
  await tool("lint", "eslint/bin/eslint.js", ["--max-warnings", "0", ...cache, "."]);
  await tool("types", "typescript/bin/tsc", ["--noEmit"]);
}

/** @param {boolean} built whether there are pages to look at */
async function browserTests(built) {
  if (!built) return count("browser", false, "there are no pages to look at");
  const { findChromium } = await import("./e2e/chromium.mjs");
  try {
    process.env.TUNEBOARD_CHROMIUM = await findChromium();
  } catch (error) {
    return count("browser", false, error.message);
  }
  await suite("browser", ["e2e"]);
}

/** Resolves with whether it could be done, and never rejects: the other suites go on without pages. */
async function buildPages(setUp) {
  try {
    await setUp();
    return true;
  } catch (error) {
    count("set-up", false, error.message);
    return false;
  }
}

async function main() {
  const { setUp } = await import("../server/bin/setup.mjs");
  await setUp({ build: !checkOnly, pages: false });
  mkdirSync(reports, { recursive: true });
  if (checkOnly) {
    await Promise.all([checksOfTheSource(), suite("architecture", ["unit"], ["test/architecture.test.ts"])]);
    return;
  }
  // First: the types of the pages' addresses are written while they are built.
  const built = await buildPages(setUp);
  await Promise.all([checksOfTheSource(), suite("unit, integration and golden numbers", ["unit", "golden"])]);
  await browserTests(built);
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
