/** A YAML in the order of LLaMA-Factory's examples. */
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { inExampleOrder, yamlWithoutSecrets } from "@/components/train/yaml-order";

const SORTED = `bf16: true
dataset: identity
eval_steps: 100
galore_rank: 16
learning_rate: 5.0e-05
lora_rank: 8
lr_scheduler_kwargs:
  num_cycles: 2
model_name_or_path: models/starter
odd_key: 1
output_dir: saves/x
stage: sft
swanlab_api_key: secret
val_size: 0.1
`;

describe("inExampleOrder", () => {
  const ordered = inExampleOrder(SORTED);

  it("puts entries under the examples' headings", () => {
    expect(ordered.split("\n").filter((line) => line !== "")).toEqual([
      "### model",
      "model_name_or_path: models/starter",
      "### method",
      "stage: sft",
      "lora_rank: 8",
      "galore_rank: 16",
      "swanlab_api_key: secret",
      "### dataset",
      "dataset: identity",
      "### output",
      "output_dir: saves/x",
      "### train",
      "learning_rate: 5.0e-05",
      "bf16: true",
      "lr_scheduler_kwargs:",
      "  num_cycles: 2",
      "odd_key: 1",
      "### eval",
      "val_size: 0.1",
      "eval_steps: 100",
    ]);
  });

  it("says the same, once and twice", () => {
    expect(parse(ordered)).toEqual(parse(SORTED));
    expect(inExampleOrder(ordered)).toBe(ordered);
  });

  it("leaves text alone that is no mapping, and takes secrets out", () => {
    expect(inExampleOrder("- a\n")).toBe("- a\n");
    expect(parse(yamlWithoutSecrets(ordered))).not.toHaveProperty("swanlab_api_key");
    expect(parse(yamlWithoutSecrets(ordered))).toHaveProperty("odd_key", 1);
  });
});
