/**
 * Brings a clone into a state that can run: packages, Prisma client, bundles, pages. A step is skipped while the stamp
 * of its last success still fits what it reads. Plain JavaScript without imports from node_modules, because a fresh
 * clone has none. It does not know the console: `start.mjs`, `tuneboard.mjs` and `test/run.mjs` call it.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { compressPages } from "./compress-pages.mjs";

/** The repository's root folder. */
export const ROOT = path.resolve(import.meta.dirname, "..", "..");

const OLDEST_NODE = [20, 19, 0];
const inRoot = (...parts) => path.join(ROOT, ...parts);
const ENTRIES = ["server/main.ts", "server/cli.ts"].filter((file) => existsSync(inRoot(file)));
const STAMPS = inRoot(".build", "stamps.json");
const LOCK = inRoot(".build", "setup.lock");

/** A set-up step that failed, with a message for the user. */
export class SetUpError extends Error {}

/** In the order in which each needs the ones before. `outputs` must exist for a step to count as done. */
const STEPS = {
  packages: {
    words: "Installing packages",
    inputs: () => [inRoot("package-lock.json")],
    outputs: [inRoot("node_modules")],
    alreadyDone: installedMatchesLock,
    run: install,
  },
  client: {
    words: "Generating the database client",
    inputs: () => [inRoot("prisma", "schema.prisma"), inRoot("package-lock.json")],
    outputs: [inRoot("server", "store", "client")],
    run: generateClient,
  },
  bundles: {
    words: "Bundling the server",
    inputs: () => [...filesUnder("server"), inRoot("tsconfig.json"), inRoot("package-lock.json")],
    outputs: [inRoot(".build", "main.mjs"), inRoot(".build", "cli.mjs")],
    run: bundle,
  },
  pages: {
    words: "Building the pages",
    inputs: () => [
      ...["app", "components", "public", path.join("server", "contract")].flatMap(filesUnder),
      ...["next.config.js", "postcss.config.js", "tsconfig.json", "package-lock.json"].map((name) =>
        inRoot(name),
      ),
    ],
    outputs: [inRoot(".next", "BUILD_ID")],
    run: buildPages,
  },
};

/**
 * Runs the steps that are due, with one line of words and time for each.
 * @param {{ build?: boolean, pages?: boolean, log?: (line: string) => void }} options
 *   `build: false` stops after the Prisma client (what lint and type check need); `pages: false` leaves the pages out.
 * @throws {SetUpError} when a step fails, saying which and what to do
 */
export async function setUp({ build = true, pages = build, log = console.log } = {}) {
  checkNode();
  mkdirSync(inRoot(".build"), { recursive: true });
  const names = ["packages", "client", ...(build ? ["bundles"] : []), ...(pages ? ["pages"] : [])];
  if (!names.some(isDue)) return;
  const release = await waitForTurn(log);
  try {
    for (const name of names) if (isDue(name)) await runStep(name, log);
  } finally {
    release();
  }
}

/** Whether a step's inputs have changed, or its outputs gone, since it was last done. */
function isDue(name) {
  const { inputs, outputs } = STEPS[name];
  return readStamps()[name] !== fingerprint(inputs()) || !outputs.every(existsSync);
}

async function runStep(name, log) {
  const { words, inputs, alreadyDone, run: work } = STEPS[name];
  const stamp = fingerprint(inputs());
  if (!alreadyDone?.()) {
    const started = performance.now();
    log(`${words} …`);
    await work();
    log(`${words}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  writeStamp(name, stamp);
}

/** One set-up of a clone at a time; a lock whose process is gone does not count. @returns a function that lets the next one in */
async function waitForTurn(log) {
  for (let told = false; ; told = true) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      return () => rmSync(LOCK, { force: true });
    } catch {
      if (!isRunning(Number(readIfThere(LOCK)))) rmSync(LOCK, { force: true });
      else if (!told) log("Waiting for another set-up of this folder to end …");
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function isRunning(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

/**
 * Refuses a Node that is too old, before anything else can fail in a less readable way.
 * @throws {SetUpError} naming both versions
 */
export function checkNode(version = process.versions.node) {
  const parts = version.split(".").map(Number);
  const at = OLDEST_NODE.findIndex((oldest, i) => parts[i] !== oldest);
  if (at >= 0 && parts[at] < OLDEST_NODE[at]) {
    throw new SetUpError(
      `Tuneboard needs Node ${OLDEST_NODE.join(".")} or newer; this is Node ${version}. A current one is at https://nodejs.org.`,
    );
  }
}

/** Bundles `server/main.ts` and `server/cli.ts` into `.build/`; npm packages stay outside, as their folders are. */
export async function bundle() {
  // By file URL: a bare import would be looked up before `packages` has run.
  const { build, stop } = await import(
    pathToFileURL(inRoot("node_modules", "esbuild", "lib", "main.js")).href
  );
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [...ENTRIES, ...filesUnder("server").filter((file) => file.endsWith("-worker.ts"))],
    outdir: ".build",
    entryNames: "[name]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    // Beside the entries, so that `new URL("./x-worker.mjs", import.meta.url)` means the same from either.
    chunkNames: "chunk-[hash]",
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "warning",
    write: false,
  })
    .catch((error) => {
      throw new SetUpError(`Bundling the server failed: ${error.message}`);
    })
    // Its helper process would stay beside the console.
    .finally(stop);
  for (const { path: file, contents } of outputFiles) {
    // In one step: a run may be starting from the old bundle right now.
    writeFileSync(`${file}.tmp`, contents);
    renameSync(`${file}.tmp`, file);
  }
}

/**
 * `npm install` and not `npm ci`: the latter refuses a lock file without the binaries of other systems, which npm leaves
 * out where they could not be had when the lock was written. Versions are the lock's all the same, and nothing is saved.
 */
async function install() {
  const result = await run(npm(), ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    // Its script would download CUDA libraries; this console runs on what the package itself holds.
    ONNXRUNTIME_NODE_INSTALL: "skip",
  });
  if (result.code !== 0) {
    throw new SetUpError(
      `npm install failed (exit code ${result.code}); its own message is above. Without network access, install once where there ` +
        "is some and copy node_modules here. Optional packages that cannot be had (@tensorflow/tfjs-node-gpu) are no reason: npm leaves them out.",
    );
  }
}

async function generateClient() {
  const result = await run(
    process.execPath,
    [inRoot("node_modules", "prisma", "build", "index.js"), "generate"],
    {
      // The client needs no engine, but `prisma generate` would fetch one unless it is pointed at a program.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
    "quiet",
  );
  if (result.code !== 0)
    throw new SetUpError(`prisma generate failed (exit code ${result.code}):\n${result.output}`);
}

async function buildPages() {
  const result = await run(
    process.execPath,
    [inRoot("node_modules", "next", "dist", "bin", "next"), "build"],
    {
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_ENV: "production",
    },
    "quiet",
  );
  if (result.code !== 0)
    throw new SetUpError(`next build failed (exit code ${result.code}):\n${result.output}`);
  await compressPages(inRoot(".next", "static"));
}

/** Whether node_modules already holds what package-lock.json asks for, because somebody ran npm by hand. */
function installedMatchesLock() {
  const hidden = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8")).packages;
  const installed = JSON.parse(readFileSync(hidden, "utf8")).packages;
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === "" || (entry.optional && !installed[name]) || installed[name]?.version === entry.version,
  );
}

/** npm without a shell: its own script where npm started us, else the one that came with this Node. */
function npm() {
  const candidates = [
    process.env.npm_execpath,
    path.join(path.dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js"),
    path.join(path.dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const script = candidates.find((file) => file?.endsWith(".js") && existsSync(file));
  return script ? [process.execPath, script] : ["npm"];
}

/** Runs a program in the root folder; "quiet" keeps its output for the error message instead of showing it. */
function run(program, args, env, output = "shown") {
  const [file, ...before] = Array.isArray(program) ? program : [program];
  return new Promise((resolve) => {
    const child = spawn(file, [...before, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: output === "quiet" ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    const text = () => Buffer.concat(chunks).toString("utf8").trim();
    child.on("error", (error) => resolve({ code: 127, output: error.message }));
    child.on("close", (code, signal) => resolve({ code: code ?? signal, output: text() }));
  });
}

/** Every file below a folder of the repository, generated code left out. */
function filesUnder(folder) {
  const base = inRoot(folder);
  if (!existsSync(base)) return [];
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(inRoot("server", "store", "client")))
    .sort();
}

/** One hash over paths, sizes and modification times; the lock file counts by content, since npm rewrites it unchanged. */
function fingerprint(files) {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const file of files) {
    if (!existsSync(file)) continue;
    const { size, mtimeMs } = statSync(file);
    hash.update(path.relative(ROOT, file));
    hash.update(path.basename(file) === "package-lock.json" ? readFileSync(file) : `${size}:${mtimeMs}`);
  }
  return hash.digest("hex").slice(0, 32);
}

function readStamps() {
  try {
    return JSON.parse(readIfThere(STAMPS));
  } catch {
    return {};
  }
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function writeStamp(name, stamp) {
  writeFileSync(STAMPS, JSON.stringify({ ...readStamps(), [name]: stamp }, null, 2));
}
