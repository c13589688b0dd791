/** Rows of an evaluation: scored once, sorted by any measure, in pages. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEvaluationSchema } from "@/server/contract/evaluation";
import { evaluationRun } from "@/server/evaluations/evaluations";
import { measuredResults, PredictionFiles } from "@/server/evaluations/predictions";
import { scorePredictions } from "@/server/trainer/predict/score-command";

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "tuneboard-predictions-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (...rows: [predict: string, label: string][]) =>
  writeFileSync(
    path.join(folder, "generated_predictions.jsonl"),
    rows.map(([predict, label], i) => `${JSON.stringify({ prompt: `q${i}`, predict, label })}\n`).join(""),
  );

describe("predictions", () => {
  it("come worst first by any measure, scored when they are first wanted and not again", async () => {
    write(["the cat sat", "the cat sat"], ["a dog", "the cat sat"], ["the cat stood", "the cat sat"]);
    let scorings = 0;
    const files = new PredictionFiles(async (where) => {
      scorings++;
      await scorePredictions(where);
    });
    const wish = { offset: 0, limit: 2, order: "rouge-l", descending: false } as const;
    const [page] = await Promise.all([files.page(folder, wish), files.page(folder, wish)]);
    expect(page.total).toBe(3);
    expect(page.items.map(({ row }) => row)).toEqual([1, 2]);
    expect(page.items[0]!.scores!["rouge-l"]).toBe(0);
    const best = await files.page(folder, { ...wish, descending: true, limit: 1 });
    expect(best.items).toMatchObject([{ row: 0, prompt: "q0", scores: { "rouge-l": 100 } }]);
    expect((await files.page(folder, { ...wish, order: "row", offset: 2 })).items).toHaveLength(1);
    expect(scorings).toBe(1);
  });

  it("survive a line that is none", async () => {
    write(["a", "a"]);
    const file = path.join(folder, "generated_predictions.jsonl");
    writeFileSync(file, `half a li\n${JSON.stringify({ prompt: "q", predict: "b", label: "b" })}\n`);
    const files = new PredictionFiles(async (where) => void (await scorePredictions(where)));
    const { items, total } = await files.page(folder, {
      offset: 0,
      limit: 9,
      order: "row",
      descending: false,
    });
    expect(total).toBe(1);
    expect(items).toMatchObject([{ row: 1, predict: "b", scores: { "rouge-1": 100 } }]);
  });

  it("are none where nothing was predicted", async () => {
    const files = new PredictionFiles(() => Promise.reject(new Error("nobody asked")));
    expect(await files.page(folder, { offset: 0, limit: 9, order: "row", descending: false })).toEqual({
      items: [],
      total: 0,
    });
    expect(await measuredResults(folder)).toEqual({});
  });

  it("have their means read from LLaMA-Factory's result files", async () => {
    writeFileSync(path.join(folder, "predict_results.json"), '{"predict_rouge-l": 61.5}');
    writeFileSync(path.join(folder, "all_results.json"), '{"eval_loss": 0.5, "note": "text"}');
    expect(await measuredResults(folder)).toEqual({ eval_loss: 0.5, "predict_rouge-l": 61.5 });
  });
});

describe("an evaluation's run", () => {
  const target = {
    label: "tuned",
    modelFolder: "models/starter",
    adapterFolder: "saves/starter/lora/one",
    method: "lora",
    template: "chatml",
    engine: "embedded" as const,
  };

  it("trains nothing and answers with LLaMA Board's arguments", () => {
    const request = createEvaluationSchema.parse({ target: "run:1", datasets: ["identity", "more"] });
    const { config, name } = evaluationRun(request, target, new Date(2026, 10, 24, 9, 5, 7));
    expect(name).toBe("eval_tuned_2026-11-24-09-05-07");
    expect(config).toMatchObject({
      do_train: false,
      do_predict: true,
      predict_with_generate: true,
      adapter_name_or_path: "saves/starter/lora/one",
      finetuning_type: "lora",
      eval_dataset: "identity,more",
      max_new_tokens: 512,
      do_sample: false,
    });
    expect(config).not.toHaveProperty("temperature");
  });

  it("that measures loss generates nothing", () => {
    const request = createEvaluationSchema.parse({ target: "base:x", datasets: ["d"], measure: "loss" });
    const { config } = evaluationRun(request, { ...target, adapterFolder: null, method: "full" });
    expect(config).toMatchObject({ do_eval: true, compute_accuracy: true, finetuning_type: "full" });
    expect(config).not.toHaveProperty("do_predict");
    expect(config).not.toHaveProperty("adapter_name_or_path");
  });
});
