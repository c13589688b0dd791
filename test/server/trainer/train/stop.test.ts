/** A stop that is asked for at any time: what it leaves, and that a run that goes on ends as if there had been none. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lossBySteps, logLines, runTiny, temporaryFolder, tinyArguments } from "./tiny-run";

const names = (folder: string) =>
  ["adapter_model.safetensors", "all_results.json"].filter((name) => existsSync(path.join(folder, name)));

describe("a stop", () => {
  it.each(["Loading dataset", "Running tokenizer on dataset", "Loading model", "Answering"])(
    'is obeyed before the first step, at the words "%s"',
    async (words) => {
      const folder = await temporaryFolder();
      const args = { ...tinyArguments("lora", folder), sample_prompts: '["Why?"]' };
      const run = await runTiny(args, words);
      expect(run).toMatchObject({ code: 0, errors: "" });
      expect(run.output).toMatch(/Training stopped at step 0/);
      expect(names(folder)).toEqual([]);
      expect(lossBySteps(folder, "may be empty").size).toBe(0);
      expect(await runTiny(args)).toMatchObject({ code: 0, errors: "" });
      expect(lossBySteps(folder).size).toBe(6);
    },
  );

  it("during an evaluation leaves a checkpoint, and the evaluation to the run that goes on", async () => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    const evaluated = { val_size: 0.5, eval_strategy: "steps", eval_steps: 2, per_device_eval_batch_size: 1 };
    const args = (folder: string) => ({
      ...tinyArguments("lora", folder),
      ...evaluated,
      num_train_epochs: 4,
    });
    await runTiny(args(whole));
    const stopped = await runTiny(args(parts), "***** Running Evaluation *****");
    expect(stopped.output).toContain("Training stopped at step 2 of 4. Resume from checkpoint-2.");
    expect(names(parts)).toEqual([]);
    expect(await runTiny(args(parts))).toMatchObject({ code: 0, errors: "" });
    const evaluations = (folder: string) =>
      logLines(folder)
        .filter((line) => "eval_loss" in line)
        .map((line) => [line["current_steps"], line["eval_loss"]]);
    expect(evaluations(parts)).toEqual(evaluations(whole));
    expect(lossBySteps(parts)).toEqual(lossBySteps(whole));
  });

  it("during the samples of a checkpoint leaves the checkpoint", async () => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), sample_prompts: '["Why?"]', sample_max_new_tokens: 3 };
    const run = await runTiny(args, "Answering 1 sample prompts at step 2");
    expect(run.output).toContain("Training stopped at step 2 of 6. Resume from checkpoint-2.");
    expect(readFileSync(path.join(folder, "samples.jsonl"), "utf8")).not.toContain('"step": 2');
    await runTiny(args);
    expect(readFileSync(path.join(folder, "samples.jsonl"), "utf8").match(/"step": 2/g)).toHaveLength(1);
  });

  it("ends an evaluation or a prediction without training, without results", async () => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), do_train: false, eval_dataset: "rows" };
    const evaluating = await runTiny({ ...args, do_eval: true }, "***** Running Evaluation *****");
    expect(evaluating).toMatchObject({ code: 0, errors: "" });
    expect(evaluating.output).toContain("Training stopped at step 0 of 0, while evaluating.");
    const predicting = { ...args, do_predict: true, predict_with_generate: true, max_new_tokens: 4 };
    expect((await runTiny(predicting, "***** Running Prediction *****")).output).toContain(
      "after 0 of 8 predictions",
    );
    expect(existsSync(path.join(folder, "eval_results.json"))).toBe(false);
    expect(existsSync(path.join(folder, "predict_results.json"))).toBe(false);
  });
});

describe("do_eval alone", () => {
  it("tells every fifth batch how far it is, and its loss at the end", async () => {
    const folder = await temporaryFolder();
    const args = { ...tinyArguments("lora", folder), do_train: false, do_eval: true, eval_dataset: "rows" };
    expect(await runTiny({ ...args, per_device_eval_batch_size: 1 })).toMatchObject({ code: 0, errors: "" });
    const lines = logLines(folder);
    expect(lines.map((line) => [line["current_steps"], line["total_steps"]])).toEqual([
      [5, 8],
      [0, 8],
    ]);
    expect(lines[0]).toMatchObject({ percentage: 62.5 });
    expect(lines[1]!["eval_loss"]).toBeGreaterThan(0);
  });
});
