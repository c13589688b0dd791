/** The form and LLaMA-Factory's configuration, both ways. */
import { beforeAll, describe, expect, it } from "vitest";
import { configToForm, formToConfig, patchForm } from "@/components/train/form-config";
import { yamlToForm } from "@/components/train/form-yaml";
import { BOARD_DEFAULTS, STARTER_PRESET, type TrainForm } from "@/components/train/form-defaults";
import { trainConfigSchema } from "@/server/contract/train-config";
import { loadYaml } from "@/components/train/yaml-text";

beforeAll(loadYaml);

const filled: TrainForm = {
  ...BOARD_DEFAULTS,
  model_name_or_path: "models/starter",
  template: "qwen",
  dataset: ["identity", "chinese"],
};

describe("formToConfig", () => {
  it("writes numbers as numbers and datasets with commas", () => {
    expect(formToConfig(filled)).toMatchObject({
      model_name_or_path: "models/starter",
      dataset: "identity,chinese",
      do_train: true,
      learning_rate: 5e-5,
      num_train_epochs: 3,
      lora_rank: 8,
      include_num_input_tokens_seen: true,
    });
  });

  it("leaves out what stands at LLaMA-Factory's default and is not worth a line", () => {
    const config = formToConfig(filled);
    for (const name of [
      "weight_decay",
      "max_steps",
      "data_seed",
      "mask_history",
      "dataset_dir",
      "executor",
      "bf16",
    ]) {
      expect(config).not.toHaveProperty(name);
    }
  });

  it("validates at every save once rows are held out", () => {
    const config = formToConfig({ ...filled, val_size: "5 %", save_steps: "60" });
    expect(config).toMatchObject({ val_size: 0.05, eval_strategy: "steps", eval_steps: 60, save_steps: 60 });
    expect(formToConfig(filled)).not.toHaveProperty("eval_strategy");
  });

  it("writes no LoRA arguments for full training", () => {
    const config = formToConfig({ ...filled, finetuning_type: "full" });
    expect(Object.keys(config).filter((name) => name.startsWith("lora"))).toEqual([]);
  });

  it("writes the arguments of preference stages only there, and leaves packing to LLaMA-Factory unless told", () => {
    const dpo = formToConfig({
      ...filled,
      stage: "dpo",
      pref_loss: "simpo",
      pref_beta: "2",
      packing: "false",
    });
    expect(dpo).toMatchObject({ pref_loss: "simpo", pref_beta: 2, packing: false });
    expect(formToConfig({ ...filled, pref_loss: "simpo" })).not.toHaveProperty("pref_loss");
    expect(formToConfig({ ...filled, stage: "pt" })).not.toHaveProperty("packing");
    expect(configToForm({ model_name_or_path: "m", packing: false }).packing).toBe("false");
  });

  it("keeps text that is no number, so that the schema can object to it", () => {
    const config = formToConfig({ ...filled, learning_rate: "fast" });
    expect(config["learning_rate"]).toBe("fast");
    expect(trainConfigSchema.safeParse(config).success).toBe(false);
  });

  it("lets extra arguments win", () => {
    const config = formToConfig({
      ...filled,
      extra: '{"seed": 7, "lr_scheduler_kwargs": {"num_cycles": 2}}',
    });
    expect(config).toMatchObject({ seed: 7, lr_scheduler_kwargs: { num_cycles: 2 } });
  });

  it("passes the shared schema with the starter's numbers", () => {
    const parsed = trainConfigSchema.safeParse(formToConfig({ ...filled, ...STARTER_PRESET }));
    expect(parsed.error?.issues).toBeUndefined();
  });
});

describe("configToForm", () => {
  it("reads back what the form wrote", () => {
    const form: TrainForm = {
      ...filled,
      ...STARTER_PRESET,
      val_size: "10 %",
      compute_type: "bf16",
      mask_history: true,
      default_system: "You are Ada.",
      max_samples: "100",
      executor: "tfjs",
    };
    expect(formToConfig(configToForm(formToConfig(form)))).toEqual(formToConfig(form));
  });

  it("takes LLaMA-Factory's own default for what a file leaves out, not LLaMA Board's", () => {
    const form = configToForm({ model_name_or_path: "m", dataset: "d" });
    expect(form).toMatchObject({
      per_device_train_batch_size: "8",
      lr_scheduler_type: "linear",
      lora_alpha: "",
      save_steps: "500",
      compute_type: "fp32",
    });
  });

  it("puts arguments without a control into the extra ones, and keeps them on the way back", () => {
    const config = {
      model_name_or_path: "m",
      dataset: "d",
      eval_accumulation_steps: 4,
      eval_strategy: "epoch",
      val_size: 0.1,
    };
    const form = configToForm(config);
    expect(form.extra).toBe("eval_accumulation_steps: 4\n");
    expect(formToConfig(form)).toMatchObject({
      eval_accumulation_steps: 4,
      eval_strategy: "epoch",
      val_size: 0.1,
    });
  });

  it("understands switches and lists in any spelling", () => {
    const form = configToForm({
      model_name_or_path: "m",
      dataset: ["a", "b"],
      train_on_prompt: "true",
      pure_bf16: true,
    });
    expect(form).toMatchObject({ dataset: ["a", "b"], train_on_prompt: true, compute_type: "pure_bf16" });
  });

  it("does not carry an earlier run's folder into the new one", () => {
    const config = formToConfig(
      configToForm({ model_name_or_path: "m", dataset: "d", output_dir: "saves/m/lora/old" }),
    );
    expect(config).not.toHaveProperty("output_dir");
  });
});

describe("patchForm", () => {
  it("applies a fix and leaves the rest alone", () => {
    const form = { ...filled, compute_type: "bf16", lora_rank: "64", finetuning_type: "full" };
    expect(patchForm(form, { bf16: null })).toEqual({ ...form, compute_type: "fp32" });
  });

  it("takes an extra argument away and corrects a misspelt one", () => {
    const form = { ...filled, extra: "learnig_rate: 0.001\neval_accumulation_steps: 4\n" };
    const patched = patchForm(form, { learnig_rate: null, learning_rate: 0.001 });
    expect(patched.extra).toBe("eval_accumulation_steps: 4\n");
    expect(patched.learning_rate).toBe("1.0e-3");
  });
});

describe("yamlToForm", () => {
  it("reads a training_args.yaml of LLaMA-Factory", () => {
    const loaded = yamlToForm(
      "model_name_or_path: models/starter\nstage: sft\nlearning_rate: 1.0e-4\ndataset: identity\nval_size: 0.05\nsave_steps: 30\neval_steps: 30\neval_strategy: steps\n",
    );
    expect(loaded).toMatchObject({
      form: { learning_rate: "1.0e-4", val_size: "5 %", save_steps: "30", extra: "" },
    });
  });

  it("says what is wrong with text that is none", () => {
    expect(yamlToForm("a: b: c")).toMatchObject({ error: { kind: "syntax" } });
    expect(yamlToForm("- a\n- b")).toEqual({ error: { kind: "not_mapping" } });
    expect(yamlToForm("  ")).toEqual({ error: { kind: "empty" } });
  });
});
