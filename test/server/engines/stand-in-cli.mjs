/**
 * A stand-in for `llamafactory-cli`: the same verbs, files and signals as 0.9.5 where all goes well, and otherwise as bad
 * as `stand-in.json` in the current folder says. Plain node; it trains nothing.
 *
 *   { "mode": "good" | "slow" | "crash" | "garbage" | "deaf" | "silent" | "half line" | "words", "words": …, "exit": … }
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { parse } from "yaml";

const [, , verb, argsFile, ...overrides] = process.argv;
const script = existsSync("stand-in.json")
  ? JSON.parse(readFileSync("stand-in.json", "utf8"))
  : { mode: "good" };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const die = (words, code = 1) => {
  process.stderr.write(`${words}\n`);
  process.exit(code);
};
const traceback = (words) =>
  `Traceback (most recent call last):\n  File "launcher.py", line 157, in launch\n    run_exp()\n${words}`;

switch (verb) {
  case "version":
    console.log("| Welcome to LLaMA Factory, version 0.9.5                |");
    break;
  case "env":
    if (script.env) die(traceback(script.env));
    console.log(
      "\n- `llamafactory` version: 0.9.5\n- Python version: 3.11.7\n- PyTorch version: 2.14.1\n- Git commit: abc\n",
    );
    break;
  case "train":
    if (argsFile === "-h") {
      if (script.imports) die(traceback(script.imports));
      console.log("usage: train");
    } else await train(readArguments());
    break;
  case "api":
    serve(readArguments());
    break;
  case "export": {
    const { export_dir: folder } = readArguments();
    mkdirSync(folder, { recursive: true });
    for (const name of ["config.json", "model.safetensors", "tokenizer.json", "Modelfile"])
      writeFileSync(path.join(folder, name), "{}");
    break;
  }
  default:
    die(`Unknown command: ${verb}.`);
}

function readArguments() {
  const args = parse(readFileSync(argsFile, "utf8"));
  for (const word of overrides) {
    const at = word.indexOf("=");
    args[word.slice(0, at)] = parse(word.slice(at + 1));
  }
  return args;
}

async function train(args) {
  if (script.mode === "silent") process.exit(script.exit ?? 0);
  const folder = args.output_dir;
  const logFolder = process.env.LLAMABOARD_WORKDIR;
  rmSync(path.join(logFolder, "running_log.txt"), { force: true });
  const log = (words) => {
    appendFileSync(
      path.join(logFolder, "running_log.txt"),
      `[INFO|2026-11-24 04:03:27] trainer.py:1469 >> ${words}\n`,
    );
    process.stderr.write(`[INFO|trainer.py:1469] 2026-11-24 04:03:27,000 >> ${words}\n`);
  };
  if (script.mode === "words") die(traceback(script.words), script.exit ?? 1);
  if (args.stage === "ppo")
    die(
      traceback(
        "ImportError: trl>=0.8.6,<=0.9.6 is required for a normal functioning of this module, but found trl==0.24.0.",
      ),
    );
  if (!existsSync(args.model_name_or_path))
    die(
      traceback(
        `OSError: ${args.model_name_or_path} is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'`,
      ),
    );

  let aborted = false;
  process.on("SIGABRT", () => (aborted = script.mode !== "deaf"));
  if (script.mode === "deaf") for (const name of ["SIGTERM", "SIGINT"]) process.on(name, () => undefined);

  log("Loading dataset greetings.json...");
  log("Running tokenizer on dataset");
  if (script.mode === "garbage")
    process.stdout.write(Buffer.from(Array.from({ length: 20000 }, (_, i) => (i * 37) % 256)));
  const total = args.max_steps > 0 ? args.max_steps : 6;
  const from = Number(/checkpoint-(\d+)$/.exec(args.resume_from_checkpoint ?? "")?.[1] ?? 0);
  const started = Date.now();
  const line = (step, more) => {
    const seconds = Math.floor((Date.now() - started) / 1000);
    const entry = {
      current_steps: step,
      total_steps: total,
      ...more,
      epoch: step / total,
      percentage: Math.round((step / total) * 1e4) / 100,
      elapsed_time: `0:00:${String(seconds).padStart(2, "0")}`,
      remaining_time: "0:00:00",
      throughput: 100.5,
      total_tokens: step * 224,
    };
    return JSON.stringify(entry).replaceAll(',"', ', "').replaceAll('":', '": ');
  };
  const write = (text) => appendFileSync(path.join(folder, "trainer_log.jsonl"), text);
  const history = [];
  log("***** Running training *****");
  let step = from;
  while (step < total && !aborted) {
    await pause(script.mode === "slow" || script.mode === "deaf" ? 150 : (script.stepMs ?? 15));
    step++;
    history.push({ epoch: step / total, grad_norm: 0.4, learning_rate: 1e-4, loss: 8 - step / 10, step });
    if (script.mode === "half line" && step === total - 1) {
      write(line(step, { loss: 8 - step / 10, lr: 1e-4 }).slice(0, 40));
      process.exit(1);
    }
    write(`${line(step, { loss: 8 - step / 10, lr: 1e-4 })}\n\n`);
    if (script.mode === "garbage") write("\u0000\uFFFD{]not json\n");
    if (script.mode === "crash" && step === (script.at ?? 3)) {
      if (script.signal) process.kill(process.pid, script.signal);
      die(
        traceback(script.words ?? "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB."),
        script.exit ?? 1,
      );
    }
    if (step % (args.save_steps ?? 500) === 0 || step === total)
      checkpoint(path.join(folder, `checkpoint-${step}`), step, total, history);
  }
  write(`${line(step, {})}\n\n`);
  weights(folder);
  writeFileSync(
    path.join(folder, "trainer_state.json"),
    JSON.stringify({ global_step: step, max_steps: total, log_history: history }),
  );
  if (!aborted)
    writeFileSync(path.join(folder, "all_results.json"), JSON.stringify({ train_loss: 7 }, null, 4));
}

function checkpoint(folder, step, total, history) {
  mkdirSync(folder, { recursive: true });
  weights(folder);
  for (const name of ["optimizer.pt", "scheduler.pt", "rng_state.pth", "training_args.bin"])
    writeFileSync(path.join(folder, name), "x");
  writeFileSync(
    path.join(folder, "trainer_state.json"),
    JSON.stringify({ global_step: step, max_steps: total, log_history: history }),
  );
}

function weights(folder) {
  writeFileSync(
    path.join(folder, "adapter_config.json"),
    JSON.stringify({ peft_type: "LORA", r: 8, base_model_name_or_path: "models/tiny" }),
  );
  writeFileSync(path.join(folder, "adapter_model.safetensors"), "weights");
}

/** One model with at most one adapter, as `llamafactory-cli api` serves them. */
function serve(args) {
  if (script.mode === "words") die(traceback(script.words));
  const who = args.adapter_name_or_path ? `tuned:${path.basename(args.adapter_name_or_path)}` : "base";
  createServer(async (request, response) => {
    const json = (status, value) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
    if (request.headers.authorization !== `Bearer ${process.env.API_KEY}`)
      return json(401, { detail: "Invalid API key." });
    if (request.url === "/v1/models")
      return json(200, { object: "list", data: [{ id: process.env.API_MODEL_NAME }] });
    if (request.url !== "/v1/chat/completions") return json(404, { detail: "Not Found" });
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    const messages = body.messages[0].role === "system" ? body.messages.slice(1) : body.messages;
    if (messages.length % 2 === 0) return json(400, { detail: "Only supports u/a/u/a/u..." });
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const words = [
      who,
      `pid=${process.pid}`,
      `device=${process.env.CUDA_VISIBLE_DEVICES ?? "any"}`,
      `sample=${body.do_sample}`,
      messages.at(-1).content,
    ];
    response.write(
      `data: ${JSON.stringify({ choices: [{ delta: { role: "assistant", content: "" } }] })}\n\n`,
    );
    for (const word of words)
      response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: `${word} ` } }] })}\n\n`);
    response.end(
      `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: "stop" }] })}\n` + "data: [DONE]\n\n",
    );
  }).listen(Number(process.env.API_PORT), process.env.API_HOST);
}
