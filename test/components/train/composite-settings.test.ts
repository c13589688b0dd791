/** Settings that stand for other arguments than one of their own name, both ways. */
import { describe, expect, it } from "vitest";
import { configToForm, formToConfig } from "@/components/train/form-config";
import { BOARD_DEFAULTS } from "@/components/train/form-defaults";
import { SETTING_NAMES, SETTINGS } from "@/components/train/settings-table";
import { argumentSpec } from "@/server/contract/argument-table";
import { OWN_ARGUMENTS } from "@/server/contract/train-config";
import { COMPOSITES } from "@/components/train/composite-settings";

const base = { model_name_or_path: "m", dataset: "d", template: "qwen" };
const roundTrip = (config: Record<string, unknown>) => formToConfig(configToForm({ ...base, ...config }));

describe("composite settings", () => {
  it.each([
    { bf16: true },
    { pure_bf16: true },
    { flash_attn: "fa2" },
    { flash_attn: "sdpa" },
    { use_unsloth: true },
    { enable_liger_kernel: true },
    { enable_liger_kernel: true, flash_attn: "fa2" },
    { deepspeed: "llamaboard_cache/ds_z3_offload_config.json" },
    { deepspeed: "llamaboard_cache/ds_z2_config.json" },
    { deepspeed: "my/ds.json" },
    { USE_MODELSCOPE_HUB: true },
    { sample_prompts: ["Who are you?", "你是谁？"] },
    { sample_prompts: "data/questions.jsonl" },
    { sample_prompts: [{ prompt: "Hi", id: "greeting" }] },
    { val_size: 0.1, eval_strategy: "steps", eval_steps: 50, per_device_eval_batch_size: 4 },
    { val_size: 0.1, per_device_eval_batch_size: 4 },
    { eval_dataset: "d2", eval_strategy: "epoch", per_device_eval_batch_size: 4 },
    { val_size: 0.1, eval_strategy: "steps", per_device_eval_batch_size: 4 },
    { packing: false },
    { greater_is_better: false },
    { freeze_trainable_layers: -2, finetuning_type: "freeze" },
    { image_max_pixels: 1024, quantization_bit: 4, quantization_type: "fp4", double_quantization: false },
    { lr_scheduler_kwargs: { num_cycles: 2 }, NPROC_PER_NODE: 2, CUDA_VISIBLE_DEVICES: "0,1" },
    { stage: "ppo", reward_model: "saves/rm", reward_model_type: "full", ppo_target: 3, top_p: 0.9 },
  ])("keep what a file says: %j", (config) => {
    expect(roundTrip(config)).toMatchObject(config);
    for (const name of ["eval_strategy", "eval_steps", "bf16", "deepspeed", "packing"])
      if (!(name in config)) expect(roundTrip(config)).not.toHaveProperty(name);
  });

  it("validate at every save once there is something to validate on", () => {
    const form = { ...BOARD_DEFAULTS, val_size: "5 %", save_steps: "30" };
    expect(formToConfig(form)).toMatchObject({ eval_strategy: "steps", eval_steps: 30 });
    expect(formToConfig({ ...form, stage: "ppo" })).not.toHaveProperty("eval_strategy");
    expect(formToConfig({ ...form, eval_strategy: "no" })).not.toHaveProperty("eval_strategy");
  });
});

describe("the settings table", () => {
  it("names nothing that LLaMA-Factory and Tuneboard do not have", () => {
    const unknown = SETTING_NAMES.filter(
      (name) => !argumentSpec(name) && !OWN_ARGUMENTS.includes(name) && !COMPOSITES[name],
    );
    expect(unknown).toEqual([]);
  });

  it("gives every choice something to choose from, and has its first value among them", () => {
    for (const name of SETTING_NAMES) {
      const { control } = SETTINGS[name];
      if (control.kind !== "choice") continue;
      const choices = control.choices ?? argumentSpec(name)?.choices?.map(String) ?? [];
      expect(choices, name).toContain(BOARD_DEFAULTS[name]);
    }
  });

  it("asks for LLaMA Board's defaults with nothing changed", () => {
    expect(formToConfig({ ...BOARD_DEFAULTS, ...{ model_name_or_path: "m", dataset: ["d"] } })).toEqual({
      model_name_or_path: "m",
      template: "default",
      stage: "sft",
      do_train: true,
      finetuning_type: "lora",
      dataset: "d",
      lora_rank: 8,
      lora_alpha: 16,
      lora_dropout: 0,
      lora_target: "all",
      learning_rate: 5e-5,
      num_train_epochs: 3,
      per_device_train_batch_size: 2,
      gradient_accumulation_steps: 8,
      cutoff_len: 2048,
      lr_scheduler_type: "cosine",
      warmup_steps: 0,
      save_steps: 100,
      max_grad_norm: 1,
      seed: 42,
      logging_steps: 5,
      optim: "adamw_torch",
      include_num_input_tokens_seen: true,
    });
  });
});
