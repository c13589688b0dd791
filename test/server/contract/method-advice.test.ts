/** The advice on how to train says what an experienced person would, and never what does not fit. */
import { describe, expect, it } from "vitest";
import { forecastMemory, type TrainingPlace } from "@/server/contract/memory-forecast";
import { adviseMethod, type Goal } from "@/server/contract/method-advice";
import type { ModelShape } from "@/server/contract/model-shape";
import { trainConfigSchema, type TrainConfigInput } from "@/server/contract/train-config";
import { waysOf, withWay, type TrainingWay } from "@/server/contract/training-ways";
import { shapeOfConfig } from "@/server/models/model-shape";

const GIB = 2 ** 30;

const SMALL = shapeOfConfig({
  hidden_size: 576,
  intermediate_size: 1536,
  num_hidden_layers: 30,
  num_attention_heads: 9,
  num_key_value_heads: 3,
  vocab_size: 49152,
  tie_word_embeddings: true,
})!;
const MIDDLE = shapeOfConfig({
  hidden_size: 1536,
  intermediate_size: 8960,
  num_hidden_layers: 28,
  num_attention_heads: 12,
  num_key_value_heads: 2,
  vocab_size: 151936,
})!;
const SEVEN = shapeOfConfig({
  hidden_size: 4096,
  intermediate_size: 11008,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  vocab_size: 32000,
})!;

interface Case {
  shape: ModelShape;
  place: TrainingPlace;
  rows: number | null;
  goal?: Goal;
  hostBytes?: number;
  seconds?: (way: Pick<TrainingWay, "id">) => number | null;
  config?: Partial<TrainConfigInput>;
}

function advise({ shape, place, rows, goal = "style", hostBytes = 256 * GIB, seconds, config: input }: Case) {
  const config = trainConfigSchema.parse({
    model_name_or_path: "x",
    bf16: place.device === "gpu",
    per_device_train_batch_size: 1,
    learning_rate: 1e-4,
    ...input,
  });
  const methods = place.engine === "embedded" ? ["lora", "full"] : ["lora", "full", "freeze", "oft"];
  const ways = waysOf(config, { ...place, methods }).map((way): TrainingWay => {
    const memory = forecastMemory(withWay(config, way), shape, { tokensPerRow: 1024, place });
    return {
      ...way,
      engine: place.engine,
      memory,
      seconds: seconds?.(way) ?? null,
      host_fits: memory.host_bytes <= hostBytes,
    };
  });
  return adviseMethod({ ways, rows, goal });
}

const laptop = (capacity_bytes: number): TrainingPlace => ({
  engine: "embedded",
  device: "cpu",
  devices: 1,
  capacity_bytes,
});
const cards = (devices: number, gib: number): TrainingPlace => ({
  engine: "llamafactory",
  device: "gpu",
  devices,
  capacity_bytes: gib * GIB,
});

describe("the advice", () => {
  it("is LoRA under 1,000 rows, whatever they are for", () => {
    for (const goal of ["style", "knowledge", "language"] as const) {
      const { best, reasons } = advise({ shape: SMALL, place: laptop(16e9), rows: 300, goal });
      expect(best?.id).toBe("lora");
      expect(reasons[0]).toBe("few_rows");
    }
  });

  it("is LoRA for a tone or a format, even with many rows", () => {
    const { best, reasons } = advise({ shape: SMALL, place: laptop(16e9), rows: 50_000, goal: "style" });
    expect(best?.id).toBe("lora");
    expect(reasons[0]).toBe("style_needs_little");
  });

  it("is full where much is to be learned and it fits", () => {
    const { best, reasons } = advise({ shape: SMALL, place: laptop(16e9), rows: 50_000, goal: "knowledge" });
    expect(best?.id).toBe("full");
    expect(reasons).toEqual(["knowledge_wants_weights", "many_rows", "fits_with_room"]);
    expect(advise({ shape: SMALL, place: laptop(16e9), rows: 5_000, goal: "language" }).best?.id).toBe(
      "full",
    );
  });

  it("falls back to an 8-bit base where LoRA on float32 does not fit", () => {
    const { best, reasons } = advise({ shape: MIDDLE, place: laptop(8e9), rows: 3_000 });
    expect(best?.id).toBe("lora8");
    expect(best?.set).toEqual({ quantization_bit: 8 });
    expect(reasons).toContain("lora_too_large");
  });

  it("is QLoRA for 7B on a card of 12 GB", () => {
    const { best, ways } = advise({ shape: SEVEN, place: cards(1, 12), rows: 3_000 });
    expect(best?.id).toBe("lora8");
    expect(advise({ shape: SEVEN, place: cards(1, 8), rows: 3_000 }).best?.id).toBe("qlora");
    expect(ways.find(({ way }) => way.id === "full")).toMatchObject({
      verdict: "no",
      reason: "does_not_fit",
    });
  });

  it("is ZeRO-3 for 7B in full on two cards of 80 GB, and with offload on two of 24 GB", () => {
    const much = { shape: SEVEN, rows: 40_000, goal: "knowledge" as const };
    expect(advise({ ...much, place: cards(2, 80) }).best).toMatchObject({
      id: "zero3",
      set: { finetuning_type: "full", deepspeed: "llamaboard_cache/ds_z3_config.json", learning_rate: 1e-5 },
    });
    const offloaded = advise({ ...much, place: cards(2, 24) });
    expect(offloaded.best?.id).toBe("zero3_offload");
    expect(offloaded.reasons).toContain("needs_offload");
  });

  it("does not offload into memory that is not there: then freeze", () => {
    const found = advise({
      shape: SEVEN,
      rows: 40_000,
      goal: "knowledge",
      place: cards(2, 24),
      hostBytes: 32 * GIB,
    });
    expect(found.best?.id).toBe("freeze");
    expect(found.ways.find(({ way }) => way.id === "zero3_offload")).toMatchObject({
      verdict: "no",
      reason: "host_too_small",
    });
  });

  it("is nothing where nothing fits", () => {
    const { best, reasons } = advise({ shape: SEVEN, place: laptop(4e9), rows: 500 });
    expect(best).toBeNull();
    expect(reasons).toEqual([]);
  });

  it("proposes a sample of 1,000 rows before a run of hours, with its time", () => {
    const hours = { shape: SMALL, place: laptop(16e9), rows: 20_000, seconds: () => 20 * 3600 };
    expect(advise(hours).sample).toEqual({ rows: 1000, seconds: 3600 });
    expect(advise({ ...hours, seconds: () => 600 }).sample).toBeNull();
    expect(advise({ ...hours, rows: 800 }).sample).toBeNull();
  });

  it("says of what fits too that it is slower or more than is needed", () => {
    const seconds = ({ id }: Pick<TrainingWay, "id">) => (id === "full" ? 900 : 300);
    const { ways } = advise({ shape: SMALL, place: laptop(16e9), rows: 500, seconds });
    expect(ways.find(({ way }) => way.id === "full")).toMatchObject({ reason: "much_slower" });
    const timeless = advise({ shape: SMALL, place: laptop(16e9), rows: 500 });
    expect(timeless.ways.find(({ way }) => way.id === "full")).toMatchObject({ reason: "more_than_needed" });
  });
});

describe("a way's changes", () => {
  const config = (input: Partial<TrainConfigInput>) =>
    trainConfigSchema.parse({ model_name_or_path: "x", learning_rate: 1e-4, ...input });
  const place = { engine: "llamafactory", device: "gpu", methods: ["lora", "full", "freeze"] } as const;
  const setOf = (id: string, input: Partial<TrainConfigInput>) =>
    waysOf(config(input), place).find((way) => way.id === id)?.set;

  it("name only what differs", () => {
    expect(setOf("lora", {})).toEqual({});
    expect(setOf("qlora", {})).toEqual({ quantization_bit: 4 });
    expect(setOf("lora", { quantization_bit: 8 })).toEqual({ quantization_bit: null });
  });

  it("bring the learning rate to where the method learns", () => {
    expect(setOf("full", {})).toEqual({ finetuning_type: "full", learning_rate: 1e-5 });
    expect(setOf("full", { learning_rate: 2e-5 })).toEqual({ finetuning_type: "full" });
    expect(setOf("lora", { finetuning_type: "full", learning_rate: 1e-5 })).toEqual({
      finetuning_type: "lora",
      learning_rate: 1e-4,
    });
  });

  it("leave out what an engine or a device has not", () => {
    const embedded = waysOf(config({}), { engine: "embedded", device: "cpu", methods: ["lora", "full"] });
    expect(embedded.map(({ id }) => id)).toEqual(["lora", "lora8", "full"]);
    const onProcessor = waysOf(config({}), { ...place, device: "cpu" });
    expect(onProcessor.map(({ id }) => id)).toEqual(["lora", "freeze", "full"]);
  });
});
