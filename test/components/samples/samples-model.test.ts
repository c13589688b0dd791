import { describe, expect, test } from "vitest";
import { changedShare, markedAnswer, nearestStep, samplesModel } from "@/components/samples/samples-model";
import type { Sample } from "@/server/contract/samples";

const sample = (step: number, answer: string, prompt = "1"): Sample => ({
  step,
  prompt,
  messages: [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Who are you?" },
  ],
  answer,
  tokens: 4,
  seconds: 0.1,
  ended: true,
});
const BASE = sample(0, "I am Qwen.");

describe("the answers of a run in training", () => {
  test("are found by step and prompt, whatever order they came in", () => {
    const model = samplesModel([sample(60, "I am Ada."), BASE, sample(0, "12", "2")]);
    expect(model.steps).toEqual([0, 60]);
    expect(model.prompts.map(({ id, question }) => [id, question])).toEqual([
      ["1", "Who are you?"],
      ["2", "Who are you?"],
    ]);
    expect(model.at(60, "1")?.answer).toBe("I am Ada.");
    expect(model.at(60, "2")).toBeUndefined();
  });

  test("are marked where they say what was not said before, and nowhere before training", () => {
    expect(markedAnswer(BASE, sample(60, "I am Ada.")).filter((part) => part.changed)).toEqual([
      { text: "Ada.", changed: true },
    ]);
    expect(markedAnswer(BASE, BASE)).toEqual([{ text: "I am Qwen.", changed: false }]);
    expect(changedShare(BASE, sample(60, "I am Ada."))).toBeCloseTo(1 / 3);
    expect(changedShare(BASE, BASE)).toBe(0);
    expect(changedShare(BASE, sample(60, ""))).toBe(0);
  });

  test("are shown for the step that lies nearest", () => {
    expect(nearestStep([0, 60, 120], 95)).toBe(120);
    expect(nearestStep([0, 60, 120], -3)).toBe(0);
  });
});
