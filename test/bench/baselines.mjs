/**
 * Other programs that do the same work, started in turn with ours: a folder with `bench.mjs` and `decode.mjs`, transformers
 * and PEFT, LLaMA-Factory, llama.cpp. Each answers with figures under the names of ours.
 */
import path from "node:path";
import { execute, lastLine, node, root } from "./processes.mjs";

/** Asks for a number of threads: `bench.mjs` and `decode.mjs` in their way, PyTorch in its own. */
const threadVariables = (threads) =>
  threads ? { variables: { TH: threads, OMP_NUM_THREADS: threads } } : {};

/** LoRA steps of `node bench.mjs <shape> <fp32|int8> <steps>` in `folder`, which prints "… tok/s, … peak … MB". */
async function programSteps(folder, { shape, steps, bits, threads }) {
  const form = bits === 8 ? "int8" : "fp32";
  const options = { cwd: path.resolve(folder), ...threadVariables(threads) };
  const stdout = await node(["bench.mjs", shape, form, String(steps)], options);
  const found = /([\d.]+) tok\/s,.* peak (\d+) MB/.exec(stdout);
  if (!found) throw new Error(`bench.mjs printed no "… tok/s, peak … MB":\n${stdout}`);
  return { tokens_per_second: Number(found[1]), peak_mb: Number(found[2]) };
}

/** The baseline of a form of LoRA steps, at what it does best of that form; transformers and PEFT have no int8 here. */
export async function trainingSteps({ against, python, threads }, { shape, steps, bits, model }) {
  if (against !== "python") return programSteps(against, { shape, steps, bits, threads });
  const script = path.join(root, "test/bench/peft-speed.py");
  return lastLine(await execute(python, [script, model, String(steps)], threadVariables(threads)));
}

/** The real run by LLaMA-Factory in the Python environment `python`. */
export async function realRun({ python, threads }, { model, data, rows, precision }) {
  const script = path.join(root, "test/bench/llamafactory-run.py");
  return lastLine(
    await execute(python, [script, model, data, String(rows), precision], threadVariables(threads)),
  );
}

/** int8 decoding by `node decode.mjs <shape> int8` in `folder`, which prints "first token … ms, … tok/s". */
export async function programDecoding({ against, threads }, shape) {
  const options = { cwd: path.resolve(against), ...threadVariables(threads) };
  const stdout = await node(["decode.mjs", shape, "int8"], options);
  const found = /first token ([\d.]+) ms, ([\d.]+) tok\/s/.exec(stdout);
  if (!found) throw new Error(`decode.mjs printed no "first token … ms, … tok/s":\n${stdout}`);
  return { first_token_ms: Number(found[1]), tokens_per_second: Number(found[2]) };
}

/** The same answer by llama.cpp through the node-llama-cpp that is installed in `folder`. */
export async function llamaDecoding({ llama, threads }, file) {
  return lastLine(
    await node([
      path.join(root, "test/bench/llama-speed.mjs"),
      path.resolve(llama),
      file,
      ...(threads ? [threads] : []),
    ]),
  );
}
