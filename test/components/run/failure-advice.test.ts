import { describe, expect, test } from "vitest";
import { adviceFor, failureKind } from "@/components/run/failure-advice";

describe("what a failure is", () => {
  test.each([
    ["torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB", "memory"],
    ["The system killed the process (SIGKILL), most likely because memory ran out.", "memory"],
    ["Failed to allocate memory for requested buffer of size 9296052224", "memory"],
    ["Step 90: the loss is not a number (NaN). Lower learning_rate.", "diverged"],
    ["OSError: [Errno 28] No space left on device", "disk"],
    ["models/gone: config.json is missing.", "missing"],
    ['data/a.json, row 3: column "output" has no text.', "data"],
    ["Something else", "other"],
  ])("%s", (line, kind) => {
    expect(failureKind("failed", line)).toBe(kind);
  });

  test("a run that vanished without a word is interrupted", () => {
    expect(failureKind("interrupted", null)).toBe("interrupted");
  });
});

describe("what to change", () => {
  const config = {
    per_device_train_batch_size: 8,
    gradient_accumulation_steps: 2,
    finetuning_type: "full",
    cutoff_len: 2048,
    learning_rate: 2e-3,
  };

  test("out of memory: fewer rows at a time with as many per step, LoRA, shorter rows", () => {
    expect(adviceFor("memory", config).map((advice) => advice.set)).toEqual([
      { per_device_train_batch_size: 1, gradient_accumulation_steps: 16 },
      { finetuning_type: "lora", lora_rank: 8 },
      { cutoff_len: 1024 },
    ]);
  });

  test("diverged: a tenth of the rate, or a warm-up where there is none", () => {
    expect(adviceFor("diverged", config).map((advice) => advice.set)).toEqual([
      { learning_rate: 2e-4 },
      { warmup_ratio: 0.1 },
    ]);
    expect(adviceFor("diverged", { ...config, warmup_steps: 20 })).toHaveLength(1);
  });

  test("nothing that is so already", () => {
    expect(
      adviceFor("memory", { per_device_train_batch_size: 1, finetuning_type: "lora", cutoff_len: 128 }),
    ).toEqual([]);
  });
});
