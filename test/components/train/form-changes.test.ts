/** Which settings carry a dot. */
import { describe, expect, it } from "vitest";
import { changesOf, isChanged } from "@/components/train/form-changes";
import { BOARD_DEFAULTS } from "@/components/train/form-defaults";

describe("changes", () => {
  it("are none at LLaMA Board's defaults", () => {
    expect(changesOf(BOARD_DEFAULTS)).toEqual([]);
  });

  it("compare numbers, not their spelling", () => {
    expect(isChanged("learning_rate", "0.00005")).toBe(false);
    expect(isChanged("learning_rate", "2e-4")).toBe(true);
    expect(isChanged("cutoff_len", "2,048")).toBe(false);
  });

  it("name the default and the value", () => {
    expect(changesOf({ ...BOARD_DEFAULTS, seed: "7", mask_history: true })).toEqual([
      { name: "seed", from: "42", to: "7" },
      { name: "mask_history", from: "false", to: "true" },
    ]);
  });

  it("leave LoRA's settings out of full training", () => {
    expect(changesOf({ ...BOARD_DEFAULTS, finetuning_type: "full", lora_rank: "64" })).toEqual([]);
  });
});
