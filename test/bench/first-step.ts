/**
 * `first-step <model folder>`: seconds from starting `tuneboard train` to the first line of trainer_log.jsonl, as JSON.
 * The shipped identity set, LoRA, one row a step; best of two.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const [model = ""] = process.argv.slice(2);

async function measure(): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), "tuneboard-bench-"));
  const log = path.join(folder, "out", "trainer_log.jsonl");
  const started = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...[
        "server/bin/tuneboard.mjs",
        "train",
        "--model_name_or_path",
        model,
        "--dataset_dir",
        path.resolve("server/starter/data"),
      ],
      ...[
        "--dataset",
        "identity",
        "--template",
        "chatml",
        "--stage",
        "sft",
        "--finetuning_type",
        "lora",
        "--do_train",
        "true",
      ],
      ...[
        "--max_steps",
        "1",
        "--logging_steps",
        "1",
        "--per_device_train_batch_size",
        "1",
        "--save_strategy",
        "no",
      ],
      ...["--output_dir", path.join(folder, "out")],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  while (!(existsSync(log) && readFileSync(log, "utf8").includes("\n"))) {
    if (child.exitCode !== null)
      throw new Error(`tuneboard train ended with code ${child.exitCode}:\n${stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const seconds = (performance.now() - started) / 1000;
  await ended;
  rmSync(folder, { recursive: true, force: true });
  return seconds;
}

console.log(JSON.stringify({ seconds: Number(Math.min(await measure(), await measure()).toFixed(2)) }));
