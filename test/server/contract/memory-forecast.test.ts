/** The memory forecast tells apart what fits which machine, in the cases that people ask about. */
import { describe, expect, it } from "vitest";
import { forecastMemory, ruleOfThumb, type TrainingPlace } from "@/server/contract/memory-forecast";
import type { ModelShape } from "@/server/contract/model-shape";
import { trainConfigSchema, type TrainConfigInput } from "@/server/contract/train-config";
import { guessZero } from "@/server/contract/zero-config";
import { shapeOfConfig } from "@/server/models/model-shape";

/** A "24 GB" card has 24 GiB. */
const GIB = 2 ** 30;

/** Shapes from the models' own config.json. */
const LLAMA_2_7B = shapeOfConfig({
  model_type: "llama",
  hidden_size: 4096,
  intermediate_size: 11008,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 32,
  vocab_size: 32000,
  tie_word_embeddings: false,
})!;
const QWEN_7B = shapeOfConfig({
  model_type: "qwen2",
  hidden_size: 3584,
  intermediate_size: 18944,
  num_hidden_layers: 28,
  num_attention_heads: 28,
  num_key_value_heads: 4,
  vocab_size: 152064,
  tie_word_embeddings: false,
})!;
const R1_DISTILL_QWEN_1_5B = shapeOfConfig({
  model_type: "qwen2",
  hidden_size: 1536,
  intermediate_size: 8960,
  num_hidden_layers: 28,
  num_attention_heads: 12,
  num_key_value_heads: 2,
  vocab_size: 151936,
  tie_word_embeddings: false,
})!;

const gpus = (devices: number, capacity_bytes: number): TrainingPlace => ({
  engine: "llamafactory",
  device: "gpu",
  devices,
  capacity_bytes,
});
const laptop: TrainingPlace = { engine: "embedded", device: "cpu", devices: 1, capacity_bytes: 8e9 };

function forecast(shape: ModelShape, place: TrainingPlace, input: Partial<TrainConfigInput> = {}) {
  const config = trainConfigSchema.parse({
    model_name_or_path: "x",
    bf16: true,
    per_device_train_batch_size: 1,
    cutoff_len: 2048,
    ...input,
  });
  return forecastMemory(config, shape, { tokensPerRow: config.cutoff_len, place });
}

describe("shapes from config.json", () => {
  it("have the parameters that the models have", () => {
    expect(LLAMA_2_7B.parameters / 6_738_415_616).toBeCloseTo(1, 3);
    expect(QWEN_7B.parameters / 7_615_616_512).toBeCloseTo(1, 3);
    expect(R1_DISTILL_QWEN_1_5B.parameters / 1_777_088_000).toBeCloseTo(1, 3);
  });
});

describe.each([
  ["Llama-2-7B", LLAMA_2_7B],
  ["Qwen2.5-7B", QWEN_7B],
])("%s", (_name, shape) => {
  const full = { finetuning_type: "full" as const };

  it("does not fit two 80 GB cards in full at batch 1", () => {
    expect(forecast(shape, gpus(2, 80 * GIB), full).fits).toBe("no");
  });

  it("fits them with ZeRO-3", () => {
    const found = forecast(shape, gpus(2, 80 * GIB), { ...full, deepspeed: "ds_z3_config.json" });
    expect(found.fits).toBe("fits");
    expect(found.host_bytes).toBe(0);
  });

  it("fits them with room where ZeRO-3 offloads, and says what that takes of the computer's memory", () => {
    const found = forecast(shape, gpus(2, 80 * GIB), { ...full, deepspeed: "ds_z3_offload_config.json" });
    expect(found.fits).toBe("room");
    expect(found.host_bytes).toBeGreaterThan(16 * shape.parameters);
  });

  it("fits two 24 GB cards with LoRA", () => {
    expect(forecast(shape, gpus(2, 24 * GIB)).fits).toBe("fits");
    expect(forecast(shape, gpus(2, 24 * GIB), full).fits).toBe("no");
  });

  it("fits one 12 GB card only on a base of 4 bits", () => {
    const short = { cutoff_len: 1024 };
    expect(forecast(shape, gpus(1, 12 * GIB), short).fits).toBe("no");
    expect(forecast(shape, gpus(1, 12 * GIB), { ...short, quantization_bit: 4 }).fits).not.toBe("no");
  });
});

describe("DeepSeek-R1-Distill-Qwen-1.5B", () => {
  const short = { cutoff_len: 1024, bf16: false };

  it("fits a laptop with 8 GB as LoRA on an 8-bit base", () => {
    expect(forecast(R1_DISTILL_QWEN_1_5B, laptop, { ...short, quantization_bit: 8 }).fits).not.toBe("no");
  });

  it("does not fit it in float32, neither as LoRA nor in full", () => {
    expect(forecast(R1_DISTILL_QWEN_1_5B, laptop, short).fits).toBe("no");
    expect(forecast(R1_DISTILL_QWEN_1_5B, laptop, { ...short, finetuning_type: "full" }).fits).toBe("no");
  });

  it("fits a card of 8 GB in the same way", () => {
    const quantised = { cutoff_len: 1024, quantization_bit: 8 };
    expect(forecast(R1_DISTILL_QWEN_1_5B, gpus(1, 8 * GIB), quantised).fits).not.toBe("no");
  });
});

describe("the embedded trainer's peak", () => {
  const shapes = {
    "15M": {
      hidden_size: 288,
      intermediate_size: 768,
      num_hidden_layers: 6,
      num_attention_heads: 6,
      vocab_size: 32000,
    },
    "135M": {
      hidden_size: 576,
      intermediate_size: 1536,
      num_hidden_layers: 30,
      num_attention_heads: 9,
      num_key_value_heads: 3,
      vocab_size: 49152,
    },
  };

  // Batch 2 of 256 tokens, LoRA rank 8: `npm run bench -- memory`, onnxruntime 1.30, two threads.
  it.each([
    ["15M", null, 334],
    ["15M", 8, 389],
    ["135M", null, 1107],
    ["135M", 8, 887],
  ] as const)(
    "at %s with quantization_bit %s is foretold within 20 %% of the %i MiB measured",
    (name, bits, peak) => {
      const shape = shapeOfConfig({ ...shapes[name], tie_word_embeddings: true })!;
      const found = forecast(shape, laptop, {
        per_device_train_batch_size: 2,
        cutoff_len: 256,
        bf16: false,
        quantization_bit: bits,
      });
      expect(found.device_bytes / 2 ** 20 / peak).toBeGreaterThan(0.8);
      expect(found.device_bytes / 2 ** 20 / peak).toBeLessThan(1.2);
    },
  );
});

describe("the parts", () => {
  it("add up to the whole", () => {
    const found = forecast(QWEN_7B, gpus(1, 80 * GIB));
    expect(Object.values(found.parts).reduce((sum, part) => sum + part, 0)).toBe(found.device_bytes);
  });

  it("of full training stand beside the rule of thumb of 17.5 bytes a parameter", () => {
    const found = forecast(LLAMA_2_7B, gpus(1, 80 * GIB), { finetuning_type: "full" });
    expect(ruleOfThumb(1e9)).toBe(17.5e9);
    expect(found.rule_of_thumb_bytes).toBe(ruleOfThumb(LLAMA_2_7B.parameters));
    expect(found.device_bytes / found.rule_of_thumb_bytes!).toBeGreaterThan(0.9);
    expect(found.device_bytes / found.rule_of_thumb_bytes!).toBeLessThan(1.25);
    expect(forecast(LLAMA_2_7B, gpus(1, 80 * GIB)).rule_of_thumb_bytes).toBeNull();
  });

  it("grow with what is asked of each", () => {
    const base = forecast(QWEN_7B, gpus(1, 80 * GIB));
    const wide = forecast(QWEN_7B, gpus(1, 80 * GIB), { per_device_train_batch_size: 4 });
    expect(wide.parts.activations).toBe(4 * base.parts.activations);
    expect(wide.parts.logits).toBe(4 * base.parts.logits);
    expect(wide.parts.optimizer).toBe(base.parts.optimizer);
    const rank = forecast(QWEN_7B, gpus(1, 80 * GIB), { lora_rank: 64 });
    expect(rank.parts.optimizer).toBe(8 * base.parts.optimizer);
    const light = forecast(QWEN_7B, gpus(1, 80 * GIB), { optim: "adamw_bnb_8bit" });
    expect(light.parts.optimizer).toBe(base.parts.optimizer / 4);
  });

  it("hold a second model for DPO in full, and none under an adapter", () => {
    const dpo = { stage: "dpo" as const, finetuning_type: "full" as const };
    const weights = (input: Partial<TrainConfigInput>) =>
      forecast(QWEN_7B, gpus(1, 80 * GIB), input).parts.weights;
    expect(weights(dpo) - weights({ finetuning_type: "full" })).toBeCloseTo(2 * QWEN_7B.parameters, -6);
    expect(weights({ stage: "dpo" })).toBe(weights({}));
    expect(weights({ ...dpo, pref_loss: "simpo" })).toBe(weights({ finetuning_type: "full" }));
  });
});

describe("the ZeRO stage", () => {
  it.each<[unknown, { stage: number; offload: boolean }]>([
    ["llamaboard_cache/ds_z2_config.json", { stage: 2, offload: false }],
    ["examples/deepspeed/ds_z3_offload_config.json", { stage: 3, offload: true }],
    ["zero3.json", { stage: 3, offload: false }],
    [{ zero_optimization: { stage: 3, offload_param: {} } }, { stage: 3, offload: true }],
    [undefined, { stage: 0, offload: false }],
    ["mine.json", { stage: 0, offload: false }],
  ])("of %j", (deepspeed, expected) => {
    expect(guessZero(deepspeed)).toEqual(expected);
  });
});
