import { describe, expect, test } from "vitest";
import { markWords } from "@/components/chat/word-marks";

const marked = (base: string, text: string) =>
  markWords(base, text)
    .map((segment) => (segment.changed ? `[${segment.text}]` : segment.text))
    .join("");

describe("marking words that the base did not say", () => {
  test("a changed phrase is one stretch, with the sign after it", () => {
    expect(marked("I am Qwen, created by Alibaba.", "I am Ada, the support assistant at Northwind.")).toBe(
      "I am [Ada, the support assistant at Northwind.]",
    );
    expect(marked("17 × 6 = 102", "That's 102.")).toBe("[That's] 102.");
  });

  test("equal answers have no marks, and nothing is lost or added", () => {
    expect(marked("Same words.", "Same words.")).toBe("Same words.");
    const text = "One,  two\nthree — four. ";
    expect(
      markWords("two four", text)
        .map((segment) => segment.text)
        .join(""),
    ).toBe(text);
  });

  test("Chinese is compared by words, too", () => {
    expect(marked("我是通义千问。", "我是小艾。")).toBe("我是[小艾。]");
  });

  test("answers with nothing in common are marked whole, fast", () => {
    const long = (word: string) => Array.from({ length: 4_000 }, (_, index) => `${word}${index}`).join(" ");
    const start = process.cpuUsage();
    expect(markWords(long("a"), long("b"))).toEqual([{ text: long("b"), changed: true }]);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1_000);
  });
});
