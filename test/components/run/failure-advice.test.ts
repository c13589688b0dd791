import { describe, expect, test } from "vitest";
import { adviceFor, mendCommand } from "@/components/run/failure-advice";
import { FAILURE_KINDS } from "@/server/contract/failure-kinds";

const config = {
  per_device_train_batch_size: 8,
  gradient_accumulation_steps: 2,
  finetuning_type: "full",
  cutoff_len: 2048,
  learning_rate: 2e-3,
};
const setsOf = (...of: Parameters<typeof adviceFor>) => adviceFor(...of).map((advice) => advice.set);

describe("what to change", () => {
  test("out of memory: half the rows at a time with as many per step, shorter rows, LoRA", () => {
    expect(setsOf("memory", config, "embedded")).toEqual([
      { per_device_train_batch_size: 4, gradient_accumulation_steps: 4 },
      { cutoff_len: 1024 },
      { finetuning_type: "lora", lora_rank: 8 },
    ]);
    expect(adviceFor("killed", config, "embedded")).toEqual(adviceFor("memory", config, "embedded"));
  });

  test("an odd batch keeps its rows per step too", () => {
    const [first] = setsOf("memory", { ...config, per_device_train_batch_size: 3 }, "embedded");
    expect(first).toEqual({ per_device_train_batch_size: 1, gradient_accumulation_steps: 6 });
  });

  test("a card out of memory: ZeRO-3 and offload as well", () => {
    const sets = setsOf("gpu_memory", config, "llamafactory");
    expect(sets).toContainEqual({ deepspeed: "llamaboard_cache/ds_z3_config.json" });
    expect(sets).toContainEqual({ deepspeed: "llamaboard_cache/ds_z3_offload_config.json" });
    const offloaded = { ...config, deepspeed: "llamaboard_cache/ds_z3_offload_config.json" };
    expect(setsOf("gpu_memory", offloaded, "llamafactory").some((set) => "deepspeed" in set)).toBe(false);
    expect(setsOf("gpu_memory", { ...config, finetuning_type: "lora" }, "llamafactory")).toContainEqual({
      quantization_bit: 4,
      quantization_method: "bnb",
    });
  });

  test("diverged: a tenth of the rate, or a warm-up where there is none", () => {
    expect(setsOf("diverged", config, "embedded")).toEqual([{ learning_rate: 2e-4 }, { warmup_ratio: 0.1 }]);
    expect(adviceFor("diverged", { ...config, warmup_steps: 20 }, "embedded")).toHaveLength(1);
  });

  test("bf16 on a processor: use_cpu, float32, or the other engine", () => {
    expect(adviceFor("needs_cpu_flag", { bf16: true }, "llamafactory")).toMatchObject([
      { set: { use_cpu: true } },
      { set: { bf16: null, use_cpu: true } },
      { kind: "embedded", engine: "embedded" },
    ]);
  });

  test("nothing that is so already, nor the engine that it has", () => {
    const small = {
      per_device_train_batch_size: 1,
      finetuning_type: "lora",
      cutoff_len: 128,
      quantization_bit: 4,
    };
    expect(adviceFor("memory", small, "embedded")).toEqual([]);
    expect(adviceFor("dependency", {}, "embedded")).toEqual([]);
    expect(adviceFor("port", {}, "llamafactory")).toEqual([]);
  });

  test.each([...FAILURE_KINDS])("%s: no change is offered twice", (kind) => {
    const kinds = adviceFor(
      kind,
      { ...config, bf16: true, MASTER_PORT: 1, template: "x", deepspeed: "d" },
      "llamafactory",
    ).map((advice) => advice.kind);
    expect(new Set(kinds).size).toBe(kinds.length);
  });
});

describe("what to type", () => {
  test.each([
    ["ModuleNotFoundError: No module named 'rouge_chinese'", "pip install rouge-chinese"],
    ["ModuleNotFoundError: No module named 'PIL.Image'", "pip install pillow"],
    [
      "ImportError: bitsandbytes>=0.39.0 is required for a normal functioning of this module, but found no bitsandbytes",
      'pip install "bitsandbytes>=0.39.0"',
    ],
    ["To fix: run `pip install galore_torch`.", 'pip install "galore_torch"'],
  ])("%s", (line, command) => {
    expect(mendCommand("dependency", line)).toBe(command);
  });

  test("nothing where no command mends it", () => {
    expect(mendCommand("memory", "No module named 'x'")).toBeNull();
    expect(mendCommand("dependency", "ImportError: cannot import name x")).toBeNull();
    expect(mendCommand("torchaudio", null)).toMatch(/torchaudio==2\.11/);
    expect(mendCommand("deepspeed_missing", null)).toBe("pip install deepspeed");
  });
});
