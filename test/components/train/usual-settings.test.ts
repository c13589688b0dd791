/** Settings follow the choice of model, method and stage until somebody changes them. */
import { describe, expect, it } from "vitest";
import { BOARD_DEFAULTS, STARTER_PRESET, type TrainForm } from "@/components/train/form-defaults";
import { followChoice, usualFor, type Choice } from "@/components/train/usual-settings";

const LARGE = { source: "folder", parameters: 7e9, context_length: 32768 } as const;
const SHORT = { source: "folder", parameters: 125e6, context_length: 1024 } as const;
const STARTER = { source: "starter", parameters: 5e6, context_length: 512 } as const;

const choice = (change: Partial<Choice> = {}): Choice => ({
  finetuning_type: "lora",
  stage: "sft",
  rope_scaling: "",
  model: LARGE,
  ...change,
});
const form = (change: Partial<TrainForm> = {}): TrainForm => ({ ...BOARD_DEFAULTS, ...change });

describe("a choice", () => {
  it("of LoRA for a model as people have them leaves LLaMA Board's defaults as they are", () => {
    expect(followChoice(form(), choice({ model: null }), choice())).toEqual({});
  });

  it("of full training brings its learning rate, and LoRA's comes back with LoRA", () => {
    const full = choice({ finetuning_type: "full" });
    expect(followChoice(form(), choice(), full)).toEqual({ learning_rate: "1.0e-5" });
    expect(followChoice(form({ learning_rate: "1e-5" }), full, choice())).toEqual({
      learning_rate: BOARD_DEFAULTS.learning_rate,
    });
  });

  it("of DPO brings its learning rate", () => {
    expect(followChoice(form(), choice(), choice({ stage: "dpo" }))).toEqual({ learning_rate: "5.0e-6" });
  });

  it("of a model that reads less caps the cutoff, unless positions are stretched", () => {
    expect(followChoice(form(), choice(), choice({ model: SHORT }))).toEqual({ cutoff_len: "1024" });
    const stretched = choice({ model: SHORT, rope_scaling: "linear" });
    expect(followChoice(form(), choice(), stretched)).toEqual({});
    expect(followChoice(form({ cutoff_len: "1024" }), choice({ model: SHORT }), choice())).toEqual({
      cutoff_len: BOARD_DEFAULTS.cutoff_len,
    });
  });

  it("never overwrites what somebody changed", () => {
    const changed = form({ learning_rate: "3e-5", cutoff_len: "4096" });
    const to = choice({ finetuning_type: "full", model: SHORT });
    expect(followChoice(changed, choice(), to)).toEqual({});
    expect(usualFor(to).map(({ argument }) => argument)).toEqual(["learning_rate", "cutoff_len"]);
  });

  it("of the starter brings the starter's numbers, and they go with it", () => {
    const starter = followChoice(form(), choice(), choice({ model: STARTER }));
    const { finetuning_type: _m, stage: _s, template: _t, val_size: _v, ...numbers } = STARTER_PRESET;
    expect({ ...BOARD_DEFAULTS, ...starter }).toMatchObject(numbers);
    const back = followChoice(form(starter), choice({ model: STARTER }), choice());
    expect({ ...starter, ...back }).toEqual(
      Object.fromEntries(Object.keys(starter).map((name) => [name, BOARD_DEFAULTS[name as "seed"]])),
    );
  });
});
