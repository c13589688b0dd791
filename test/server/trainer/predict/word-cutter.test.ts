import { describe, expect, it } from "vitest";
import { loadWordCutter } from "@/server/trainer/predict/word-cutter";

/** What jieba 0.42.1 gives, words parted by "|". */
const CUT_BY_JIEBA = [
  "游戏|人数|：|2|-|4|人",
  "转|6|+|2|个",
  "a|-|1b.2%|中",
  "3.14|和|5%|3",
  "x|_|2024|-|01|-|05|，",
  "C++|和|c#",
];

describe("words", () => {
  it.each(CUT_BY_JIEBA)("of %s are jieba's, numbers with signs between them too", async (words) => {
    const cut = await loadWordCutter();
    expect(cut(words.replaceAll("|", "")).join("|")).toBe(words);
  });
});
