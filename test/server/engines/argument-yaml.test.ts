import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { argumentYaml, typedArguments } from "@/server/engines/argument-yaml";

describe("training arguments as YAML", () => {
  it("have LLaMA Board's form: sorted, empty ones left out, numbers as Python writes them", () => {
    const yaml = argumentYaml({
      stage: "sft",
      do_train: true,
      learning_rate: 5e-5,
      num_train_epochs: 3,
      max_grad_norm: 1,
      warmup_steps: 0,
      logging_steps: 5,
      val_size: 0.1,
      packing: false,
      use_rslora: false,
      adapter_name_or_path: "",
      resume_from_checkpoint: null,
      lora_dropout: 0,
    });
    expect(yaml.split("\n")).toEqual([
      "do_train: true",
      "learning_rate: 5.0e-05",
      "logging_steps: 5",
      "lora_dropout: 0",
      "max_grad_norm: 1.0",
      "num_train_epochs: 3.0",
      "packing: false",
      "stage: sft",
      "val_size: 0.1",
      "warmup_steps: 0",
      "",
    ]);
  });

  it("come back as they were, also where YAML would read them as something else", () => {
    const args = {
      template: "no",
      run_name: "1e-5",
      dataset: "a,b",
      default_system: 'You are "Tuney": kind.\nAnd short.',
      lr_scheduler_kwargs: { min_lr: 1e-6, nested: { on: true } },
      report_to: ["tensorboard", "none"],
      learning_rate: 1.23e-7,
      seed: 1234567,
    };
    expect(parse(argumentYaml(args), { version: "1.1" })).toEqual(args);
  });
});

describe("values of a form", () => {
  it("become what their arguments are", () => {
    expect(
      typedArguments({
        learning_rate: "1e-4",
        max_samples: "200",
        bf16: "false",
        lora_alpha: "",
        dataset: ["a", "b"],
        neftune_noise_alpha: "5",
      }),
    ).toEqual({ learning_rate: 1e-4, max_samples: 200, bf16: false, dataset: "a,b", neftune_noise_alpha: 5 });
  });

  it("stay as they are where they cannot be read, so that the check can name them", () => {
    expect(typedArguments({ learning_rate: "fast", unknown_key: "x" })).toEqual({
      learning_rate: "fast",
      unknown_key: "x",
    });
  });
});
