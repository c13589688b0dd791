import { describe, expect, it } from "vitest";
import { counted, joinWords, plural, withArticle } from "@/server/starter/corpus/grammar";
import { ANIMALS } from "@/server/starter/corpus/lexicon/animals";

describe("the corpus's grammar", () => {
  it("chooses the article by the first sound", () => {
    expect(["cat", "owl", "umbrella", "egg"].map(withArticle)).toEqual([
      "a cat",
      "an owl",
      "an umbrella",
      "an egg",
    ]);
  });

  it("forms plurals, regular and irregular", () => {
    expect(["cat", "fox", "cherry", "mouse", "wolf", "goldfish", "sheep"].map(plural)).toEqual([
      "cats",
      "foxes",
      "cherries",
      "mice",
      "wolves",
      "goldfish",
      "sheep",
    ]);
    expect(counted(1, "peach")).toBe("1 peach");
    expect(counted(3, "peach")).toBe("3 peaches");
  });

  it("joins words into a list", () => {
    expect(joinWords(["red"])).toBe("red");
    expect(joinWords(["red", "blue"])).toBe("red and blue");
    expect(joinWords(["red", "blue", "green"], "or")).toBe("red, blue or green");
  });

  it("knows each animal once", () => {
    expect(new Set(ANIMALS.map(({ name }) => name)).size).toBe(ANIMALS.length);
  });
});
