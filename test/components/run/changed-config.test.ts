import { describe, expect, test } from "vitest";
import { changedFromDefault, configDifferences, valueText } from "@/components/run/changed-config";

describe("settings that tell something", () => {
  test("are those that differ from LLaMA-Factory's defaults, however they are written", () => {
    const config = {
      learning_rate: "5e-5",
      lora_rank: 16,
      cutoff_len: 2048,
      do_train: true,
      template: "qwen",
      own_key: 1,
    };
    expect(changedFromDefault(config)).toEqual([
      ["lora_rank", 16],
      ["template", "qwen"],
      ["own_key", 1],
    ]);
  });

  test("between runs are those that are not the same, a missing one counting as its default", () => {
    const [difference, ...others] = configDifferences([
      { lora_rank: 16, seed: 1 },
      { seed: 1 },
      { lora_rank: "16", seed: 1 },
    ]);
    expect(difference).toEqual({ name: "lora_rank", values: [16, 8, "16"], odd: [false, true, false] });
    expect(others).toEqual([]);
  });

  test("read as in YAML", () => {
    expect([2e-4, 0.1, "a", null, ["a"], true].map(valueText)).toEqual([
      "2.0e-4",
      "0.1",
      "a",
      "null",
      '["a"]',
      "true",
    ]);
  });
});
