import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { logLines, runTiny, temporaryFolder, tinyArguments } from "../train/tiny-run";
import { preferenceData } from "./preference-data";

type Entry = Record<string, number>;

async function train(changes: Record<string, unknown>, method: "lora" | "full" = "lora") {
  const folder = await temporaryFolder();
  const { code, errors, output } = await runTiny({
    ...tinyArguments(method, folder),
    ...{
      stage: "dpo",
      dataset: "pairs",
      dataset_dir: await preferenceData(),
      lora_dropout: 0,
      save_strategy: "no",
    },
    ...{ per_device_train_batch_size: 4, gradient_accumulation_steps: 1, max_steps: 1 },
    ...changes,
  });
  expect({ code, errors }).toEqual({ code: 0, errors: "" });
  const state = JSON.parse(readFileSync(path.join(folder, "trainer_state.json"), "utf8")) as {
    log_history: Entry[];
  };
  return {
    folder,
    output,
    history: state.log_history.filter((entry) => "loss" in entry),
    all: state.log_history,
  };
}

describe("stage dpo", () => {
  it("begins at ln 2 with a fresh adapter, rewards at zero", async () => {
    const { folder, history } = await train({});
    expect(history[0]!["loss"]).toBeCloseTo(Math.log(2), 6);
    for (const key of ["rewards/chosen", "rewards/rejected", "rewards/margins"])
      expect(history[0]![key]).toBeCloseTo(0, 6);
    expect(Object.keys(logLines(folder)[0]!).slice(2, 5)).toEqual(["loss", "accuracy", "lr"]);
  });

  it.each([
    ["hinge", 1],
    ["ipo", 25],
    ["kto_pair", 0.5],
  ])("does what %s means, where LLaMA-Factory falls back to sigmoid", async (pref_loss, start) => {
    const { history } = await train({ pref_loss });
    expect(history[0]!["loss"]).toBeCloseTo(start, 4);
  });

  it("adds the odds ratio to the supervised loss with orpo, and needs no reference with simpo", async () => {
    const { history } = await train({ pref_loss: "orpo", pref_beta: 0.2 });
    const entry = history[0]!;
    expect(entry["loss"]).toBeCloseTo(entry["sft_loss"]! + 0.2 * entry["odds_ratio_loss"]!, 5);
    expect((await train({ pref_loss: "simpo" })).history[0]!["loss"]).toBeGreaterThan(0.5);
  });

  it("averages over micro-batches, so that accumulation changes nothing", async () => {
    const [whole] = (await train({ learning_rate: 0 })).history;
    const [parts] = (
      await train({ learning_rate: 0, per_device_train_batch_size: 1, gradient_accumulation_steps: 4 })
    ).history;
    for (const key of ["loss", "grad_norm", "logps/chosen", "logps/rejected"])
      expect(parts![key]).toBeCloseTo(whole![key]!, 4);
  });

  it.each(["lora", "full"] as const)("learns to prefer with %s, and evaluates", async (method) => {
    const settings = {
      max_steps: 12,
      learning_rate: method === "lora" ? 0.02 : 0.003,
      lr_scheduler_type: "constant",
    };
    const evaluation = { val_size: 1, eval_strategy: "steps", eval_steps: 12 };
    const { history, all, output } = await train({ ...settings, ...evaluation }, method);
    expect(history.at(-1)!["loss"]).toBeLessThan(0.3);
    expect(history.at(-1)!["rewards/accuracies"]).toBe(1);
    expect(all.find((entry) => "eval_loss" in entry)).toHaveProperty(["eval_rewards/margins"]);
    expect(output.includes("Created reference model")).toBe(method === "full");
  });
});

describe("stage kto", () => {
  const kto = { stage: "kto", dataset: "answers", per_device_train_batch_size: 8 };

  it("begins at one half with a fresh adapter, and logs both kinds of answers", async () => {
    const { history } = await train(kto);
    expect(history[0]!["loss"]).toBeCloseTo(0.5, 6);
    expect(Object.keys(history[0]!)).toEqual(
      expect.arrayContaining(["kl", "logits/chosen", "logps/rejected", "rewards/chosen", "rewards/margins"]),
    );
  });

  it("logs only the kinds that a batch holds", async () => {
    const { history } = await train({ ...kto, per_device_train_batch_size: 1, max_steps: 4 });
    for (const entry of history) expect("rewards/chosen" in entry).toBe(!("rewards/rejected" in entry));
    expect(history[0]).not.toHaveProperty(["rewards/margins"]);
  });

  it("learns what is liked, and evaluates with kl unprefixed", async () => {
    const settings = { max_steps: 15, learning_rate: 0.02, lr_scheduler_type: "constant" };
    const { history, all } = await train({
      ...kto,
      ...settings,
      val_size: 2,
      eval_strategy: "steps",
      eval_steps: 15,
    });
    expect(history.at(-1)!["loss"]).toBeLessThan(0.45);
    expect(history.at(-1)!["rewards/margins"]).toBeGreaterThan(0.5);
    const evaluated = all.find((entry) => "eval_loss" in entry)!;
    expect(evaluated).toHaveProperty("kl");
    expect(evaluated).not.toHaveProperty("eval_kl");
  });
});
