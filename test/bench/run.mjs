/**
 * `npm run bench`: speed and memory of this checkout on this machine, as JSON on stdout (progress on stderr).
 *
 *   npm run bench                          everything but `real` and `large`
 *   npm run bench -- train decode          some of it: train, real, large, memory, start, decode, page, scale, data
 *   npm run bench -- train --against DIR   runs `node bench.mjs <shape> fp32|int8 <steps>` in DIR in turn with our own steps
 *                                          and quotes the ratio (DIR: a program that prints `… tok/s, peak … MB`)
 *   npm run bench -- train --against python --python PATH   the same beside transformers and PEFT of that interpreter
 *   npm run bench -- real --data DIR [--model DIR]   160 rows of DIR/alpaca_en_demo.json as `tuneboard train` trains them,
 *                                          float32 and int8; --rows N for fewer
 *   npm run bench -- real --data DIR --against llamafactory --python PATH   the same in turn with LLaMA-Factory
 *   npm run bench -- large                 int8 steps of 0.5 and 1.5 billion parameters
 *   npm run bench -- decode --against DIR --llama DIR   beside `node decode.mjs <shape> int8` in one folder, and llama.cpp
 *                                          as the node-llama-cpp installed in the other
 *   --shapes 15m,135m                      the shapes of `train` and `decode`
 *   --threads N                            threads of every program in `train` and `decode`; one thread's figures bear a
 *                                          machine that others use too (default: all)
 *   --rounds N                             rounds of every training measurement (default 2); the best counts
 *
 * Every figure comes from a process of its own. Quote ratios of one run, not figures of two.
 */
import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import * as baselines from "./baselines.mjs";
import { lastLine, log, node, out, program, root, round } from "./processes.mjs";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    against: { type: "string" },
    python: { type: "string", default: "python3" },
    llama: { type: "string" },
    data: { type: "string" },
    model: { type: "string" },
    rows: { type: "string", default: "160" },
    rounds: { type: "string", default: "2" },
    threads: { type: "string" },
    shapes: { type: "string", default: "15m,135m" },
  },
});
/** Parts that need minutes or files of their own run only where they are named. */
const NAMED_ONLY = ["real", "large"];
const wanted = (name) => (positionals.length === 0 ? !NAMED_ONLY.includes(name) : positionals.includes(name));
/** Steps of a measurement: the first ones warm up. */
const STEPS = { "15m": 12, "135m": 4, "0.5b": 3, "1.5b": 2 };
const shapes = options.shapes.split(",");
const rounds = Array.from({ length: Number(options.rounds) }, (_, i) => i + 1);
const THREADS = options.threads ? { threads: Number(options.threads) } : {};
/** How a base is stored and what is kept for the way back. */
const FORMS = { float32: {}, int8: { bits: 8 }, int8_recomputing: { bits: 8, memoryBudget: 0 } };

async function bundle() {
  const { build } = await import("esbuild");
  const entries = [
    "make-model",
    "train-speed",
    "real-run",
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

/** Folders of random models of these shapes, and of the starter. */
const models = (...names) => program("make-model", path.join(out, "models"), ...names);

/** Every figure at its best over rounds: rates at their highest, costs at their lowest. */
function best(runs) {
  const result = {};
  for (const [name, first] of Object.entries(runs[0])) {
    const values = runs.map((run) => run[name]);
    const highest = name === "tokens_per_second";
    result[name] =
      typeof first === "number" ? round(highest ? Math.max(...values) : Math.min(...values)) : first;
  }
  return result;
}

const figures = ({ tokens_per_second, processor_seconds_per_step, peak_mb }) => ({
  tokens_per_second,
  processor_seconds_per_step,
  peak_mb,
});

async function trainSpeed() {
  const folders = await models(...shapes);
  const result = {};
  for (const shape of shapes) {
    const steps = STEPS[shape];
    const ours = Object.fromEntries(Object.keys(FORMS).map((form) => [form, []]));
    const theirs = { float32: [], int8: [] };
    // In turn, so that what else the machine does falls on all alike.
    for (const turn of rounds) {
      for (const [form, settings] of Object.entries(FORMS)) {
        log(`LoRA steps at ${shape}, ${form}, round ${turn}`);
        const given = JSON.stringify({ steps, ...THREADS, ...settings });
        ours[form].push(figures(await program("train-speed", folders[shape], given)));
        if (!options.against || !(form in theirs) || (form === "int8" && options.against === "python"))
          continue;
        const asked = { shape, steps, bits: settings.bits, model: folders[shape] };
        theirs[form].push(await baselines.trainingSteps(options, asked));
      }
    }
    result[shape] = {};
    for (const [form, runs] of Object.entries(ours)) result[shape][form] = best(runs);
    if (!options.against) continue;
    result[shape].baseline = best(theirs.float32);
    if (theirs.int8.length > 0) result[shape].baseline_int8 = best(theirs.int8);
    for (const form of Object.keys(FORMS)) {
      const other =
        form === "float32" ? result[shape].baseline : (result[shape].baseline_int8 ?? result[shape].baseline);
      const mine = result[shape][form];
      mine.speed_ratio = round(mine.tokens_per_second / other.tokens_per_second);
      mine.memory_ratio = round(mine.peak_mb / other.peak_mb);
    }
  }
  return result;
}

/** int8 steps of models that do not fit a small machine as float32. */
async function largeModels() {
  const result = {};
  for (const shape of ["0.5b", "1.5b"]) {
    log(`int8 LoRA steps at ${shape}`);
    const folders = await models(shape);
    const given = JSON.stringify({ steps: STEPS[shape], bits: 8 });
    result[shape] = figures(await program("train-speed", folders[shape], given));
  }
  return result;
}

/** float32 and int8 in turn, and LLaMA-Factory's two precisions after each. */
async function realRun() {
  if (!options.data) throw new Error("real needs --data, a folder with dataset_info.json and alpaca_en_demo");
  const model = options.model ?? (await models("135m"))["135m"];
  const rows = Number(options.rows);
  const compares = options.against === "llamafactory";
  const runs = { float32: [], int8: [], llamafactory_float32: [], llamafactory_bfloat16: [] };
  for (const turn of rounds) {
    for (const [form, settings, precision] of [
      ["float32", {}, "float32"],
      ["int8", { bits: 8 }, "bfloat16"],
    ]) {
      log(`${rows} real rows, ${form}, round ${turn}`);
      runs[form].push(await program("real-run", model, options.data, JSON.stringify({ rows, ...settings })));
      if (!compares) continue;
      log(`${rows} real rows, LLaMA-Factory in ${precision}, round ${turn}`);
      const asked = { model, data: options.data, rows, precision };
      runs[`llamafactory_${precision}`].push(await baselines.realRun(options, asked));
    }
  }
  const result = Object.fromEntries(
    Object.entries(runs).flatMap(([form, measured]) => (measured.length > 0 ? [[form, best(measured)]] : [])),
  );
  if (!compares) return result;
  const fastest = Math.min(
    result.llamafactory_float32.train_seconds,
    result.llamafactory_bfloat16.train_seconds,
  );
  for (const form of ["float32", "int8"])
    result[form].times_as_fast = round(fastest / result[form].train_seconds);
  return result;
}

async function decoding() {
  const folders = await models(...shapes);
  const result = {};
  for (const shape of shapes) {
    log(`decoding at ${shape}`);
    const turns = rounds.map(() => ({}));
    for (const turn of turns) {
      Object.assign(turn, await program("decode-speed", folders[shape], ...Object.values(THREADS)));
      if (options.against) turn.baseline_int8 = await baselines.programDecoding(options, shape);
      if (options.llama) turn.llama_q8_0 = await baselines.llamaDecoding(options, await gguf(folders[shape]));
    }
    result[shape] = Object.fromEntries(
      Object.keys(turns[0]).map((form) => [form, best(turns.map((turn) => turn[form]))]),
    );
  }
  return result;
}

/** The model as our own export writes it for llama.cpp. @returns the file */
async function gguf(folder) {
  const target = `${folder}-gguf`;
  const file = path.join(target, "model-q8_0.gguf");
  if (!existsSync(file)) {
    const words = { model_name_or_path: folder, export_dir: target, template: "chatml", export_gguf: "q8_0" };
    const given = Object.entries(words).map(([name, value]) => `${name}=${value}`);
    await node([path.join(root, "server/bin/tuneboard.mjs"), "export", ...given]);
  }
  return file;
}

/** Peaks of training beside what the console foretells. */
async function memory() {
  const folders = await models(...shapes);
  const result = {};
  for (const shape of shapes) {
    for (const form of ["float32", "int8"]) {
      log(`peak and forecast at ${shape}, ${form}`);
      const settings = JSON.stringify({ steps: 3, ...FORMS[form] });
      const { peak_mb } = await program("train-speed", folders[shape], settings);
      const { forecast_mb } = await program("memory-forecast", folders[shape], settings);
      result[`${shape} ${form}`] = {
        peak_mb: round(peak_mb),
        forecast_mb,
        ratio: round(forecast_mb / peak_mb),
      };
    }
  }
  return result;
}

async function firstStep() {
  log("start to first logged step");
  const folders = await models("135m");
  return {
    starter: await program("first-step", folders.starter),
    "135m": await program("first-step", folders["135m"]),
  };
}

const alone = (words, name) => () => {
  log(words);
  return program(name);
};

const PARTS = {
  train: trainSpeed,
  real: realRun,
  large: largeModels,
  memory,
  start: firstStep,
  decode: decoding,
  page: alone("pages", "page-speed"),
  data: alone("rows of data files", "data-speed"),
  scale: alone("many runs, long runs, many viewers", "run-scale"),
};

const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0)
  throw new Error(`no such part: ${unknown.join(", ")}; there are ${Object.keys(PARTS).join(", ")}`);
const { setUp } = await import("../../server/bin/setup.mjs");
await setUp({ log });
mkdirSync(out, { recursive: true });
await bundle();

const report = {
  machine: {
    cpu: cpus()[0]?.model,
    threads: availableParallelism(),
    memory_gb: round(totalmem() / 2 ** 30),
    node: process.version,
  },
  setting: "LoRA rank 8 on every linear, batch 2 × 256, all positions labelled, AdamW",
};
for (const [name, measure] of Object.entries(PARTS)) if (wanted(name)) report[name] = await measure();
console.log(JSON.stringify(report, null, 2));
