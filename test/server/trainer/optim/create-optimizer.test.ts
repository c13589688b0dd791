import { describe, expect, it } from "vitest";
import type { Parameter } from "@/server/trainer/models/causal-lm";
import { createOptimizer, groupParameters, isDecayed } from "@/server/trainer/optim/create-optimizer";
import { EMBEDDED_OPTIMIZERS } from "@/server/contract/embedded-arguments";

function parameter(name: string, shape: number[] = [2, 2]): Parameter {
  const length = shape.reduce((product, size) => product * size, 1);
  return { name, shape, data: new Float32Array(length).fill(1), grad: new Float32Array(length).fill(0.5) };
}

const config = {
  weight_decay: 0.1,
  adam_beta1: 0.9,
  adam_beta2: 0.999,
  adam_epsilon: 1e-8,
  loraplus_lr_ratio: undefined,
};

describe("weight decay", () => {
  it.each([
    ["model.layers.0.self_attn.q_proj.weight", true],
    ["base_model.model.model.layers.0.mlp.up_proj.lora_A.weight", true],
    ["model.embed_tokens.weight", true],
    ["model.layers.0.self_attn.q_proj.bias", false],
    ["model.layers.0.input_layernorm.weight", false],
    ["model.norm.weight", false],
    ["model.layers.0.self_attn.q_norm.weight", false],
    ["transformer.h.0.ln_1.weight", false],
    ["transformer.ln_f.weight", false],
  ])("of %s: %s", (name, decayed) => {
    expect(isDecayed(name)).toBe(decayed);
  });

  it("reaches only the group that it is for", () => {
    const groups = groupParameters([parameter("a.weight"), parameter("a.bias", [2])], {
      weightDecay: 0.1,
      loraplusRatio: null,
    });
    expect(groups.map(({ parameters, weightDecay }) => [parameters[0]!.name, weightDecay])).toEqual([
      ["a.weight", 0.1],
      ["a.bias", 0],
    ]);
  });
});

describe("LoRA+", () => {
  it("moves B matrices by the ratio faster", () => {
    const [a, b] = [parameter("q.lora_A.weight"), parameter("q.lora_B.weight")];
    createOptimizer([a, b], { ...config, optim: "sgd", weight_decay: 0, loraplus_lr_ratio: 16 }).step(0.01);
    expect(1 - a.data[0]!).toBeCloseTo(0.005, 6);
    expect(1 - b.data[0]!).toBeCloseTo(0.08, 6);
  });
});

describe("optimizer state", () => {
  it.each(EMBEDDED_OPTIMIZERS)("of %s brings a fresh optimizer to the same next step", (optim) => {
    const [whole, resumed] = [parameter("w"), parameter("w")];
    const first = createOptimizer([whole], { ...config, optim });
    first.step(0.1);
    const second = createOptimizer([resumed], { ...config, optim });
    resumed.data.set(whole.data);
    first.state.forEach(({ name, data }, i) => {
      expect(second.state[i]!.name).toBe(name);
      second.state[i]!.data.set(data);
    });
    second.stepCount = first.stepCount;
    first.step(0.05);
    second.step(0.05);
    expect(resumed.data).toEqual(whole.data);
  });

  it("names what is there where an optimizer is not", () => {
    expect(() => createOptimizer([], { ...config, optim: "lion" })).toThrow(
      /optim: lion .*adamw_torch.*adagrad/,
    );
  });
});
