/** What holds for each stage alike: it can learn a few rows by heart, and a stop in between changes nothing. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lossBySteps, runTiny, temporaryFolder, tinyArguments } from "../train/tiny-run";
import { preferenceData } from "./preference-data";

const STAGES = {
  pt: { dataset: "texts", cutoff_len: 16 },
  sft: { dataset: "rows" },
  rm: { dataset: "pairs" },
  dpo: { dataset: "pairs", pref_beta: 0.5 },
  kto: { dataset: "answers", pref_beta: 0.5, per_device_train_batch_size: 4 },
} as const;
type StageName = keyof typeof STAGES;

/** Data of every stage in one folder: one sentence for pt and sft, four pairs for the others. */
async function dataForAll(): Promise<string> {
  const folder = await preferenceData();
  const registry = path.join(folder, "dataset_info.json");
  const info = JSON.parse(readFileSync(registry, "utf8")) as Record<string, unknown>;
  const rows = [{ instruction: "Say it.", input: "", output: "The red fox jumps over the lazy dog." }];
  writeFileSync(path.join(folder, "rows.json"), JSON.stringify(rows));
  const text = "The red fox jumps over the lazy dog, and nobody knows why it does that every day. ";
  writeFileSync(path.join(folder, "texts.json"), JSON.stringify([{ text: text.repeat(2) }]));
  const more = {
    rows: { file_name: "rows.json" },
    texts: { file_name: "texts.json", columns: { prompt: "text" } },
  };
  writeFileSync(registry, JSON.stringify({ ...info, ...more }));
  return folder;
}

async function argumentsOf(
  stage: StageName,
  output: string,
  method: "lora" | "full" = "lora",
): Promise<Record<string, unknown>> {
  return {
    ...tinyArguments(method, output),
    ...{ stage, dataset_dir: await dataForAll(), lora_dropout: 0, gradient_accumulation_steps: 1 },
    ...STAGES[stage],
  };
}

describe.each(Object.keys(STAGES) as StageName[])("stage %s", (stage) => {
  it("learns a few rows by heart", async () => {
    const folder = await temporaryFolder();
    // A sentence must go into the embeddings of a random model; telling answers apart is less.
    const method = stage === "pt" || stage === "sft" ? "full" : "lora";
    const args = {
      ...(await argumentsOf(stage, folder, method)),
      ...{ lr_scheduler_type: "constant", save_strategy: "no", lora_rank: 16 },
      ...{ learning_rate: method === "full" ? 0.01 : 0.02, max_steps: 40 },
    };
    expect(await runTiny(args)).toMatchObject({ code: 0, errors: "" });
    const losses = [...lossBySteps(folder).values()];
    expect(Math.min(...losses.slice(-5))).toBeLessThan(losses[0]! * 0.15);
  });

  it("gives the losses of an uninterrupted run after a stop", async () => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    const args = { ...(await argumentsOf(stage, whole)), max_steps: 6, lora_dropout: 0.1 };
    expect(await runTiny(args)).toMatchObject({ code: 0, errors: "" });
    const again = { ...args, output_dir: parts };
    expect((await runTiny(again, 3)).output).toContain("Training stopped at step 3 of 6");
    expect(await runTiny(again)).toMatchObject({ code: 0, errors: "" });
    const [expected, actual] = [lossBySteps(whole), lossBySteps(parts)];
    expect([...actual.keys()]).toEqual([1, 2, 3, 4, 5, 6]);
    for (const [step, loss] of expected) expect(actual.get(step), `step ${step}`).toBeCloseTo(loss, 6);
  });
});

describe("a streamed run", () => {
  it("goes on after a stop where the stream was, over several passes", async () => {
    const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
    const streamed = {
      ...tinyArguments("lora", whole),
      ...{ streaming: true, buffer_size: 3, max_steps: 9, gradient_accumulation_steps: 1, save_steps: 100 },
    };
    const args = { ...streamed, per_device_train_batch_size: 3 };
    const run = await runTiny(args);
    expect(run).toMatchObject({ code: 0, errors: "" });
    expect(run.output).toContain("Num examples = 27");
    const again = { ...args, output_dir: parts };
    await runTiny(again, 5);
    expect(await runTiny(again)).toMatchObject({ code: 0, errors: "" });
    expect(lossBySteps(parts)).toEqual(lossBySteps(whole));
  });

  it("needs max_steps", async () => {
    const args = { ...tinyArguments("lora", await temporaryFolder()), streaming: true };
    expect((await runTiny(args)).errors).toContain("Streamed data has no known length: set max_steps.");
  });
});

describe("eval_on_each_dataset", () => {
  it("tells every data set's loss under its name, and judges by the one that is asked for", async () => {
    const folder = await temporaryFolder();
    const args: Record<string, unknown> = {
      ...(await argumentsOf("sft", folder)),
      ...{ eval_dataset: "rows,copy", eval_on_each_dataset: true, eval_strategy: "steps", eval_steps: 2 },
      ...{ max_steps: 4, load_best_model_at_end: true, metric_for_best_model: "eval_copy_loss" },
    };
    const data = String(args["dataset_dir"]);
    const registry = path.join(data, "dataset_info.json");
    const info = JSON.parse(readFileSync(registry, "utf8")) as Record<string, unknown>;
    writeFileSync(registry, JSON.stringify({ ...info, copy: { file_name: "rows.json" } }));
    expect(await runTiny(args)).toMatchObject({ code: 0, errors: "" });
    const results = JSON.parse(readFileSync(path.join(folder, "eval_results.json"), "utf8")) as object;
    expect(Object.keys(results).filter((key) => key.endsWith("_loss"))).toEqual([
      "eval_copy_loss",
      "eval_rows_loss",
    ]);
    const log = readFileSync(path.join(folder, "trainer_log.jsonl"), "utf8");
    expect(log.match(/"eval_rows_loss"/g)).toHaveLength(2);
    expect(
      (await runTiny({ ...args, overwrite_output_dir: true, metric_for_best_model: "bleu" })).errors,
    ).toMatch(
      /metric_for_best_model: bleu is none of the metrics of this evaluation: eval_loss, eval_rows_loss, eval_copy_loss/,
    );
  });
});
