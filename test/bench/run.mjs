/**
 * `npm run bench`: speed and memory of this checkout on this machine, as JSON on stdout (progress on stderr).
 *
 *   npm run bench                          everything
 *   npm run bench -- train decode          some of it: train, start, decode, page, scale, data
 *   npm run bench -- train --against DIR   runs `node bench.mjs <shape> fp32 <steps>` in DIR in turn with our own steps
 *                                          and quotes the ratio (DIR: a program that prints `… tok/s, peak … MB`)
 *   --rounds N                             rounds of every training measurement (default 2); the best counts
 *
 * Every figure comes from a process of its own. Quote ratios of one run, not figures of two.
 */
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";

const root = path.resolve(import.meta.dirname, "../..");
const out = path.join(root, ".build", "bench");
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { against: { type: "string" }, rounds: { type: "string", default: "2" } },
});
const wanted = (name) => positionals.length === 0 || positionals.includes(name);
const SHAPES = { "15m": 12, "135m": 4 };

function log(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a node program; resolves with its stdout, rejects with its stderr. */
function node(args, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0
        ? resolve(stdout)
        : reject(new Error(`node ${args.join(" ")}: exit code ${code}\n${stderr}`)),
    );
  });
}

const program = async (name, ...args) =>
  JSON.parse((await node([path.join(out, `${name}.mjs`), ...args])).trim().split("\n").at(-1));

async function bundle() {
  const { build } = await import("esbuild");
  const entries = [
    "make-model",
    "train-speed",
    "first-step",
    "decode-speed",
    "page-speed",
    "run-scale",
    "data-speed",
  ];
  await build({
    absWorkingDir: root,
    entryPoints: entries.map((name) => `test/bench/${name}.ts`),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20.19",
    logLevel: "error",
  });
}

/** One run of the baseline program in its own folder. */
async function baseline(shape, steps) {
  const stdout = await node(["bench.mjs", shape, "fp32", String(steps)], path.resolve(options.against));
  const found = /([\d.]+) tok\/s, peak (\d+) MB/.exec(stdout);
  if (!found) throw new Error(`the baseline printed no "… tok/s, peak … MB":\n${stdout}`);
  return { tokens_per_second: Number(found[1]), peak_mb: Number(found[2]) };
}

const best = (runs) => ({
  tokens_per_second: Math.max(...runs.map((run) => run.tokens_per_second)),
  peak_mb: Math.min(...runs.map((run) => run.peak_mb)),
});
const round = (value) => Number(value.toPrecision(4));

async function trainSpeed(models) {
  const result = {};
  for (const [shape, steps] of Object.entries(SHAPES)) {
    const ours = [];
    const theirs = [];
    for (let i = 0; i < Number(options.rounds); i++) {
      log(`LoRA steps at ${shape}, round ${i + 1}`);
      ours.push(await program("train-speed", models[shape], String(steps)));
      if (options.against) theirs.push(await baseline(shape, steps));
    }
    const mine = best(ours);
    result[shape] = {
      device: ours[0].device,
      tokens_per_second: round(mine.tokens_per_second),
      peak_mb: round(mine.peak_mb),
    };
    if (theirs.length > 0) {
      const other = best(theirs);
      result[shape].baseline = other;
      result[shape].speed_ratio = round(mine.tokens_per_second / other.tokens_per_second);
      result[shape].memory_ratio = round(mine.peak_mb / other.peak_mb);
    }
  }
  return result;
}

const { setUp } = await import("../../server/bin/setup.mjs");
await setUp({ log });
mkdirSync(out, { recursive: true });
await bundle();
const models = JSON.parse(await node([path.join(out, "make-model.mjs"), path.join(out, "models")]));

const report = {
  machine: {
    cpu: cpus()[0]?.model,
    threads: availableParallelism(),
    memory_gb: round(totalmem() / 2 ** 30),
    node: process.version,
  },
  setting: "LoRA rank 8 on every linear, batch 2 × 256, all positions labelled, float32, AdamW",
};
if (wanted("train")) report.train = await trainSpeed(models);
if (wanted("start")) {
  log("start to first logged step");
  report.start = {
    starter: await program("first-step", models.starter),
    "135m": await program("first-step", models["135m"]),
  };
}
if (wanted("decode")) {
  log("decoding");
  report.decode = {};
  for (const shape of Object.keys(SHAPES))
    report.decode[shape] = await program("decode-speed", models[shape]);
}
if (wanted("page")) {
  log("pages");
  report.page = await program("page-speed");
}
if (wanted("data")) {
  log("rows of data files");
  report.data = await program("data-speed");
}
if (wanted("scale")) {
  log("many runs, long runs, many viewers");
  report.scale = await program("run-scale");
}
console.log(JSON.stringify(report, null, 2));
