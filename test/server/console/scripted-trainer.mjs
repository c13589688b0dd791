/**
 * A stand-in for a training program: reads what to do from the `script` file beside its arguments and writes the files
 * that a real one writes. Plain JavaScript, run by plain node, so that the console can spawn it.
 *
 *   node scripted-trainer.mjs <training_args.yaml> <script.json> [key=value …]
 *
 * script: { steps, stepMs, failAt?, exitCode?, words?, ignoreTerm?, halfLine?, saveEvery?, silentMs?, stubbornChild? }
 * stubbornChild: starts a process that ignores SIGTERM, its number in child.pid, and leaves it behind
 */
import { spawn } from "node:child_process";
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const [, , argsFile, scriptFile, ...overrides] = process.argv;
const folder = path.dirname(argsFile);
const script = JSON.parse(readFileSync(scriptFile, "utf8"));
const file = (...names) => path.join(folder, ...names);
const log = (line) =>
  appendFileSync(file("running_log.txt"), `[INFO|2026-11-24 00:00:00] trainer:1 >> ${line}\n`);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let stopping = false;
process.on("SIGTERM", () => {
  if (!script.ignoreTerm) stopping = true;
});

const resumed = Number(/resume_from_checkpoint=.*checkpoint-(\d+)/.exec(overrides.join(" "))?.[1] ?? 0);
const started = Date.now();
const clock = () => {
  const seconds = Math.floor((Date.now() - started) / 1000);
  return `0:${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
};
const metric = (fields) =>
  appendFileSync(
    file("trainer_log.jsonl"),
    `${JSON.stringify({ ...fields, percentage: 0, elapsed_time: clock(), remaining_time: "0:00:00" })
      .replaceAll('":', '": ')
      .replaceAll(',"', ', "')}\n`,
  );

function save(step) {
  const checkpoint = file(`checkpoint-${step}`);
  mkdirSync(checkpoint, { recursive: true });
  writeFileSync(path.join(checkpoint, "adapter_model.safetensors"), "weights");
  writeFileSync(path.join(checkpoint, "adapter_config.json"), "{}");
  writeFileSync(path.join(checkpoint, "optimizer.safetensors"), "state");
  writeFileSync(path.join(checkpoint, "trainer_state.json"), JSON.stringify({ global_step: step }));
}

if (script.stubbornChild) {
  const deaf = 'process.on("SIGTERM", () => undefined); setInterval(() => undefined, 1000);';
  const child = spawn(process.execPath, ["-e", deaf], { stdio: "ignore" });
  child.unref();
  writeFileSync(file("child.pid"), String(child.pid));
}

log("Loading model from models/tiny");
await sleep(script.silentMs ?? 0);
log("***** Running training *****");
let step = resumed;
while (step < script.steps && !stopping) {
  await sleep(script.stepMs);
  step++;
  if (step === script.failAt) {
    appendFileSync(file("trainer_log.jsonl"), script.halfLine ? '{"current_steps": 3, "tot' : "");
    console.error(script.words ?? "Error: the loss is NaN at step 3.");
    process.exit(script.exitCode ?? 1);
  }
  metric({
    current_steps: step,
    total_steps: script.steps,
    loss: 4 - step / script.steps,
    lr: 1e-4,
    epoch: step / 10,
  });
  if (script.saveEvery && step % script.saveEvery === 0) save(step);
}
if (stopping) save(step);
metric({ current_steps: step, total_steps: script.steps, epoch: step / 10 });
writeFileSync(file("adapter_model.safetensors"), "weights");
writeFileSync(file("adapter_config.json"), "{}");
writeFileSync(file("all_results.json"), "{}");
process.exit(0);
