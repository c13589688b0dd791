/** `do_predict` on the golden folder's tiny Qwen2: files, scores, greedy answers that are the same each time. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FIXTURES, logLines, runTiny, temporaryFolder, tinyArguments } from "../train/tiny-run";

const ADAPTER = path.join(FIXTURES, "sft_lora_qwen2", "adapter");

function predictArguments(output: string, values: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    ...tinyArguments("lora", output),
    do_train: false,
    dataset: "",
    eval_dataset: "rows",
    do_predict: true,
    predict_with_generate: true,
    per_device_eval_batch_size: 1,
    max_samples: 6,
    max_new_tokens: 5,
    do_sample: false,
    cutoff_len: 1024,
    ...values,
  };
}

const predictionsOf = (folder: string) =>
  readFileSync(path.join(folder, "generated_predictions.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { prompt: string; predict: string; label: string });

const resultsOf = (folder: string, name: string) =>
  JSON.parse(readFileSync(path.join(folder, name), "utf8")) as Record<string, number>;

describe("do_predict", () => {
  it("writes predictions, scores and a progress line every five batches", async () => {
    const output = await temporaryFolder();
    const { code, errors } = await runTiny(predictArguments(output));
    expect(errors).toBe("");
    expect(code).toBe(0);
    const rows = predictionsOf(output);
    expect(rows).toHaveLength(6);
    expect(Object.keys(rows[0]!)).toEqual(["prompt", "predict", "label"]);
    expect(rows[0]!.prompt).toContain("<|im_start|>user\n");
    expect(rows[0]!.prompt.endsWith("<|im_start|>assistant\n")).toBe(true);
    expect(rows[0]!.label.endsWith("\n")).toBe(true);
    expect(rows[0]!.label).not.toContain("<|im_end|>");
    const results = resultsOf(output, "predict_results.json");
    expect(Object.keys(results)).toEqual([
      "predict_bleu-4",
      "predict_model_preparation_time",
      "predict_rouge-1",
      "predict_rouge-2",
      "predict_rouge-l",
      "predict_runtime",
      "predict_samples_per_second",
      "predict_steps_per_second",
    ]);
    expect(resultsOf(output, "all_results.json")).toEqual(results);
    expect(logLines(output)).toEqual([
      expect.objectContaining({ current_steps: 5, total_steps: 6, percentage: 83.33 }),
    ]);
  });

  it("answers with the adapter, and with several of them together", async () => {
    const predict = async (adapters: string | undefined) => {
      const output = await temporaryFolder();
      const { errors } = await runTiny(
        predictArguments(output, { max_samples: 2, ...(adapters && { adapter_name_or_path: adapters }) }),
      );
      expect(errors).toBe("");
      return predictionsOf(output).map((row) => row.predict);
    };
    const base = await predict(undefined);
    const adapted = await predict(ADAPTER);
    expect(adapted).not.toEqual(base);
    expect(await predict(ADAPTER)).toEqual(adapted);
    expect(await predict(`${ADAPTER},${ADAPTER}`)).not.toEqual(adapted);
  });

  it("predicts with what the same run has trained", async () => {
    const output = await temporaryFolder();
    const { errors } = await runTiny(
      predictArguments(output, { do_train: true, dataset: "rows", max_samples: 2, max_steps: 1 }),
    );
    expect(errors).toBe("");
    expect(predictionsOf(output)).toHaveLength(2);
    const all = resultsOf(output, "all_results.json");
    expect(all).toHaveProperty("train_loss");
    expect(all).toHaveProperty("predict_rouge-l");
    expect(logLines(output).every((line) => line["total_steps"] === 1)).toBe(true);
  });

  it("draws the same answers for the same seed", async () => {
    const predict = async (seed: number) => {
      const output = await temporaryFolder();
      await runTiny(
        predictArguments(output, { do_sample: true, temperature: 2, top_p: 1, max_samples: 2, seed }),
      );
      return predictionsOf(output).map((row) => row.predict);
    };
    const first = await predict(3);
    expect(await predict(3)).toEqual(first);
    expect(await predict(4)).not.toEqual(first);
  });

  it("names an argument that it cannot follow before anything is loaded", async () => {
    const output = await temporaryFolder();
    const beams = await runTiny(predictArguments(output, { num_beams: 4 }));
    expect(beams.errors).toMatch(/num_beams: 4 is not supported here; it can be 1/);
    const heat = await runTiny(predictArguments(output, { temperature: -1 }));
    expect(heat.errors).toMatch(/temperature: -1 is not valid/);
    const none = await runTiny(predictArguments(output, { eval_dataset: "" }));
    expect(none.errors).toMatch(/nothing to predict: set eval_dataset or val_size/);
    expect(existsSync(path.join(output, "generated_predictions.jsonl"))).toBe(false);
  });
});
