/**
 * `real-run <model folder> <data folder> '<settings as JSON>'`: `tuneboard train` on real rows, as a person runs it, alone
 * in this process: 160 rows of alpaca_en_demo, LoRA rank 8 on every linear, batch 2, accumulation 8, cutoff 1024. Prints
 * one JSON line. The runtime is the one that the run itself reports, without loading.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { trainCommand } from "@/server/trainer/train/train-command";

interface Settings {
  readonly rows?: number;
  readonly bits?: 8 | 4;
}

const [model = "", data = "", given = "{}"] = process.argv.slice(2);
const { rows = 160, bits } = JSON.parse(given) as Settings;
const out = mkdtempSync(path.join(tmpdir(), "tuneboard-real-"));
const words = {
  model_name_or_path: model,
  dataset_dir: path.resolve(data),
  dataset: "alpaca_en_demo",
  max_samples: rows,
  template: "chatml",
  stage: "sft",
  do_train: true,
  finetuning_type: "lora",
  lora_rank: 8,
  lora_target: "all",
  per_device_train_batch_size: 2,
  gradient_accumulation_steps: 8,
  cutoff_len: 1024,
  num_train_epochs: 1,
  learning_rate: 1e-4,
  logging_steps: 1,
  save_strategy: "no",
  output_dir: out,
  ...(bits && { quantization_bit: bits }),
};

const started = performance.now();
const errors: string[] = [];
const code = await trainCommand(
  Object.entries(words).map(([name, value]) => `${name}=${value}`),
  {
    terminal: { out: () => undefined, err: (text) => errors.push(text) },
    signal: new AbortController().signal,
  },
);
if (code !== 0) throw new Error(errors.join(""));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage();
const results = JSON.parse(readFileSync(path.join(out, "all_results.json"), "utf8")) as {
  train_runtime: number;
  train_loss: number;
};
rmSync(out, { recursive: true, force: true });
const round = (value: number): number => Number(value.toPrecision(4));
console.log(
  JSON.stringify({
    rows,
    seconds: round(seconds),
    train_seconds: results.train_runtime,
    processor_seconds: round((user + system) / 1e6),
    peak_mb: Math.round(process.resourceUsage().maxRSS / 1024),
    train_loss: results.train_loss,
  }),
);
process.exit(0);
