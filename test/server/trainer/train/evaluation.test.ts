import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { EvaluatedBatch, Stage } from "@/server/trainer/stages/stage";
import { evaluateBatches } from "@/server/trainer/train/evaluation";
import { logLines, runTiny, temporaryFolder, tinyArguments } from "./tiny-run";

const keysOf = (line: object) => Object.keys(line);
const readJson = (folder: string, name: string) => {
  return JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Record<string, unknown>;
};

/** As in the recorded run sft_lora of llamafactory-cli 0.9.5 (with include_num_input_tokens_seen). */
const TRAIN_KEYS =
  "current_steps total_steps loss lr epoch percentage elapsed_time remaining_time throughput total_tokens grad_norm".split(
    " ",
  );
const EVAL_KEYS =
  "current_steps total_steps eval_loss epoch percentage elapsed_time remaining_time throughput total_tokens".split(
    " ",
  );
const SUMMARY_KEYS =
  "current_steps total_steps epoch percentage elapsed_time remaining_time throughput total_tokens".split(" ");

describe("the loss of an evaluation", () => {
  const meanOf = async (batchesWeighAlike?: boolean) => {
    const stage = {
      batchesWeighAlike,
      evaluate: (batch: EvaluatedBatch) => Promise.resolve(batch),
    } as Stage<EvaluatedBatch>;
    const batches = [
      { loss: 2, rows: 3 },
      { loss: null, rows: 3 },
      { loss: 6, rows: 1 },
    ];
    return (await evaluateBatches(stage, batches, { signal: new AbortController().signal }))?.loss;
  };

  it("weighs batches by their rows, as transformers' Trainer does", async () => {
    expect(await meanOf()).toBe(3);
  });

  it("weighs a last batch as a full one where the stage says so, as Seq2SeqTrainer does", async () => {
    expect(await meanOf(true)).toBe(4);
  });
});

describe("a run with validation", () => {
  it("leaves the files, keys and order of keys that LLaMA-Factory leaves", async () => {
    const folder = await temporaryFolder();
    const { code, errors } = await runTiny({
      ...tinyArguments("lora", folder),
      val_size: 0.25,
      eval_strategy: "steps",
      eval_steps: 2,
      max_steps: 4,
      include_num_input_tokens_seen: true,
    });
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(logLines(folder).map(keysOf)).toEqual([
      TRAIN_KEYS,
      TRAIN_KEYS,
      EVAL_KEYS,
      TRAIN_KEYS,
      TRAIN_KEYS,
      EVAL_KEYS,
      SUMMARY_KEYS,
    ]);
    const history = readJson(folder, "trainer_state.json")["log_history"] as object[];
    expect(keysOf(history[0]!)).toEqual(
      "epoch grad_norm learning_rate loss num_input_tokens_seen step train_runtime train_tokens_per_second".split(
        " ",
      ),
    );
    expect(keysOf(history[2]!)).toEqual(
      "epoch eval_loss eval_runtime eval_samples_per_second eval_steps_per_second num_input_tokens_seen step".split(
        " ",
      ),
    );
    expect(keysOf(readJson(folder, "train_results.json"))).toEqual(
      "epoch num_input_tokens_seen total_flos train_loss train_peak_memory_bytes train_runtime train_samples_per_second train_steps_per_second".split(
        " ",
      ),
    );
    expect(keysOf(readJson(folder, "eval_results.json"))).toEqual(
      "epoch eval_loss eval_runtime eval_samples_per_second eval_steps_per_second num_input_tokens_seen".split(
        " ",
      ),
    );
    const all = { ...readJson(folder, "train_results.json"), ...readJson(folder, "eval_results.json") };
    expect(readJson(folder, "all_results.json")).toEqual(all);
    expect(readFileSync(path.join(folder, "all_results.json"), "utf8")).toMatch(
      /^\{\n {4}"epoch": 2\.0,\n[^]*[^\n]$/,
    );
    expect(readdirSync(path.join(folder, "checkpoint-4")).sort()).toEqual([
      "adapter_config.json",
      "adapter_model.safetensors",
      "chat_template.jinja",
      "optimizer.safetensors",
      "rng_state.json",
      "scheduler.json",
      "tokenizer.json",
      "tokenizer_config.json",
      "trainer_state.json",
      "training_args.yaml",
    ]);
  });

  it("brings back the best model and keeps its checkpoint under save_total_limit", async () => {
    const folder = await temporaryFolder();
    const { output } = await runTiny({
      ...tinyArguments("full", folder),
      gradient_accumulation_steps: 1,
      ...{ val_size: 0.25, eval_strategy: "steps", eval_steps: 1, save_steps: 1, save_total_limit: 1 },
      ...{ load_best_model_at_end: true, learning_rate: 0.02, lr_scheduler_type: "constant", max_steps: 8 },
    });
    const best = Number(readJson(folder, "trainer_state.json")["best_global_step"]);
    expect(best).toBeLessThan(8);
    expect(output).toContain(`Loading best model from ${path.join(folder, `checkpoint-${best}`)}`);
    const weights = (name: string) => readFileSync(path.join(folder, name, "model.safetensors"));
    expect(weights(".").equals(weights(`checkpoint-${best}`))).toBe(true);
    const lowest = Math.min(
      ...logLines(folder).flatMap((line) => (line["eval_loss"] ? [Number(line["eval_loss"])] : [])),
    );
    expect(readJson(folder, "eval_results.json")["eval_loss"]).toBeCloseTo(lowest, 6);
    const kept = readdirSync(folder).filter((name) => name.startsWith("checkpoint-"));
    expect(kept.sort()).toEqual([`checkpoint-${best}`, "checkpoint-8"].sort());
  });

  it("evaluates alone with do_eval", async () => {
    const [trained, folder] = [await temporaryFolder(), await temporaryFolder()];
    await runTiny({ ...tinyArguments("lora", trained), max_steps: 1 });
    const args = {
      ...tinyArguments("lora", folder),
      adapter_name_or_path: trained,
      do_train: false,
      do_eval: true,
    };
    const { code, errors } = await runTiny({ ...args, dataset: "", eval_dataset: "rows" });
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    expect(logLines(folder)).toMatchObject([{ current_steps: 0, total_steps: 1, epoch: 0, percentage: 0 }]);
    expect(readFileSync(path.join(folder, "eval_results.json"), "utf8")).toContain('"epoch": 0,\n');
    expect(existsSync(path.join(folder, "trainer_state.json"))).toBe(false);
  });

  it("reports perplexity in pretraining, and says so where packing leaves nothing to evaluate", async () => {
    const [folder, packed] = [await temporaryFolder(), await temporaryFolder()];
    const args = (output: string) => ({
      ...tinyArguments("lora", output),
      ...{ stage: "pt", packing: false, val_size: 0.25, eval_strategy: "epoch", num_train_epochs: 1 },
    });
    await runTiny(args(folder));
    const results = readJson(folder, "eval_results.json");
    expect(results["eval_perplexity"]).toBeCloseTo(Math.exp(Number(results["eval_loss"])), 6);
    expect((await runTiny({ ...args(packed), packing: true, val_size: 1 })).output).toContain(
      "No row is left to evaluate on",
    );
  });
});

describe("learning", () => {
  it.each(["lora", "full"] as const)("overfits one sentence with %s", async (method) => {
    const folder = await temporaryFolder();
    await runTiny({
      ...tinyArguments(method, folder),
      ...{ max_samples: 1, lora_dropout: 0, lora_rank: 16, learning_rate: method === "lora" ? 0.03 : 0.01 },
      ...{
        per_device_train_batch_size: 1,
        gradient_accumulation_steps: 1,
        max_steps: 40,
        save_strategy: "no",
      },
      lr_scheduler_type: "constant",
    });
    const losses = logLines(folder).flatMap((line) =>
      typeof line["loss"] === "number" ? [line["loss"]] : [],
    );
    expect(losses[0]).toBeGreaterThan(8);
    // Behind the LoRA stands a frozen random output matrix, whose largest logits bound what the loss can fall to.
    expect(losses.at(-1)).toBeLessThan(method === "full" ? 0.05 : 7.3);
  });
});
