import { describe, expect, test } from "vitest";
import { splitThink } from "@/components/chat/think-text";

describe("folding what a model thought", () => {
  test("separates it from what was said", () => {
    expect(splitThink("<think>\nHm.\n</think>\n\nYes.")).toEqual({
      thought: "Hm.",
      thinking: false,
      said: "Yes.",
    });
  });

  test("an answer without thinking stays as it is", () => {
    expect(splitThink("Yes <b>.")).toEqual({ thought: null, thinking: false, said: "Yes <b>." });
  });

  test("thinks on until the closing tag, and shows no part of a tag on the way", () => {
    const full = "<think>Hm.</think>Yes.";
    for (let length = 1; length < full.length; length += 1) {
      const { thought, thinking, said } = splitThink(full.slice(0, length));
      expect(thought === null ? "" : thought).not.toMatch(/[<>]/);
      expect(said).not.toMatch(/[<>]/);
      expect(thinking).toBe(length < "<think>Hm.</think>".length);
    }
  });

  test("a closing tag alone counts where the template has opened it", () => {
    expect(splitThink("Hm.\n</think>\nYes.")).toEqual({ thought: "Hm.", thinking: false, said: "Yes." });
  });
});
