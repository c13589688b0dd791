// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { changedForm } from "@/components/train/use-initial-form";

const config = {
  model_name_or_path: "models/a",
  dataset: "identity",
  finetuning_type: "full",
  stage: "sft",
  template: "qwen",
  per_device_train_batch_size: 8,
  gradient_accumulation_steps: 1,
  output_dir: "saves/a/full/first",
};

describe("a form with an earlier run's settings and a change", () => {
  test("has the change made, the rest kept, and no folder of another run", () => {
    const set = JSON.stringify({
      per_device_train_batch_size: 4,
      gradient_accumulation_steps: 2,
      template: null,
    });
    const form = changedForm(config, { set, engine: "llamafactory" });
    expect(form).toMatchObject({
      model_name_or_path: "models/a",
      finetuning_type: "full",
      per_device_train_batch_size: "4",
      gradient_accumulation_steps: "2",
      template: "default",
      engine: "llamafactory",
    });
    expect(JSON.stringify(form)).not.toContain("saves/a/full/first");
  });

  test.each(["{broken", "[1]", "null", '"text"'])("changes nothing where the address is %s", (set) => {
    expect(changedForm(config, { set, engine: "strange" })).toEqual(changedForm(config));
  });
});
