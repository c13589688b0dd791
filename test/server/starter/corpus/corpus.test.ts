import { describe, expect, it } from "vitest";
import { chatDialogues, pretrainTexts, TOPICS } from "@/server/starter/corpus/corpus";
import { PERSONA } from "@/server/starter/corpus/persona";
import { Random } from "@/server/starter/corpus/random";

describe("the starter corpus", () => {
  it("is the same for the same seed and another for another seed", () => {
    expect(pretrainTexts(3, 200)).toEqual(pretrainTexts(3, 200));
    expect(chatDialogues(3, 200)).toEqual(chatDialogues(3, 200));
    expect(pretrainTexts(4, 200)).not.toEqual(pretrainTexts(3, 200));
    expect(chatDialogues(4, 200)).not.toEqual(chatDialogues(3, 200));
  });

  it("begins a longer corpus with the texts of a shorter one", () => {
    expect(pretrainTexts(5, 60).slice(0, 40)).toEqual(pretrainTexts(5, 40));
  });

  it("is varied: few texts and few questions come twice", () => {
    const texts = pretrainTexts(6, 2000);
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.85);
    const questions = chatDialogues(6, 2000).flatMap(({ turns }) => turns.map(({ user }) => user));
    expect(new Set(questions).size / questions.length).toBeGreaterThan(0.5);
  });

  it("holds a share of Chinese in both parts", () => {
    const isChinese = (text: string) => /\p{Script=Han}/u.test(text);
    const texts = pretrainTexts(7, 1000).filter(isChinese).length / 1000;
    const dialogues = chatDialogues(7, 1000).filter(({ turns }) => isChinese(turns[0]!.user)).length / 1000;
    expect(texts).toBeGreaterThan(0.1);
    expect(texts).toBeLessThan(0.25);
    expect(dialogues).toBeGreaterThan(0.05);
    expect(dialogues).toBeLessThan(0.25);
  });

  it("leaves no template mark, double space or missing word behind", () => {
    const dialogues = chatDialogues(8, 3000).flatMap(({ turns }) =>
      turns.flatMap((turn) => [turn.user, turn.assistant]),
    );
    for (const text of [...pretrainTexts(8, 3000), ...dialogues]) {
      expect(text).not.toMatch(/undefined|\[object|\$\{|\{\{| {2}|NaN|^\s*$/);
      expect(text).toBe(text.trim());
    }
  });

  it("says its own name in every answer to a question about its name", () => {
    const identity = TOPICS.find(({ name }) => name === "identity")!;
    const random = new Random(9);
    for (let i = 0; i < 300; i++) {
      const { user, assistant } = identity.writers[0]!(random);
      if (/your name|call you/i.test(user)) expect(assistant).toContain(PERSONA.name);
    }
  });

  it("does its sums right", () => {
    const sums = chatDialogues(10, 4000)
      .flatMap(({ turns }) => turns)
      .flatMap(({ assistant }) => [...assistant.matchAll(/(\d+) ([+\-x]) (\d+) = (\d+)/g)]);
    expect(sums.length).toBeGreaterThan(200);
    for (const [, left, sign, right, result] of sums) {
      const [a, b] = [Number(left), Number(right)];
      expect(Number(result)).toBe(sign === "+" ? a + b : sign === "-" ? a - b : a * b);
    }
  });

  it("closes every thought before the answer", () => {
    const thoughts = chatDialogues(11, 2000)
      .flatMap(({ turns }) => turns)
      .filter(({ assistant }) => assistant.includes("<think>"));
    expect(thoughts.length).toBeGreaterThan(50);
    for (const { assistant } of thoughts) expect(assistant).toMatch(/^<think>\n[^<]+\n<\/think>\n\n[^<]+$/);
  });
});
