/** Values that suit a choice: published recipes' rates, small models' ranks, the model's own reach. */
import { describe, expect, it } from "vitest";
import { isUsual, usualRate, usualValues } from "@/server/contract/usual-values";

const rate = (finetuning_type: string, stage: string, parameters: number | null = 7e9) =>
  usualRate({ finetuning_type, stage, parameters });

describe("the usual learning rate", () => {
  it.each([
    ["lora", "sft", 1e-4],
    ["oft", "sft", 1e-4],
    ["lora", "rm", 1e-4],
    ["full", "sft", 1e-5],
    ["freeze", "pt", 1e-5],
    ["lora", "dpo", 5e-6],
    ["lora", "kto", 5e-6],
    ["full", "dpo", 5e-7],
    ["lora", "ppo", 1e-5],
  ])("of %s in %s is %d, as recipes have it", (method, stage, value) => {
    expect(rate(method, stage).value).toBe(value);
  });

  it("lets LLaMA Board's 5e-5 stand for LoRA, and for nothing that moves all weights or learns from pairs", () => {
    expect(isUsual(rate("lora", "sft"), 5e-5)).toBe(true);
    expect(isUsual(rate("full", "sft"), 5e-5)).toBe(false);
    expect(isUsual(rate("full", "sft"), 2e-5)).toBe(true);
    expect(isUsual(rate("full", "dpo"), 5e-5)).toBe(false);
  });

  it("is higher for very small models, whose numbers are the starter's", () => {
    expect(rate("lora", "sft", 15e6)).toMatchObject({ value: 1.5e-3, reason: "rate_tiny" });
    expect(rate("full", "sft", 15e6).value).toBe(8e-4);
    expect(rate("lora", "sft", null).value).toBe(1e-4);
  });
});

describe("other usual values", () => {
  const names = (question: Partial<Parameters<typeof usualValues>[0]>) =>
    usualValues({
      finetuning_type: "lora",
      stage: "sft",
      parameters: 7e9,
      context_length: null,
      ...question,
    }).map(({ argument, value }) => `${argument} ${value}`);

  it("are a larger rank for a very small model, and no more tokens than a model reads", () => {
    expect(names({})).toEqual(["learning_rate 0.0001"]);
    expect(names({ parameters: 15e6 })).toEqual(["learning_rate 0.0015", "lora_rank 32", "lora_alpha 64"]);
    expect(names({ parameters: 15e6, finetuning_type: "full" })).toEqual(["learning_rate 0.0008"]);
    expect(names({ context_length: 512 })).toEqual(["learning_rate 0.0001", "cutoff_len 512"]);
  });
});
