import { describe, expect, it } from "vitest";
import { precisionProblems } from "@/server/engines/card-precision";

const sft = { model_name_or_path: "m", dataset: "d", do_train: true };

describe("the type that a graphics card computes in", () => {
  it("is nobody's matter without a card, or on the processor", () => {
    expect(precisionProblems(sft, [])).toEqual([]);
    expect(precisionProblems({ ...sft, use_cpu: true }, ["NVIDIA H100 80GB HBM3"])).toEqual([]);
  });

  it.each([
    ["NVIDIA H100 80GB HBM3", "bf16"],
    ["NVIDIA GeForce RTX 4090", "bf16"],
    ["NVIDIA RTX A6000", "bf16"],
    ["Tesla V100-SXM2-16GB", "fp16"],
    ["Tesla T4", "fp16"],
    ["NVIDIA GeForce RTX 2080 Ti", "fp16"],
    ["NVIDIA GeForce GTX 1080 Ti", "fp16"],
    ["Quadro RTX 6000", "fp16"],
  ])("that %s is offered where none is named is %s", (card, type) => {
    expect(precisionProblems(sft, [card])).toMatchObject([
      { argument: type, severity: "warning", fix: { set: { [type]: true } } },
    ]);
  });

  it("is fp16 where bf16 is asked of a card that has none", () => {
    expect(precisionProblems({ ...sft, bf16: true }, ["Tesla T4"])).toMatchObject([
      { argument: "bf16", fix: { set: { bf16: null, fp16: true } } },
    ]);
    expect(precisionProblems({ ...sft, bf16: true }, ["NVIDIA A100-SXM4-40GB"])).toEqual([]);
    expect(precisionProblems({ ...sft, fp16: true }, ["Tesla T4"])).toEqual([]);
  });
});
