import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lossBySteps, runTiny, temporaryFolder, tinyArguments } from "../train/tiny-run";
import { preferenceData } from "./preference-data";

const succeeded = { code: 0, errors: "" };

async function losses(changes: Record<string, unknown>, method: "lora" | "full" = "lora"): Promise<number[]> {
  const folder = await temporaryFolder();
  const args = { ...tinyArguments(method, folder), lora_dropout: 0, save_strategy: "no", ...changes };
  expect(await runTiny(args)).toMatchObject(succeeded);
  return [...lossBySteps(folder).values()];
}

/** Losses of a run that was stopped after three steps and went on, beside those of one that was not. */
async function withAndWithoutStop(changes: Record<string, unknown>) {
  const [whole, parts] = [await temporaryFolder(), await temporaryFolder()];
  const args = { ...tinyArguments("lora", whole), ...changes };
  expect(await runTiny(args)).toMatchObject(succeeded);
  const parted = { ...args, output_dir: parts };
  expect((await runTiny(parted, 3)).code).toBe(0);
  expect(await runTiny(parted)).toMatchObject(succeeded);
  return { whole: lossBySteps(whole), parts: lossBySteps(parts) };
}

const pairs = async (changes: Record<string, unknown> = {}) => ({
  ...{ stage: "dpo", dataset: "pairs", dataset_dir: await preferenceData(), num_train_epochs: 6 },
  ...changes,
});

describe("variants of the supervised loss", () => {
  it.each(["lora", "full"] as const)(
    "asft begins as dft does, since model and reference are one, and then keeps nearer to it (%s)",
    async (method) => {
      const dft = await losses({ use_dft_loss: true, max_steps: 2 }, method);
      const asft = await losses({ use_asft_loss: true, asft_alpha: 0.5, max_steps: 2 }, method);
      expect(asft[0]).toBeCloseTo(dft[0]!, 5);
      expect(asft[1]).not.toBeCloseTo(dft[1]!, 5);
    },
  );

  it("eaft is the plain loss where its power is 0, and another one elsewhere", async () => {
    const plain = await losses({ max_steps: 2 });
    const flat = await losses({ use_eaft_loss: true, eaft_alpha: 0, max_steps: 2 });
    flat.forEach((loss, step) => expect(loss).toBeCloseTo(plain[step]!, 4));
    const [weighed] = await losses({ use_eaft_loss: true, max_steps: 1 });
    expect(weighed).not.toBeCloseTo(plain[0]!, 3);
  });

  it("smoothed labels are what evaluation measures too, with accuracies beside them or not", async () => {
    const evaluated = async (changes: Record<string, unknown>) => {
      const folder = await temporaryFolder();
      const args = { ...tinyArguments("lora", folder), lora_dropout: 0, save_strategy: "no", max_steps: 1 };
      const evaluating = { val_size: 2, eval_strategy: "steps", eval_steps: 1 };
      expect(await runTiny({ ...args, ...evaluating, ...changes })).toMatchObject(succeeded);
      const file = path.join(folder, "eval_results.json");
      return (JSON.parse(readFileSync(file, "utf8")) as { eval_loss: number }).eval_loss;
    };
    const smoothed = { label_smoothing_factor: 0.3 };
    const [plain, told, counted] = [
      await evaluated({}),
      await evaluated(smoothed),
      await evaluated({ ...smoothed, compute_accuracy: true }),
    ];
    expect(told).not.toBeCloseTo(plain, 3);
    expect(counted).toBeCloseTo(told, 6);
  });

  it("refuses two losses at once", async () => {
    const args = {
      ...tinyArguments("lora", await temporaryFolder()),
      use_dft_loss: true,
      use_eaft_loss: true,
    };
    expect((await runTiny(args)).errors).toContain("There can be one loss");
  });
});

describe("neftune_noise_alpha", () => {
  it("changes the loss, and is drawn anew every step but equally in every run", async () => {
    const changes = { neftune_noise_alpha: 20, learning_rate: 0, num_train_epochs: 2, max_steps: 4 };
    const [still, noisy, again] = [
      await losses({ ...changes, neftune_noise_alpha: null }),
      await losses(changes),
      await losses(changes),
    ];
    expect(noisy).toEqual(again);
    expect(noisy[0]).not.toBeCloseTo(still[0]!, 4);
  });

  it("goes on from a checkpoint as if it had not stopped", async () => {
    const { whole, parts } = await withAndWithoutStop({ neftune_noise_alpha: 5 });
    expect(parts).toEqual(whole);
  });
});

describe("compute_accuracy", () => {
  it("adds eval_accuracy, and leaves the loss as it is", async () => {
    const results = async (compute_accuracy: boolean) => {
      const folder = await temporaryFolder();
      const args = { ...tinyArguments("lora", folder), save_strategy: "no", max_steps: 1, val_size: 2 };
      const evaluating = { eval_strategy: "steps", eval_steps: 1, compute_accuracy };
      expect(await runTiny({ ...args, ...evaluating })).toMatchObject(succeeded);
      return JSON.parse(readFileSync(path.join(folder, "eval_results.json"), "utf8")) as Record<
        string,
        number
      >;
    };
    const [without, given] = [await results(false), await results(true)];
    expect(without).not.toHaveProperty("eval_accuracy");
    expect(given["eval_accuracy"]).toBeGreaterThanOrEqual(0);
    expect(given["eval_accuracy"]).toBeLessThanOrEqual(1);
    expect(given["eval_loss"]).toBeCloseTo(without["eval_loss"]!, 5);
  });
});

describe("pref_bco_weight", () => {
  it("mixes in a loss that begins at two ln 2, as (dpo + weight * bco) / (1 + weight)", async () => {
    const [first] = await losses(await pairs({ pref_bco_weight: 0.5, max_steps: 1 }));
    expect(first).toBeCloseTo((Math.log(2) + 0.5 * 2 * Math.log(2)) / 1.5, 5);
  });

  it("keeps the mean reward in checkpoints, so that a run goes on as if it had not stopped", async () => {
    const { whole, parts } = await withAndWithoutStop(await pairs({ pref_bco_weight: 0.5 }));
    expect(whole.size).toBe(6);
    expect(parts).toEqual(whole);
  });
});

describe("ld_alpha", () => {
  it("counts less of the longer answer", async () => {
    const changes = await pairs({ pref_loss: "simpo", max_steps: 1 });
    const [plain] = await losses(changes);
    const [all] = await losses({ ...changes, ld_alpha: 1 });
    const [some] = await losses({ ...changes, ld_alpha: 0.2 });
    expect(all).toBeCloseTo(plain!, 6);
    expect(some).not.toBeCloseTo(plain!, 3);
  });
});
