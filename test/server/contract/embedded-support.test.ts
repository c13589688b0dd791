import { describe, expect, it } from "vitest";
import { ARGUMENTS } from "@/server/contract/argument-table";
import {
  EMBEDDED_OPTIMIZERS,
  EMBEDDED_SCHEDULES,
  embeddedArgumentSupport,
} from "@/server/contract/embedded-arguments";
import { embeddedProblems, nearestArgument } from "@/server/contract/embedded-support";
import { trainConfigSchema } from "@/server/contract/train-config";
import { createOptimizer } from "@/server/trainer/optim/create-optimizer";
import { SCHEDULE_TYPES } from "@/server/trainer/optim/schedules";

const base = {
  model_name_or_path: "model",
  do_train: true,
  dataset: "identity",
  template: "qwen",
  output_dir: "out",
};
const errorsOf = (config: Record<string, unknown>) =>
  embeddedProblems({ ...base, ...config }).filter(({ severity }) => severity === "error");

describe("embeddedProblems", () => {
  it("accepts what LLaMA Board writes for a plain LoRA run", () => {
    const board = {
      stage: "sft",
      finetuning_type: "lora",
      preprocessing_num_workers: 16,
      dataset_dir: "data",
      cutoff_len: 2048,
      learning_rate: 5e-5,
      num_train_epochs: 3.0,
      max_samples: 100000,
      per_device_train_batch_size: 2,
      gradient_accumulation_steps: 8,
      lr_scheduler_type: "cosine",
      max_grad_norm: 1.0,
      logging_steps: 5,
      save_steps: 100,
      warmup_steps: 0,
      enable_thinking: true,
      report_to: "none",
      flash_attn: "auto",
      plot_loss: true,
      trust_remote_code: true,
      include_num_input_tokens_seen: true,
      ddp_timeout: 180000000,
      optim: "adamw_torch",
      lora_rank: 8,
      lora_alpha: 16,
      lora_dropout: 0,
      lora_target: "all",
      packing: false,
    };
    expect(embeddedProblems({ ...base, ...board })).toEqual([]);
  });

  it("knows every argument of the table and gives a reason for each that it does not honour", () => {
    for (const { name } of ARGUMENTS) {
      const support = embeddedArgumentSupport(name);
      expect(support.kind, name).not.toBe("unknown");
      if ("reason" in support) expect(support.reason, name).toMatch(/\.$/);
    }
  });

  it("honours no argument that the schema drops or the table does not know", () => {
    const schemaKeys = new Set(Object.keys(trainConfigSchema.shape));
    const known = new Set(ARGUMENTS.map(({ name }) => name));
    const missing = [...known].filter(
      (name) => embeddedArgumentSupport(name).kind === "honoured" && !schemaKeys.has(name),
    );
    expect(missing).toEqual([]);
  });

  it("refuses a non-default value of what it does not have, names the reason and offers a change", () => {
    expect(errorsOf({ quantization_bit: 3 })).toMatchObject([
      { argument: "quantization_bit", fix: { set: { quantization_bit: 8 } } },
    ]);
    expect(errorsOf({ deepspeed: "ds.json" })[0]!.message).toMatch(/several processes/);
    expect(errorsOf({ report_to: "wandb" })[0]).toMatchObject({
      argument: "report_to",
      fix: { set: { report_to: "none" } },
    });
    expect(errorsOf({ optim: "adamw_8bit" })[0]!.message).toMatch(/adafactor/);
  });

  it("takes every method and variant of LoRA with its arguments", () => {
    const lora = { use_dora: true, additional_target: "embed_tokens,lm_head", create_new_adapter: true };
    for (const config of [
      lora,
      { pissa_init: true, pissa_iter: 4, pissa_convert: true, use_rslora: true },
      { use_llama_pro: true, freeze_trainable_layers: 2 },
      { use_dora: true, quantization_bit: 8, loraplus_lr_ratio: 4, loraplus_lr_embedding: 1e-5 },
      { finetuning_type: "oft", oft_block_size: 16, oft_target: "q_proj", module_dropout: 0.1 },
      { finetuning_type: "freeze", freeze_trainable_layers: -2, freeze_trainable_modules: "mlp" },
      { finetuning_type: "freeze", freeze_extra_modules: "embed_tokens,norm" },
    ])
      expect(errorsOf(config), JSON.stringify(config)).toEqual([]);
  });

  it("takes one loss at a time, and BCO only beside a loss with a reference", () => {
    expect(errorsOf({ use_dft_loss: true, use_asft_loss: true })).toMatchObject([
      { argument: "use_asft_loss", fix: { set: { use_asft_loss: null } } },
    ]);
    expect(errorsOf({ use_eaft_loss: true, eaft_alpha: 0.5, compute_accuracy: true })).toEqual([]);
    expect(errorsOf({ stage: "dpo", pref_bco_weight: 0.5, ld_alpha: 0.5 })).toEqual([]);
    expect(errorsOf({ stage: "dpo", pref_loss: "simpo", pref_bco_weight: 0.5 })).toMatchObject([
      { argument: "pref_bco_weight" },
    ]);
  });

  it("asks for a reward model in stage ppo, and knows nothing to evaluate there", () => {
    expect(errorsOf({ stage: "ppo" })).toMatchObject([{ argument: "reward_model" }]);
    const ppo = { stage: "ppo", reward_model: "saves/rm", ppo_whiten_rewards: true };
    expect(errorsOf(ppo)).toEqual([]);
    expect(errorsOf({ ...ppo, val_size: 0.1, eval_strategy: "steps" })).toMatchObject([
      { argument: "eval_strategy", fix: { set: { eval_strategy: null } } },
    ]);
    expect(errorsOf({ ...ppo, reward_model_type: "api" })).toMatchObject([{ argument: "reward_model_type" }]);
  });

  it("accepts the default of what it does not have, in any spelling", () => {
    expect(errorsOf({ use_galore: "false", mixture_of_depths: null, label_smoothing_factor: "0.0" })).toEqual(
      [],
    );
    expect(errorsOf({ mixture_of_depths: "load" })).toHaveLength(1);
  });

  it("leaves alone what LLaMA-Factory itself would not look at", () => {
    expect(errorsOf({ pref_beta: 0.3, galore_rank: 64, freeze_trainable_layers: 4, ppo_epochs: 2 })).toEqual(
      [],
    );
    expect(
      errorsOf({ finetuning_type: "full", use_galore: true, galore_rank: 64 }).map(
        ({ argument }) => argument,
      ),
    ).toEqual(["use_galore", "galore_rank"]);
  });

  it("warns about a compute type that it does not use", () => {
    expect(embeddedProblems({ ...base, bf16: true })).toMatchObject([
      { argument: "bf16", severity: "warning" },
    ]);
  });

  it("finds the argument that a misspelt one was meant to be", () => {
    expect(errorsOf({ learning_rte: 1e-4 })[0]).toMatchObject({
      argument: "learning_rte",
      fix: { set: { learning_rte: null, learning_rate: 1e-4 } },
    });
    expect(nearestArgument("per_device_batch_size")).toBe("per_device_eval_batch_size");
    expect(nearestArgument("frobnicate")).toBeNull();
  });

  it.each([
    [{ do_train: false }, "do_train"],
    [{ dataset: "" }, "dataset"],
    [{ train_on_prompt: true, mask_history: true }, "mask_history"],
    [{ stage: "pt", mask_history: "true" }, "mask_history"],
    [{ finetuning_type: "full", adapter_name_or_path: "a" }, "adapter_name_or_path"],
    [{ finetuning_type: "oft", oft_rank: 4 }, "oft_rank"],
    [{ finetuning_type: "oft", oft_block_size: 0 }, "oft_block_size"],
    [{ pissa_init: true, quantization_bit: 8 }, "pissa_init"],
    [{ finetuning_type: "freeze", use_dora: true }, "use_dora"],
    [{ eval_dataset: "x", val_size: 0.1 }, "val_size"],
    [{ eval_strategy: "steps" }, "eval_strategy"],
    [{ do_eval: true }, "do_eval"],
    [{ load_best_model_at_end: true }, "load_best_model_at_end"],
  ])("finds the contradiction in %j", (config, argument) => {
    expect(errorsOf(config).map((problem) => problem.argument)).toContain(argument);
  });

  it("offers the schedules and optimizers that exist", () => {
    expect([...EMBEDDED_SCHEDULES].sort()).toEqual([...SCHEDULE_TYPES].sort());
    for (const optim of EMBEDDED_OPTIMIZERS) {
      const config = {
        optim,
        weight_decay: 0,
        adam_beta1: 0.9,
        adam_beta2: 0.999,
        adam_epsilon: 1e-8,
        loraplus_lr_ratio: undefined,
      };
      expect(createOptimizer([], config).stepCount).toBe(0);
    }
  });
});
