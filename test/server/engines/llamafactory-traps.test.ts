/** What LLaMA-Factory would do wrong or refuse late, told before the start. */
import { describe, expect, it } from "vitest";
import { combinationProblems } from "@/server/contract/argument-combinations";
import { trapProblems, type TrapFacts } from "@/server/engines/llamafactory-traps";

const cpu: TrapFacts = { version: "0.9.5", hasGpu: false, devices: 0, modules: {}, pip: "pip" };
const cards: TrapFacts = { ...cpu, hasGpu: true, devices: 2 };
const unseen: TrapFacts = { version: null, hasGpu: null, devices: null, modules: {}, pip: "pip" };
const sft = { model_name_or_path: "m", dataset: "d", do_train: true, stage: "sft", finetuning_type: "lora" };
const first = (config: Record<string, unknown>, facts = cpu) => trapProblems({ ...sft, ...config }, facts)[0];

describe("traps", () => {
  it("are none for an ordinary run", () => {
    expect(trapProblems(sft, cpu)).toEqual([]);
    expect(trapProblems({ ...sft, bf16: true }, cards)).toEqual([]);
    expect(trapProblems({ ...sft, bf16: true, use_cpu: true }, cpu)).toEqual([]);
  });

  it("bf16 on a processor needs use_cpu, and the embedded engine takes it as it is", () => {
    expect(first({ bf16: true })).toMatchObject({
      argument: "bf16",
      severity: "error",
      fix: { set: { use_cpu: true } },
      engine: "embedded",
    });
    expect(first({ bf16: true }, unseen)).toMatchObject({ severity: "warning" });
    expect(first({ FORCE_TORCHRUN: 1 })).toMatchObject({
      argument: "NPROC_PER_NODE",
      fix: { set: { NPROC_PER_NODE: 1 } },
    });
    expect(first({ fp16: true })).toMatchObject({
      severity: "warning",
      argument: "fp16",
      fix: { set: { bf16: true, fp16: null } },
    });
    expect(first({ pure_bf16: true })).toMatchObject({ argument: "pure_bf16", severity: "error" });
    expect(first({ pure_bf16: true }, cards)).toMatchObject({ argument: "pure_bf16", severity: "warning" });
  });

  it.each(["hinge", "ipo", "kto_pair"])("pref_loss %s would silently be sigmoid", (pref_loss) => {
    const problem = first({ stage: "dpo", pref_loss });
    expect(problem).toMatchObject({
      argument: "pref_loss",
      severity: "error",
      fix: { set: { pref_loss: "sigmoid" } },
      engine: "embedded",
    });
    expect(problem!.message).toMatch(/computes the sigmoid loss/);
    // Stage kto has a loss of its own and never looks.
    expect(first({ stage: "kto", pref_loss })).toBeUndefined();
  });

  it.each(["sigmoid", "orpo", "simpo"])("pref_loss %s is what it says", (pref_loss) => {
    expect(first({ stage: "dpo", pref_loss })).toBeUndefined();
  });

  it("PPO cannot run up to 0.9.5", () => {
    expect(first({ stage: "ppo", reward_model: "r" })).toMatchObject({
      argument: "stage",
      engine: "embedded",
    });
    expect(first({ stage: "ppo", reward_model: "r" }, { ...cpu, version: "0.9.6.dev0" })).toBeUndefined();
    expect(first({ stage: "ppo", reward_model: "r" }, { ...cpu, version: "1.0" })).toBeUndefined();
  });

  it.each([
    ["deepspeed", { deepspeed: "llamaboard_cache/ds_z2_config.json" }, "deepspeed"],
    ["do_predict", { do_predict: true }, "rouge_chinese"],
    ["quantization_bit", { quantization_bit: 4 }, "bitsandbytes"],
    ["use_unsloth", { use_unsloth: true }, "unsloth"],
    ["enable_liger_kernel", { enable_liger_kernel: true }, "liger_kernel"],
    ["flash_attn", { flash_attn: "fa2" }, "flash_attn"],
    ["USE_RAY", { USE_RAY: true }, "ray"],
    ["use_galore", { use_galore: true }, "galore_torch"],
  ])("%s needs a package that is not there", (argument, config, module) => {
    const problem = first(config, { ...cards, modules: { [module]: false } });
    expect(problem).toMatchObject({ argument, severity: "error" });
    expect(problem!.message).toContain("pip install");
    expect(first(config, { ...cards, modules: { [module]: true } })).toBeUndefined();
    // Not known is not missing.
    expect(first(config, cards)).toBeUndefined();
  });

  it.each([
    [{ quantization_bit: 4, resize_vocab: true }, "resize_vocab"],
    [{ quantization_bit: 4, create_new_adapter: true }, "create_new_adapter"],
    [{ quantization_bit: 4, adapter_name_or_path: "a,b" }, "adapter_name_or_path"],
    [{ pissa_init: true, deepspeed: "examples/deepspeed/ds_z3_config.json" }, "pissa_init"],
    [{ stage: "rm", load_best_model_at_end: true }, "load_best_model_at_end"],
    [{ predict_with_generate: true, compute_accuracy: true }, "compute_accuracy"],
    [{ use_galore: true, deepspeed: "llamaboard_cache/ds_z2_config.json" }, "deepspeed"],
    [{ use_unsloth: true, deepspeed: "llamaboard_cache/ds_z3_config.json" }, "use_unsloth"],
    [{ NNODES: 2, NODE_RANK: 2, MASTER_ADDR: "h", FORCE_TORCHRUN: 1 }, "NODE_RANK"],
    [{ NNODES: 2, FORCE_TORCHRUN: 1 }, "MASTER_ADDR"],
    [{ CUDA_VISIBLE_DEVICES: "0,2" }, "CUDA_VISIBLE_DEVICES"],
    [{ NPROC_PER_NODE: 3 }, "NPROC_PER_NODE"],
    [{ infer_backend: "vllm" }, "infer_backend"],
  ])("what LLaMA-Factory refuses late is refused at once: %j", (config, argument) => {
    // Rules that hold for every engine and LLaMA-Factory's own traps, as the engine's check puts them together.
    const asked = { ...sft, ...config };
    const problems = [...combinationProblems(asked), ...trapProblems(asked, cards)];
    expect(problems.map((problem) => problem.argument)).toContain(argument);
  });

  it("the embedded engine is a way out only where it takes the whole configuration", () => {
    const problem = first({ stage: "dpo", pref_loss: "ipo", use_galore: true });
    expect(problem).toMatchObject({ argument: "pref_loss" });
    expect(problem).not.toHaveProperty("engine");
  });
});
