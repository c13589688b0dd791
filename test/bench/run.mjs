/**
 * `npm run bench`: speed and memory of this checkout on this machine, as JSON on stdout (progress on stderr).
 *
 *   npm run bench                          everything
 *   npm run bench -- train decode          some of it: train, real, start, decode, page, scale, data
 *   npm run bench -- train --against DIR   runs `node bench.mjs <shape> fp32 <steps>` in DIR in turn with our own steps
 *                                          and quotes the ratio (DIR: a program that prints `… tok/s, peak … MB`)
 *   npm run bench -- train --against python --python PATH   the same beside transformers and PEFT of that interpreter
 *   npm run bench -- real --data DIR [--model DIR]   160 rows of DIR/alpaca_en_demo.json as `tuneboard train` trains them,
 *                                          float32 and int8; --rows N for fewer
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
  options: {
    against: { type: "string" },
    python: { type: "string", default: "python3" },
    data: { type: "string" },
    model: { type: "string" },
    rows: { type: "string", default: "160" },
    rounds: { type: "string", default: "2" },
  },
});
const wanted = (name) => positionals.length === 0 || positionals.includes(name);
const SHAPES = { "15m": 12, "135m": 4 };
/** How a base is stored and what is kept for the way back. */
const FORMS = { float32: {}, int8: { bits: 8 }, int8_recomputing: { bits: 8, memoryBudget: 0 } };

function log(line) {
  process.stderr.write(`${line}\n`);
}

/** Runs a program; resolves with its stdout, rejects with its stderr. */
function execute(file, args, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("exit", (code) =>
      code === 0
        ? resolve(stdout)
        : reject(new Error(`${file} ${args.join(" ")}: exit code ${code}\n${stderr}`)),
    );
  });
}

const node = (args, cwd) => execute(process.execPath, args, cwd);
const lastLine = (stdout) => JSON.parse(stdout.trim().split("\n").at(-1));

const program = async (name, ...args) => lastLine(await node([path.join(out, `${name}.mjs`), ...args]));

async function bundle() {
  const { build } = await import("esbuild");
  const entries = [
    "make-model",
    "train-speed",
    "memory-forecast",
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

/** One run of the baseline: of a program in its own folder, or of transformers and PEFT. */
async function baseline(shape, steps, model) {
  if (options.against === "python") {
    return lastLine(
      await execute(options.python, [path.join(root, "test/bench/peft-speed.py"), model, String(steps)]),
    );
  }
  const stdout = await node(["bench.mjs", shape, "fp32", String(steps)], path.resolve(options.against));
  const found = /([\d.]+) tok\/s, peak (\d+) MB/.exec(stdout);
  if (!found) throw new Error(`the baseline printed no "… tok/s, peak … MB":\n${stdout}`);
  return { tokens_per_second: Number(found[1]), peak_mb: Number(found[2]) };
}

const round = (value) => Number(value.toPrecision(4));
/** Every figure at its best over rounds: rates at their highest, costs at their lowest. */
const best = (runs) => {
  const lowest = (name) => round(Math.min(...runs.map((run) => run[name])));
  return {
    tokens_per_second: round(Math.max(...runs.map((run) => run.tokens_per_second))),
    ...(runs[0].processor_seconds_per_step && {
      processor_seconds_per_step: lowest("processor_seconds_per_step"),
    }),
    peak_mb: lowest("peak_mb"),
  };
};

async function trainSpeed(models) {
  const result = {};
  for (const [shape, steps] of Object.entries(SHAPES)) {
    const ours = Object.fromEntries(Object.keys(FORMS).map((form) => [form, []]));
    const theirs = [];
    // In turn, so that what else the machine does falls on all alike.
    for (let i = 0; i < Number(options.rounds); i++) {
      for (const [form, settings] of Object.entries(FORMS)) {
        log(`LoRA steps at ${shape}, ${form}, round ${i + 1}`);
        ours[form].push(await program("train-speed", models[shape], JSON.stringify({ steps, ...settings })));
      }
      if (options.against) theirs.push(await baseline(shape, steps, models[shape]));
    }
    result[shape] = { device: ours.float32[0].device };
    for (const [form, runs] of Object.entries(ours)) result[shape][form] = best(runs);
    if (theirs.length === 0) continue;
    const other = best(theirs);
    result[shape].baseline = { ...(theirs[0].precision && { precision: theirs[0].precision }), ...other };
    for (const form of Object.keys(FORMS)) {
      const mine = result[shape][form];
      mine.speed_ratio = round(mine.tokens_per_second / other.tokens_per_second);
      mine.memory_ratio = round(mine.peak_mb / other.peak_mb);
    }
  }
  return result;
}

/** float32 and int8 in turn. */
async function realRun(model) {
  if (!options.data) throw new Error("real needs --data, a folder with dataset_info.json and alpaca_en_demo");
  const result = { float32: [], int8: [] };
  for (let i = 0; i < Number(options.rounds); i++) {
    for (const [form, settings] of [
      ["float32", {}],
      ["int8", { bits: 8 }],
    ]) {
      log(`${options.rows} real rows, ${form}, round ${i + 1}`);
      const given = JSON.stringify({ rows: Number(options.rows), ...settings });
      result[form].push(await program("real-run", options.model ?? model, options.data, given));
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
  setting: "LoRA rank 8 on every linear, batch 2 × 256, all positions labelled, AdamW",
};
if (wanted("train")) report.train = await trainSpeed(models);
if (positionals.includes("real")) report.real = await realRun(models["135m"]);
if (wanted("memory")) {
  log("peaks beside what the console foretells");
  report.memory = {};
  for (const shape of Object.keys(SHAPES)) {
    for (const bits of [null, 8]) {
      const settings = JSON.stringify({ steps: 3, ...(bits && { bits }) });
      const { peak_mb } = await program("train-speed", models[shape], settings);
      const { forecast_mb } = await program("memory-forecast", models[shape], settings);
      report.memory[`${shape} ${bits === null ? "float32" : "int8"}`] = {
        peak_mb: round(peak_mb),
        forecast_mb,
        ratio: round(forecast_mb / peak_mb),
      };
    }
  }
}
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
