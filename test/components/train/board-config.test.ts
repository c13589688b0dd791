/** LLaMA Board's saved settings as a form: what its own start would have made of them. */
import { beforeAll, describe, expect, it } from "vitest";
import { boardToConfig, isBoardConfig } from "@/components/train/board-config";
import { formToConfig } from "@/components/train/form-config";
import { yamlToForm } from "@/components/train/form-yaml";
import { BOARD_DEFAULTS } from "@/components/train/form-defaults";
import { loadYaml } from "@/components/train/yaml-text";

beforeAll(loadYaml);

/** The keys and spellings of a file that LLaMA Board wrote; values changed. */
const SAVED = `
top.booster: auto
top.checkpoint_path: []
top.finetuning_type: lora
top.model_name: Custom
top.quantization_bit: none
top.quantization_method: bnb
top.rope_scaling: none
top.template: qwen
train.additional_target: ''
train.batch_size: 4
train.compute_type: bf16
train.cutoff_len: 256
train.dataset:
- identity
- alpaca_en_demo
train.dataset_dir: data
train.ds_offload: true
train.ds_stage: '3'
train.enable_thinking: true
train.extra_args: '{"optim": "adamw_torch", "weight_decay": 0.1, "brand_new": 7}'
train.galore_rank: 16
train.image_max_pixels: 768*768
train.learning_rate: 5e-5
train.loraplus_lr_ratio: 0
train.max_grad_norm: '1.0'
train.max_samples: '200'
train.neftune_alpha: 5
train.num_train_epochs: '2.0'
train.packing: false
train.project: huggingface
train.report_to: none
train.save_steps: 100
train.training_stage: DPO
train.use_galore: false
train.use_pissa: true
train.val_size: 0.1
`;

describe("boardToConfig", () => {
  it("says arguments for controls, and nothing for groups that are switched off", () => {
    const loaded = yamlToForm(SAVED, { ...BOARD_DEFAULTS, model_name_or_path: "models/mine" });
    if (!("form" in loaded)) throw new Error("not read");
    const config = formToConfig(loaded.form);
    expect(config).toMatchObject({
      model_name_or_path: "models/mine",
      template: "qwen",
      stage: "dpo",
      dataset: "identity,alpaca_en_demo",
      per_device_train_batch_size: 4,
      per_device_eval_batch_size: 4,
      learning_rate: 5e-5,
      num_train_epochs: 2,
      max_samples: 200,
      bf16: true,
      neftune_noise_alpha: 5,
      packing: false,
      pissa_init: true,
      pissa_convert: true,
      weight_decay: 0.1,
      val_size: 0.1,
      eval_strategy: "steps",
      eval_steps: 100,
      deepspeed: "llamaboard_cache/ds_z3_offload_config.json",
      brand_new: 7,
    });
    for (const name of ["galore_rank", "project", "loraplus_lr_ratio", "quantization_method", "use_galore"])
      expect(config).not.toHaveProperty(name);
    expect(loaded.kept).toEqual(["brand_new"]);
  });

  it("finds checkpoints where LLaMA Board keeps them", () => {
    expect(
      boardToConfig({
        "top.model_name": "Qwen3-0.6B",
        "top.finetuning_type": "lora",
        "top.checkpoint_path": ["train_1", "saves/x/lora/y"],
      }).adapter_name_or_path,
    ).toBe("saves/Qwen3-0.6B/lora/train_1,saves/x/lora/y");
  });

  it("is told from a training configuration by its keys", () => {
    expect(isBoardConfig({ "train.seed": 42 })).toBe(true);
    expect(isBoardConfig({ seed: 42 })).toBe(false);
  });
});
