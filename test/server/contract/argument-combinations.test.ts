/** LLaMA-Factory's late rules, found before anything starts. */
import { describe, expect, it } from "vitest";
import { combinationProblems, type RuleCode } from "@/server/contract/argument-combinations";

const fine = { do_train: true, dataset: "identity", finetuning_type: "lora", stage: "sft" };
const codes = (config: Record<string, unknown>) =>
  combinationProblems({ ...fine, ...config }).map(({ code }) => code);
const zero3 = { deepspeed: "llamaboard_cache/ds_z3_config.json" };

describe("combinationProblems", () => {
  it("has nothing against a plain configuration", () => {
    expect(codes({})).toEqual([]);
  });

  it.each<[RuleCode, Record<string, unknown>]>([
    ["prompt_and_history", { train_on_prompt: true, mask_history: true }],
    ["neat_packing_sft", { stage: "pt", neat_packing: true }],
    ["adapter_method", { finetuning_type: "full", adapter_name_or_path: "saves/a" }],
    ["quantized_method", { finetuning_type: "full", quantization_bit: 4 }],
    ["quantized_vocabulary", { quantization_bit: 4, resize_vocab: true }],
    ["quantized_new_adapter", { quantization_bit: 4, create_new_adapter: true, adapter_name_or_path: "a" }],
    ["quantized_adapters", { quantization_bit: 4, adapter_name_or_path: "a,b" }],
    ["quantized_pissa", { quantization_bit: 8, pissa_init: true }],
    ["pissa_zero3", { pissa_init: true, ...zero3 }],
    ["pissa_stage", { pissa_init: true, stage: "kto" }],
    ["zero3_pure_bf16", { pure_bf16: true, deepspeed: { zero_optimization: { stage: 3 } } }],
    ["zero3_unsloth", { use_unsloth: true, deepspeed: "examples/deepspeed/ds_z3_offload_config.json" }],
    ["deepspeed_projection", { finetuning_type: "full", use_galore: true, deepspeed: "ds.json" }],
    ["savers_with_lora", { use_apollo: true }],
    ["one_saver", { finetuning_type: "full", use_apollo: true, use_badam: true }],
    [
      "layerwise_distributed",
      { finetuning_type: "full", use_galore: true, galore_layerwise: true, NPROC_PER_NODE: 2 },
    ],
    [
      "layerwise_accumulation",
      { finetuning_type: "full", use_galore: true, galore_layerwise: true, gradient_accumulation_steps: 8 },
    ],
    ["badam_distributed", { finetuning_type: "full", use_badam: true, CUDA_VISIBLE_DEVICES: "0,1" }],
    ["llama_pro_full", { finetuning_type: "full", use_llama_pro: true }],
    ["use_dora_lora", { finetuning_type: "full", use_dora: true }],
    ["loraplus_lr_ratio_lora", { finetuning_type: "freeze", loraplus_lr_ratio: 16 }],
    ["value_head_best", { stage: "rm", load_best_model_at_end: true, val_size: 0.1, eval_strategy: "steps" }],
    ["ppo_loggers", { stage: "ppo", reward_model: "r", report_to: "mlflow" }],
    ["ppo_reward_lora", { stage: "ppo", reward_model: "r", finetuning_type: "full" }],
    ["label_smoothing", { stage: "dpo", pref_loss: "hinge", dpo_label_smoothing: 0.1 }],
    ["two_validations", { val_size: 0.1, eval_dataset: "d" }],
    ["best_needs_evaluation", { load_best_model_at_end: true }],
    [
      "best_needs_saves",
      { load_best_model_at_end: true, val_size: 0.1, eval_strategy: "epoch", save_strategy: "steps" },
    ],
    [
      "best_between_saves",
      {
        load_best_model_at_end: true,
        val_size: 0.1,
        eval_strategy: "steps",
        eval_steps: 30,
        save_steps: 100,
      },
    ],
    ["shares_of_datasets", { mix_strategy: "interleave_under", interleave_probs: "0.5,0.5" }],
    ["streaming_steps", { streaming: true }],
    ["streaming_samples", { streaming: true, max_steps: 10, max_samples: 5 }],
    ["predict_generates", { do_predict: true, val_size: 0.1 }],
  ])("finds %s", (code, config) => {
    expect(codes(config)).toEqual([code]);
  });

  it("lets through what only looks alike", () => {
    expect(
      codes({ finetuning_type: "full", use_badam: true, CUDA_VISIBLE_DEVICES: "0,1", ...zero3 }),
    ).toEqual([]);
    expect(codes({ pissa_init: true, deepspeed: "llamaboard_cache/ds_z2_config.json" })).toEqual([]);
    expect(codes({ eval_strategy: false })).toEqual([]);
    expect(
      codes({
        load_best_model_at_end: true,
        val_size: 0.1,
        eval_strategy: "steps",
        eval_steps: 50,
        save_steps: 100,
      }),
    ).toEqual([]);
  });

  it("mends what it finds where it offers to", () => {
    for (const problem of combinationProblems({
      ...fine,
      quantization_bit: 4,
      pissa_init: true,
      resize_vocab: true,
    }))
      expect(combinationProblems({ ...fine, ...problem.fix?.set }).map(({ code }) => code)).not.toContain(
        problem.code,
      );
  });
});
