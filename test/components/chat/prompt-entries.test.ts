import { describe, expect, test } from "vitest";
import { hasContext, questionOf, withQuestion, writtenPrompts } from "@/components/chat/prompt-entries";
import type { PromptEntry } from "@/server/contract/prompt-sets";

const messages = [
  { role: "system" as const, content: "S" },
  { role: "user" as const, content: "Q" },
];
const FORMS: PromptEntry[] = ["Q", { prompt: "Q", id: "a" }, messages, { messages, id: "b" }];

describe("a prompt in any form", () => {
  test("asks the same, and keeps its form, id and context when its question changes", () => {
    expect(FORMS.map(questionOf)).toEqual(["Q", "Q", "Q", "Q"]);
    expect(FORMS.map(hasContext)).toEqual([false, false, true, true]);
    const changed = [messages[0], { role: "user", content: "R" }];
    expect(FORMS.map((entry) => withQuestion(entry, "R"))).toEqual([
      "R",
      { prompt: "R", id: "a" },
      changed,
      { messages: changed, id: "b" },
    ]);
  });

  test("is written once it asks something", () => {
    expect(writtenPrompts(["", " ", "Q"])).toEqual(["Q"]);
  });
});
