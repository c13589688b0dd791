/** Runs of `tuneboard train` on the golden folder's tiny models, in this process, with their files at hand. */
import { readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { trainCommand } from "@/server/trainer/train/train-command";

export const FIXTURES = path.resolve("test/fixtures/golden/e2e");

export type LogLine = Record<string, number | string | null>;

/** A folder that is removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "train-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Arguments for a LoRA run on the tiny Qwen2, or a full one on the tiny Llama: 8 rows, batches of 2, dropout on. */
export function tinyArguments(method: "lora" | "full", output: string): Record<string, unknown> {
  const folder = path.join(FIXTURES, method === "lora" ? "sft_lora_qwen2" : "sft_full_llama");
  return {
    model_name_or_path: path.join(folder, "model"),
    dataset_dir: path.join(folder, "data"),
    dataset: "rows",
    template: method === "lora" ? "qwen" : "llama3",
    output_dir: output,
    stage: "sft",
    do_train: true,
    finetuning_type: method,
    lora_rank: 4,
    lora_dropout: 0.1,
    cutoff_len: 96,
    per_device_train_batch_size: 2,
    gradient_accumulation_steps: 2,
    learning_rate: 2e-3,
    num_train_epochs: 3,
    lr_scheduler_type: "cosine",
    logging_steps: 1,
    save_steps: 2,
    seed: 5,
  };
}

export interface FinishedRun {
  code: number;
  output: string;
  errors: string;
}

/** Runs the arguments to their end. `stopAfter`: asks for a stop once this many losses are logged, or these words. */
export async function runTiny(
  args: Record<string, unknown>,
  stopAfter: number | string = Infinity,
): Promise<FinishedRun> {
  const controller = new AbortController();
  let [output, errors, losses] = ["", "", 0];
  const out = (text: string) => {
    output += text;
    if (typeof stopAfter === "string" && text.includes(stopAfter)) controller.abort();
    if (text.includes("'loss':") && ++losses >= Number(stopAfter)) controller.abort();
  };
  const words = Object.entries(args).map(([key, value]) => `${key}=${String(value)}`);
  const code = await trainCommand(words, {
    terminal: { out, err: (text) => void (errors += text) },
    signal: controller.signal,
  });
  return { code, output, errors };
}

/** The lines of trainer_log.jsonl. */
export function logLines(folder: string): LogLine[] {
  return readFileSync(path.join(folder, "trainer_log.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as LogLine);
}

/** Loss by step, as logged; the last one where a step was logged twice. */
export function lossBySteps(folder: string, logged: "" | "may be empty" = ""): Map<number, number> {
  if (logged === "may be empty" && statSync(path.join(folder, "trainer_log.jsonl")).size === 0)
    return new Map();
  const trained = logLines(folder).filter((line) => typeof line["loss"] === "number");
  return new Map(trained.map((line) => [Number(line["current_steps"]), Number(line["loss"])]));
}
